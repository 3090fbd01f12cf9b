import Foundation
import Synchronization

/// A program that a test starts and surely ends: with the body that uses it, and with the test process itself.
final class ServerProcess: Sendable {
    private let process: Process
    private let log: URL
    private let exit: Latch

    private init(_ process: Process, log: URL, exit: Latch) {
        self.process = process
        self.log = log
        self.exit = exit
    }

    var isRunning: Bool { process.isRunning }

    /// What the program has printed so far; its last 4,000 bytes.
    var output: String {
        String(decoding: ((try? Data(contentsOf: log)) ?? Data()).suffix(4_000), as: UTF8.self)
    }

    /// - Parameters:
    ///   - user: nil: whoever runs the test.
    ///   - environment: besides the search path, the locale, the time zone and a home, which is the folder.
    static func start(
        _ program: String, _ arguments: [String], as user: SystemUser? = nil, in folder: ServerFolder, input: URL? = nil,
        environment: [String: String] = [:]
    ) async throws -> ServerProcess {
        let log = folder.url.appendingPathComponent("output-\(UUID().uuidString)")
        guard FileManager.default.createFile(atPath: log.path, contents: nil) else { throw TestServerError.system(call: "open", code: errno) }
        let output = try FileHandle(forWritingTo: log)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
        // setpriv replaces itself by the program: the process id stays the same. The kernel ends it should the tests be killed.
        var privileges = ["--pdeathsig=KILL"]
        if let user { privileges += ["--reuid=\(user.user)", "--regid=\(user.group)", "--clear-groups"] }
        process.arguments = privileges + ["--", program] + arguments
        process.currentDirectoryURL = folder.url
        process.environment = ["PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LANG": "C.UTF-8", "TZ": "UTC", "HOME": folder.url.path]
            .merging(environment) { $1 }
        process.standardOutput = output
        process.standardError = output
        process.standardInput = try input.map { try FileHandle(forReadingFrom: $0) } ?? FileHandle.nullDevice
        let exit = Latch()
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            // A thread that lasts as long as the program: the parent-death signal is sent when the *thread* that started it ends.
            Thread.detachNewThread {
                // Programs inherit what is blocked, and this runs with everything blocked: they would never see the signal that ends them.
                var none = sigset_t()
                sigemptyset(&none)
                pthread_sigmask(SIG_SETMASK, &none, nil)
                do {
                    try process.run()
                    continuation.resume()
                    process.waitUntilExit()
                } catch {
                    continuation.resume(throwing: error)
                }
                try? output.close()
                exit.open()
            }
        }
        return ServerProcess(process, log: log, exit: exit)
    }

    /// Runs a program to its end; throws unless it succeeds.
    static func run(_ program: String, _ arguments: [String], as user: SystemUser? = nil, in folder: ServerFolder, input: URL? = nil) async throws
        -> String
    {
        let process = try await start(program, arguments, as: user, in: folder, input: input)
        await process.exit.wait()
        guard process.process.terminationStatus == 0 else { throw TestServerError.failed(program: program, output: process.output) }
        return String(decoding: try Data(contentsOf: process.log), as: UTF8.self)
    }

    /// Asks the program to end by `signal`, kills it after ten seconds, and returns when it is gone.
    func stop(signal: Int32) async {
        if process.isRunning { kill(process.processIdentifier, signal) }
        DispatchQueue.global().asyncAfter(deadline: .now() + 10) { [process] in
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        }
        await exit.wait()
    }
}

/// Why a server of the tests could not be had.
package enum TestServerError: Error, CustomStringConvertible {
    case notInstalled(String)
    case failed(program: String, output: String)
    case notReady(program: String, output: String)
    case system(call: String, code: Int32)
    case closed
    case unexpected(String)

    package var description: String {
        switch self {
        case .notInstalled(let program): "\(program) isn't installed (scripts/setup)"
        case .failed(let program, let output): "\(program) failed: \(output)"
        case .notReady(let program, let output): "\(program) wasn't ready in time: \(output)"
        case .system(let call, let code): "\(call): \(String(cString: strerror(code)))"
        case .closed: "the connection ended too early"
        case .unexpected(let what): "unexpected: \(what)"
        }
    }
}

/// Lets tasks wait until something has happened once.
private final class Latch: Sendable {
    private struct State {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }
}
