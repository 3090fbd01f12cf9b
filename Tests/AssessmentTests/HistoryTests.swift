import Assessment
import Findings
import Foundation
import Testing

@Suite("The history of findings")
struct HistoryTests {
    private let file = FileManager.default.temporaryDirectory.appendingPathComponent("suwen-history-\(UUID().uuidString).sqlite")
    private let start = Date(timeIntervalSince1970: 1_790_000_000)

    private func finding(_ asset: String, subject: String = "s") -> Finding { Finding(check: "exposure.x", subject: subject, asset: asset) }

    private func inspection(_ findings: [Finding], examined: [String] = ["s"], unexamined: [String] = []) -> Inspection {
        Inspection(
            .exposure, checks: [.judged("exposure.x", examined: examined.count, findings: findings, unexamined: nil)], examined: examined,
            unexamined: unexamined.map { Unexamined($0, Message("nothing-to-examine")) })
    }

    private func day(_ number: Double) -> Date { start.addingTimeInterval(number * 86_400) }

    private func statuses(_ run: RecordedRun) -> [String: TrackedFinding.Status] {
        Dictionary(uniqueKeysWithValues: run.findings.map { ($0.finding.asset, $0.status) })
    }

    @Test("the persons that the last counting run measured are remembered")
    func persons() throws {
        defer { try? FileManager.default.removeItem(at: file) }
        let history = try History(at: file)
        #expect(try history.personsMeasured() == nil)
        var counted = inspection([])
        counted.persons = 6_500_000
        _ = try history.record([counted], at: day(0))
        _ = try history.record([inspection([])], at: day(1))
        #expect(try history.personsMeasured() == 6_500_000)
    }

    @Test("a finding is new, then open, then fixed when its subject was examined without it, and new again when it comes back")
    func lifecycle() throws {
        defer { try? FileManager.default.removeItem(at: file) }
        let history = try History(at: file)
        let first = try history.record([inspection([finding("a")])], at: day(0))
        #expect(first.previousRun == nil)
        #expect(statuses(first) == ["a": .new])
        let second = try history.record([inspection([finding("a")])], at: day(1))
        #expect(second.previousRun == day(0))
        #expect(statuses(second) == ["a": .open])
        #expect(second.findings.first?.firstSeen == day(0))
        #expect(statuses(try history.record([inspection([])], at: day(2))) == ["a": .fixed])
        #expect(statuses(try history.record([inspection([])], at: day(3))).isEmpty)
        #expect(statuses(try history.record([inspection([finding("a")])], at: day(4))) == ["a": .new])
    }

    @Test("a finding whose subject was not examined stays open", arguments: [[String](), ["other"]])
    func unexamined(examined: [String]) throws {
        defer { try? FileManager.default.removeItem(at: file) }
        let history = try History(at: file)
        _ = try history.record([inspection([finding("a")])], at: day(0))
        let run = try history.record([inspection([], examined: examined)], at: day(1))
        #expect(statuses(run) == ["a": .open])
        #expect(run.findings.first?.wasExamined == false)
        let partly = try history.record([inspection([], examined: ["s"], unexamined: ["s"])], at: day(2))
        #expect(statuses(partly) == ["a": .open])
    }

    @Test("an acceptance holds through its last day, and can be taken back")
    func acceptance() throws {
        defer { try? FileManager.default.removeItem(at: file) }
        let history = try History(at: file)
        let gap = finding("a")
        _ = try history.record([inspection([gap])], at: day(0))
        _ = try history.accept(String(gap.fingerprint.prefix(8)), Acceptance(by: "officer", until: day(10), why: "w", at: day(0)))
        #expect(statuses(try history.record([inspection([gap])], at: day(10.5))) == ["a": .accepted])
        #expect(try history.openFindings(at: day(10.5)).map(\.status) == [.accepted])
        #expect(statuses(try history.record([inspection([gap])], at: day(11.1))) == ["a": .open])
        _ = try history.accept(gap.fingerprint, Acceptance(by: "officer", until: day(30), why: "w", at: day(12)))
        _ = try history.reopen(gap.fingerprint)
        #expect(try history.openFindings(at: day(13)).map(\.status) == [.open])
    }

    @Test("an unknown, short or malformed fingerprint is refused", arguments: ["", "abc", "zzzzzzzz", "0123456789abcdef", "' OR 1=1 --"])
    func unknownFingerprint(text: String) throws {
        defer { try? FileManager.default.removeItem(at: file) }
        let history = try History(at: file)
        _ = try history.record([inspection([finding("a")])], at: day(0))
        #expect(throws: HistoryError.self) { try history.accept(text, Acceptance(by: "o", until: day(1), why: "w", at: day(0))) }
    }

    @Test("the file can be read by its owner only, and what is no history is refused")
    func fileMode() throws {
        defer { try? FileManager.default.removeItem(at: file) }
        _ = try History(at: file)
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        try Data("this is no database, but long enough to look like one: 0123456789".utf8).write(to: file)
        #expect(throws: HistoryError.self) { try History(at: file) }
    }
}
