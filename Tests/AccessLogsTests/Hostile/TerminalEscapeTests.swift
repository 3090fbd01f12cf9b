import AccessLogs
import Estate
import Findings
import Foundation
import LogFormats
import Logging
import Testing

@Suite("Terminal escapes in logs")
struct TerminalEscapeTests {
    /// Clears the screen, sets the title, moves the cursor; the same in eight bits; turns the writing round; ends lines.
    private let escapes = "\u{1B}[2J\u{1B}]0;evil\u{07}\u{9B}31m\u{202E}\u{2066}\u{2028}\u{2029}\u{85}\u{08}\r"

    private func inspection(_ folder: LogFolder, _ source: LogSource) async -> Inspection {
        await AccessLogInspector().inspect(
            folder.estate(source), InspectionContext(now: now, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
    }

    private func expectHarmless(_ inspection: Inspection, findings: Set<CheckID>) throws {
        let found = Set(inspection.checks.filter { !$0.findings.isEmpty }.map(\.check))
        #expect(found.isSuperset(of: findings), "\(found)")
        let all = try strings(in: JSONEncoder().encode(inspection))
        #expect(all.contains { $0.contains("\u{FFFD}") })
        #expect(all.filter(hasControl).isEmpty)
    }

    @Test("In agents, paths and accounts of the web: they are found out, and nothing that is told holds them")
    func web() async throws {
        let folder = try LogFolder()
        let thief = (0..<400).map { number in
            line(
                hoursAgo: 30 - Double(number) / 3_600, from: "88.198.17.33", "/api/patients/\(1_000 + number)", bytes: 3_000,
                agent: "Moz\(escapes)illa"
            )
            .replacingOccurrences(of: " - - [", with: " - a\(escapes)b [")
        }
        let prober = (0..<60).map { number in
            line(hoursAgo: 20, from: "88.198.18.34", "/\(escapes)/../../etc/passwd\(number)", status: 404, agent: "\(escapes)sqlmap/1.5")
        }
        try folder.write("access.log", ordinary(days: 190) + thief + prober)
        try expectHarmless(
            await inspection(folder, folder.source()),
            findings: [AccessLogInspector.foreignCheck, AccessLogInspector.bulkCheck])
    }

    @Test("In accounts and messages of sshd")
    func host() async throws {
        let folder = try LogFolder()
        let lines = (0..<600).map { number in
            let time = ISO8601DateFormatter().string(from: now.addingTimeInterval(-80_000 + Double(number) * 2)).replacingOccurrences(
                of: "Z", with: "+00:00")
            let account = number % 2 == 0 ? "root" : "ro\(escapes.replacingOccurrences(of: "\r", with: ""))ot\(number % 40)"
            return "\(time) host sshd[\(1_000 + number)]: Failed password for \(account) from 88.198.17.33 port 40000 ssh2"
        }
        try folder.write("auth.log", lines)
        let inspection = await inspection(folder, folder.source(["auth.log"]))
        let found = Set(inspection.checks.filter { !$0.findings.isEmpty }.map(\.check))
        // Attempts that failed are told as incidents; they fail no check.
        #expect(!found.contains(AccessLogInspector.credentialCheck))
        #expect(inspection.exhibits.contains { $0.id == "access-logs.incidents" })
        #expect(try strings(in: JSONEncoder().encode(inspection)).filter(hasControl).isEmpty)
    }

    @Test("In the names of files")
    func names() async throws {
        let folder = try LogFolder()
        try folder.write("access.log\u{1B}[2J", ordinary(days: 2))
        try folder.write("access.log\u{1B}]0;x\u{07}", (0..<100).map { "line \($0) of something else" })
        let inspection = await inspection(folder, folder.source())
        #expect(inspection.unexamined.contains { $0.reason.key == "access-logs.unknown-format" })
        #expect(try strings(in: JSONEncoder().encode(inspection)).filter(hasControl).isEmpty)
    }
}
