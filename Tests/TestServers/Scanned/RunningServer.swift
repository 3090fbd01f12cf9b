import Foundation

/// A program to start.
struct ServerProgram {
    var path: String
    var arguments: [String]
    var environment: [String: String] = [:]
}

/// A server that runs in a folder of its own.
struct RunningServer: Sendable {
    let folder: ServerFolder
    let ports: [UInt16]
    let variant: ServerVariant

    var port: UInt16 { ports[0] }

    /// - Parameters:
    ///   - asNobody: runs the server as `nobody` when the tests run as root.
    ///   - configure: writes the server's files and says how it is started; once for each attempt.
    ///   - isReady: whether it answers in its own protocol.
    static func with(
        _ name: String, _ variant: ServerVariant, ports: Int = 1, signal: Int32 = SIGKILL, asNobody: Bool = true,
        configure: (ServerFolder, [UInt16]) async throws -> ServerProgram, isReady: ([UInt16]) -> Bool,
        _ body: (RunningServer) async throws -> Void
    ) async throws {
        let folder = try ServerFolder(name: name, user: asNobody ? SystemUser.ifRoot("nobody") : nil)
        defer { folder.remove() }
        try await ServerLife.with(
            name, ports: ports, signal: signal,
            launch: { ports in
                let program = try await configure(folder, ports)
                return try await ServerProcess.start(
                    program.path, program.arguments, as: folder.user, in: folder, environment: program.environment)
            },
            isReady: isReady, body: { try await body(RunningServer(folder: folder, ports: $0, variant: variant)) })
    }

    /// The log, as soon as it holds `mark`, which `ask` makes the server write: what it was asked before stands there too by then.
    func log(_ read: () -> String, until mark: String, ask: () throws -> Void) async throws -> String {
        try ask()
        let clock = ContinuousClock()
        let deadline = clock.now + .seconds(20)
        while clock.now < deadline {
            let text = read()
            if text.contains(mark) { return text }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw TestServerError.unexpected("the log doesn't show \(mark)")
    }

    /// Requests from an access log whose lines hold `"METHOD path HTTP/1.1"` and the client's name.
    /// - Parameter page: the beginning of one that is logged with all of its name.
    func requests(_ read: () -> String, port: UInt16, page: String = "/?") async throws -> [String] {
        let mark = "suwen-tests-\(UUID().uuidString)"
        let text = try await log(read, until: mark) { _ = try LoopbackHTTP.ask("GET", page + mark, port: port) }
        return AccessLog.requests(text)
    }
}

enum AccessLog {
    /// The requests of others than the tests.
    static func requests(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).filter { !$0.contains(LoopbackHTTP.userAgent) }.compactMap { line in
            line.firstMatch(of: /"([A-Z]+ \S*) HTTP\/[0-9.]+"/).map { String($0.1) }
        }
    }
}
