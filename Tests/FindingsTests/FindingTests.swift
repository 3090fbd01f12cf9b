import Findings
import Foundation
import Testing

@Suite("Findings")
struct FindingTests {
    @Test("the fingerprint depends on check, asset and discriminator, and on nothing else")
    func fingerprint() {
        let one = Finding(check: "a.b", subject: "s", asset: "x")
        let other = Finding(check: "a.b", subject: "t", asset: "x", severity: .low, facts: ["n": 1], occurredAt: Date())
        #expect(one.fingerprint == other.fingerprint)
        #expect(one.fingerprint.count == 32)
        #expect(one.fingerprint != Finding(check: "a.b", subject: "s", asset: "x", discriminator: "1").fingerprint)
        #expect(one.fingerprint != Finding(check: "a.c", subject: "s", asset: "x").fingerprint)
        // The border between the parts counts.
        let joined = Finding(check: "a", subject: "s", asset: "bc")
        #expect(joined.fingerprint != Finding(check: "a", subject: "s", asset: "b", discriminator: "c").fingerprint)
    }

    @Test("severities rise from low to critical")
    func severities() {
        #expect(Severity.allCases == Severity.allCases.sorted())
        #expect(Severity.critical > .high)
    }

    @Test("a fact survives JSON", arguments: facts)
    func factCoding(fact: Fact) throws {
        let data = try JSONEncoder().encode([fact])
        #expect(try JSONDecoder().decode([Fact].self, from: data) == [fact])
    }

    static let facts: [Fact] = [
        "text", 7, .share(0.25), .bytes(9), .day(Date(timeIntervalSince1970: 1)), .time(Date(timeIntervalSince1970: 2)), .days(3), .term("kind.name"),
        .message(Message("k", ["a": 1])), .list([.list(["a"]), .none]), .none,
    ]

    @Test("a check without findings passes only when something was examined and nothing left out")
    func judged() {
        #expect(CheckResult.judged("a.b", examined: 3, findings: [], unexamined: nil).outcome == .passed)
        #expect(CheckResult.judged("a.b", examined: 0, findings: [], unexamined: nil).outcome == .notAssessed(Message("nothing-to-examine")))
        #expect(CheckResult.judged("a.b", examined: 3, findings: [], unexamined: Message("why")).outcome == .notAssessed(Message("why")))
        let finding = Finding(check: "a.b", subject: "s", asset: "x")
        #expect(CheckResult.judged("a.b", examined: 3, findings: [finding], unexamined: Message("why")).outcome == .failed)
    }
}
