import Foundation

/// How a server is let in.
package enum ServerAuthentication: Hashable, Sendable {
    /// Whoever connects is let in.
    case trust
    case password(String)

    package var password: String? {
        if case .password(let password) = self { password } else { nil }
    }
}

/// Starts a server, waits until it serves, and ends it whatever `body` does.
enum ServerLife {
    private static let attempts = 5
    private static let patience: Duration = .seconds(60)

    /// - Parameters:
    ///   - launch: starts the program on a port.
    ///   - isReady: whether it serves there by now.
    ///   - signal: ends the program: SIGKILL where it holds nothing that outlives it.
    static func with<Result>(
        _ name: String, signal: Int32, isolation: isolated (any Actor)? = #isolation, launch: (UInt16) async throws -> ServerProcess,
        isReady: (UInt16) -> Bool, body: (UInt16) async throws -> Result
    ) async throws -> Result {
        try await with(
            name, ports: 1, signal: signal, launch: { try await launch($0[0]) }, isReady: { isReady($0[0]) }, body: { try await body($0[0]) })
    }

    /// The same with several ports, all of them different.
    static func with<Result>(
        _ name: String, ports count: Int, signal: Int32, isolation: isolated (any Actor)? = #isolation,
        launch: ([UInt16]) async throws -> ServerProcess, isReady: ([UInt16]) -> Bool, body: ([UInt16]) async throws -> Result
    ) async throws -> Result {
        for attempt in 1... {
            let ports = try Loopback.freePorts(count)
            let process = try await launch(ports)
            do {
                guard try await wait(for: process, isReady: { isReady(ports) }) else {
                    let output = process.output
                    await process.stop(signal: signal)
                    // It ended by itself, perhaps because a port was taken meanwhile.
                    guard attempt < attempts else { throw TestServerError.notReady(program: name, output: output) }
                    continue
                }
                let result = try await body(ports)
                await process.stop(signal: signal)
                return result
            } catch {
                await process.stop(signal: signal)
                throw error
            }
        }
        throw TestServerError.notReady(program: name, output: "")
    }

    /// False when the program ended instead.
    private static func wait(
        for process: ServerProcess, isolation: isolated (any Actor)? = #isolation, isReady: () -> Bool
    ) async throws -> Bool {
        let clock = ContinuousClock()
        let deadline = clock.now + patience
        while clock.now < deadline {
            guard process.isRunning else { return false }
            if isReady(), process.isRunning { return true }
            try await Task.sleep(for: .milliseconds(20))
        }
        return false
    }
}
