import AccessLogs
import Foundation
import Testing

@Suite struct LineWatchTests {
    /// The lines behind are in the same chunk.
    @Test func aLineWhoseWordsWereEscapedHidesNoAttackBehindIt() throws {
        let folder = try LogFolder()
        let attacks = (0..<4).map { line(hoursAgo: 10, from: "36.112.0.\(20 + $0)", "/files?name=../../../../etc/passwd", bytes: 900) }
        var kinds: [[IncidentKind]] = []
        for agent in ["Mozilla/5.0", #"Mozilla/5.0 \x22quoted\x22"#] {
            try folder.write("access.log", (0..<20).map { _ in line(hoursAgo: 11, agent: agent) } + attacks)
            let report = LogAnalysis(settings: DetectionSettings(now: now)).run([LogRequest(name: "portal", paths: [folder.path("access.log")])])
            #expect(report.sources.map(\.unparsed) == [0])
            kinds.append(report.incidents.map(\.kind))
        }
        #expect(kinds == [[.traversal], [.traversal]])
    }
}
