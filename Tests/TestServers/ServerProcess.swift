import Foundation
import Synchronization

/// A program that a test starts and surely ends: with the body that uses it, and with the test process itself.
///
/// Started by posix_spawn: Foundation's `Process` takes a program that closes the descriptors it inherits (snmpd does) for one that has ended, waits for
/// it, and meanwhile notices no other's end.
final class ServerProcess: Sendable {
    private enum State {
        case running
        /// The exit code; nil after a signal.
        case ended(Int32?)
    }

    private let identifier: pid_t
    private let log: URL
    private let state = Mutex(State.running)
    private let exit = Latch()

    private init(_ identifier: pid_t, log: URL) {
        self.identifier = identifier
        self.log = log
    }

    var isRunning: Bool {
        state.withLock { if case .running = $0 { true } else { false } }
    }

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
        // setpriv replaces itself by the program: the process id stays the same. The kernel ends it should the tests be killed.
        var words = ["setpriv", "--pdeathsig=KILL"]
        if let user { words += ["--reuid=\(user.user)", "--regid=\(user.group)", "--clear-groups"] }
        words += ["--", program] + arguments
        let variables = ["PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LANG": "C.UTF-8", "TZ": "UTC", "HOME": folder.url.path]
            .merging(environment) { $1 }
        let command = SpawnCommand(
            path: "/usr/bin/setpriv", words: words, environment: variables.map { "\($0)=\($1)" }, folder: folder.url.path,
            input: input?.path ?? "/dev/null", output: log.path)
        return try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<ServerProcess, any Error>) in
            // A thread that lasts as long as the program: the parent-death signal is sent when the *thread* that started it ends.
            Thread.detachNewThread {
                do {
                    let process = ServerProcess(try command.run(), log: log)
                    continuation.resume(returning: process)
                    process.waitForEnd()
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }

    /// Runs a program to its end; throws unless it succeeds.
    static func run(_ program: String, _ arguments: [String], as user: SystemUser? = nil, in folder: ServerFolder, input: URL? = nil) async throws
        -> String
    {
        try await start(program, arguments, as: user, in: folder, input: input).finish(program)
    }

    /// Waits until it ends.
    /// - Returns: all that it printed.
    /// - Throws: unless it succeeds.
    func finish(_ name: String) async throws -> String {
        await exit.wait()
        guard case .ended(0) = state.withLock({ $0 }) else { throw TestServerError.failed(program: name, output: output) }
        return String(decoding: try Data(contentsOf: log), as: UTF8.self)
    }

    /// Asks the program to end by `signal`, kills it after ten seconds, and returns when it is gone.
    func stop(signal: Int32) async {
        send(signal)
        DispatchQueue.global().asyncAfter(deadline: .now() + 10) { self.send(SIGKILL) }
        await exit.wait()
    }

    /// Not to a process that has been waited for: its number may be another's by now.
    private func send(_ signal: Int32) {
        state.withLock { if case .running = $0 { _ = kill(identifier, signal) } }
    }

    private func waitForEnd() {
        var information = siginfo_t()
        while waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT) == -1, errno == EINTR {}
        state.withLock { state in
            var status: Int32 = 0
            waitpid(identifier, &status, 0)
            // wait(2): the low seven bits are the signal, the next eight the exit code.
            state = .ended(status & 0x7F == 0 ? (status >> 8) & 0xFF : nil)
        }
        exit.open()
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
