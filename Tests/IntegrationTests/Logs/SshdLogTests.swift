import AccessLogs
import Foundation
import TestServers
import Testing

@Suite("Logs of a real sshd under attack")
struct SshdLogTests {
    @Test(
        "sshd's syslog lines, in both stamps of Debian's, tell the guessing at one account that succeeds, and the names that don't exist",
        .enabled(if: SshdLogging.isPossible, "needs root"))
    func sshd() async throws {
        try await SshdLogging.with { server in
            let options = "-F none -p \(server.port) -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o NumberOfPasswordPrompts=3"
            try await ClientScript.run(
                """
                printf '#!/bin/sh\\necho "$ANSWER"\\n' >ask; chmod 700 ask
                export SSH_ASKPASS="$PWD/ask" SSH_ASKPASS_REQUIRE=force DISPLAY=:0
                for n in $(seq 10); do ANSWER=wrong-$n ssh \(options) \(SshdLogging.user)@127.0.0.1 2>/dev/null & done
                for n in $(seq 2); do ANSWER=wrong-$n ssh \(options) nobody-$n@127.0.0.1 2>/dev/null & done
                wait
                ANSWER=\(SshdLogging.password) ssh \(options) \(SshdLogging.user)@127.0.0.1
                """, in: server.folder)
            for (name, format) in [("traditional", "syslog"), ("modern", "syslog-iso")] {
                try await server.wait(for: "session closed for user", in: name)
                let logs = try await LogsUnderAttack.read(try server.log(name))
                logs.expectAllRead(as: format, lines: 50...1_000)
                logs.expect(.bruteForceSuccess, from: "127.0.0.*", succeeded: true, account: "l*****g")
                logs.expectNothingReadable([SshdLogging.user, SshdLogging.password, "wrong-1", "nobody-1"])
            }
        }
    }
}
