import Findings
import Foundation
import Regulations
import Testing

@Suite struct WordingTests {
    private let wording: Wording

    init() throws { wording = try SmallCatalogue.load().wording }

    /// 2026-11-24 15:04 in China is 07:04 UTC; 16:30 UTC is already the next day there.
    private static let afternoon = Date(timeIntervalSince1970: 1_795_503_840)
    private static let lateUTC = Date(timeIntervalSince1970: 1_795_537_800)

    @Test(
        "facts are printed as each language prints them",
        arguments: [
            (.text("a{b}"), "a{b}", "a{b}"),
            (.count(6_500_000), "6,500,000", "6,500,000"),
            (.count(-1234), "-1,234", "-1,234"),
            (.count(999), "999", "999"),
            (.count(.min), "-9,223,372,036,854,775,808", "-9,223,372,036,854,775,808"),
            (.share(0.125), "12.5%", "12.5%"),
            (.share(0), "0%", "0%"),
            (.share(1), "100%", "100%"),
            (.share(0.0001), "<0.1%", "<0.1%"),
            (.share(0.9999), ">99.9%", ">99.9%"),
            (.share(.nan), "—", "—"),
            (.bytes(0), "0 B", "0 B"),
            (.bytes(1023), "1023 B", "1023 B"),
            (.bytes(1536), "1.5 KiB", "1.5 KiB"),
            (.bytes(1_048_576), "1 MiB", "1 MiB"),
            (.bytes(1_048_575), "1 MiB", "1 MiB"),
            (.bytes(5_368_709_120), "5 GiB", "5 GiB"),
            (.days(184), "184 天", "184 days"),
            (.days(1), "1 天", "1 day"),
            (.day(afternoon), "2026年11月24日", "2026-11-24"),
            (.time(afternoon), "2026年11月24日 15:04", "2026-11-24 15:04"),
            (.time(lateUTC), "2026年11月25日 00:30", "2026-11-25 00:30"),
            (.term("state.plaintext"), "明文", "plain text"),
            (.term("region.overseas"), "overseas", "overseas"),
            (.list([.count(1000), "b"]), "1,000、b", "1,000, b"),
            (.message(Message("greeting", ["name": "甲", "count": 3])), "甲 有 3", "甲 has 3"),
            (.none, "", ""),
        ] as [(Fact, String, String)])
    func facts(fact: Fact, zh: String, en: String) {
        #expect(wording.render(fact, .zh) == zh)
        #expect(wording.render(fact, .en) == en)
    }

    @Test("placeholders are filled once, and what fills them is left alone")
    func placeholders() {
        #expect(wording.text(Message("greeting", ["name": "{count}", "count": 7]), .en) == "{count} has 7")
        #expect(wording.text(Message("greeting", ["name": "x"]), .en) == "x has —")
    }

    @Test("an unknown key reads as itself, and is reported as missing")
    func unknown() {
        #expect(wording.text(Message("no.such", ["a": 1]), .zh) == "no.such")
        #expect(wording.missingKeys(Message("no.such", ["a": .term("no.term")])) == ["no.such", "terms.no.term"])
        #expect(wording.missingKeys(Message("greeting", ["name": "x"])) == ["greeting.{count}"])
        #expect(wording.missingKeys(Message("greeting", ["name": "x", "count": 1])).isEmpty)
        #expect(wording.exhibitTitle("ports", .zh) == "端口")
        #expect(wording.exhibitTitle("other", .zh) == "other")
        #expect(wording.columnTitle("logs.first", .zh) == "first")
    }

    @Test("a finding's title and remediation take its asset and facts")
    func finding() {
        let finding = Finding(check: "regime.policy", subject: "policy.md", asset: "policy.md", facts: ["element": "日期"])
        #expect(wording.findingTitle(finding, .zh) == "policy.md 缺 日期")
        #expect(wording.remediation(finding, .en) == "add 日期")
        #expect(wording.missingKeys(finding).isEmpty)
        let bare = Finding(check: "regime.policy", subject: "a", asset: "a")
        #expect(Set(wording.missingKeys(bare)) == ["regime.policy.{element}"])
        #expect(wording.checkTitle("regime.policy", .en) == "there is a policy")
        #expect(wording.findingTitle(Finding(check: "no.check", subject: "a", asset: "a"), .en) == "no.check")
    }

    @Test(
        "days of the calendar are read strictly",
        arguments: [
            ("2024-02-29", true), ("2023-02-29", false), ("2026-13-01", false), ("2026-1-1", false), ("２０２６-01-01", false), ("", false),
        ])
    func days(text: String, valid: Bool) {
        #expect((CalendarDay(text) != nil) == valid)
    }
}
