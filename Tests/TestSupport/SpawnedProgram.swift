import Foundation

/// A program that a test runs, without input and output.
///
/// Started by posix_spawn: Foundation's `Process` takes a program that closes the descriptors it inherits (sshd does) for one that has ended, waits for
/// it, and meanwhile notices no other's end.
package struct SpawnedProgram {
    private let identifier: pid_t

    /// - Parameter environment: besides the search path.
    package init(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor: Int32 in 0...2 { posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0) }
        let variables = environment.merging(["PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C.UTF-8"]) { own, _ in own }
        var words = ([program] + arguments).map { strdup($0) } + [nil]
        var names = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (words + names).forEach { free($0) } }
        var identifier: pid_t = 0
        let code = posix_spawn(&identifier, program, &actions, nil, &words, &names)
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EINVAL) }
        self.identifier = identifier
    }

    package var isRunning: Bool {
        var information = siginfo_t()
        return waitid(P_PID, id_t(identifier), &information, WEXITED | WNOHANG | WNOWAIT) == 0 && information.si_signo == 0
    }

    /// Blocks until it ends; its exit status, or -1 after a signal.
    package func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : -1
    }

    package func end() {
        kill(identifier, SIGTERM)
        _ = wait()
    }
}

/// Runs what blocks on a thread of its own: the cooperative pool has few.
package func offThePool<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
    }
}
