import Findings
import Foundation
import FoundationXML
import Reporting
import Testing

@Suite("The HTML report")
struct HTMLReportTests {
    @Test("is well-formed, loads nothing and runs nothing", arguments: Language.allCases)
    func selfContained(language: Language) throws {
        let html = try ReportFixture.renderer().html(ReportFixture.clinic(language))
        #expect(Self.isWellFormed(html))
        #expect(!html.contains("<script"))
        #expect(!html.contains("src="))
        #expect(!html.contains("url("))
        #expect(!html.contains("@import"))
        #expect(html.replacing("http://www.w3.org/1999/xhtml", with: "").firstRange(of: "http://") == nil)
        #expect(html.firstRange(of: "https://") == nil)
    }

    @Test("shows every finding's fingerprint and asset, and every control")
    func complete() throws {
        let report = try ReportFixture.clinic()
        let html = try ReportFixture.renderer().html(report)
        for finding in report.findings {
            #expect(html.contains(finding.fingerprint))
            #expect(html.contains(finding.asset))
        }
        for control in report.controls { #expect(html.contains(control.id)) }
        for row in report.coverage.flatMap(\.unexamined) { #expect(html.contains(row.reason)) }
    }

    @Test("has its nine parts in order", arguments: Language.allCases)
    func order(language: Language) throws {
        let html = try ReportFixture.renderer().html(ReportFixture.clinic(language))
        let parts = html.matches(of: /<section id="([a-z]+)">\s*<h2>([^<]+)</).map { (String($0.output.1), String($0.output.2)) }
        #expect(parts.map(\.0) == ["duties", "summary", "persons", "gaps", "plan", "measurements", "controls", "coverage", "method"])
        let numerals = language == .zh ? ["一", "二", "三", "四", "五", "六", "七", "八", "九"] : (1...9).map(String.init)
        for (numeral, part) in zip(numerals, parts) { #expect(part.1.hasPrefix(numeral)) }
    }

    @Test("leaves no placeholder and no key without words", arguments: Language.allCases)
    func words(language: Language) throws {
        var report = try ReportFixture.clinic(language)
        report.exhibits = []
        report.versions = []
        let html = try ReportFixture.renderer().html(report)
        let body = html.split(separator: "</style>").last ?? ""
        #expect(!body.contains("{"))
        for element in body.matches(of: />([^<>]+)</) {
            // A key without words would read as its own last part: `self-assessment-short`.
            let text = element.output.1
            #expect(text == "non-compliant" || text.firstMatch(of: /^(report\.)?[a-z]+(-[a-z]+)+$/) == nil, "\(text)")
        }
    }

    @Test("is wholly English when asked for, but for what the estate itself says")
    func english() throws {
        var report = try ReportFixture.clinic(.en)
        report.organisation.name = "Example clinic"
        report.duties = []
        report.domains = []
        report.consequences = []
        report.controls = []
        report.findings = []
        report.coverage = []
        report.exhibits = []
        report.versions = []
        let html = try ReportFixture.renderer().html(report)
        let body = html.split(separator: "</style>").last ?? ""
        let chinese = body.unicodeScalars.filter { (0x4E00...0x9FFF).contains($0.value) }
        // The one Chinese word that English readers need.
        #expect(String(String.UnicodeScalarView(chinese)).replacing("等级保护", with: "").isEmpty)
    }

    @Test("says of itself that it is no 等级测评")
    func statement() throws {
        let html = try ReportFixture.renderer().html(ReportFixture.clinic())
        #expect(html.contains("不是网络安全等级保护测评报告"))
    }

    @Test(
        "shows hostile text as text",
        arguments: [
            "<script>alert(1)</script>", "\" onmouseover=\"alert(1)", "\"\u{301} onmouseover=\"\u{301}x", "{{page}} {{{styleSheet}}} {{/page}}",
            "]]>", "</style><b>", "\u{202E}gnp.exe\u{2066}", "a\u{0}b\u{B}c\u{FFFE}d", "|*_#`~[x](y)", "&lt;b&gt; &#0; &nbsp", "\r\n\u{2028}",
            "<\u{600}\u{301}img>", String(repeating: "长", count: 5_000), String(repeating: "a\u{301}\u{302}", count: 3_000),
        ])
    func hostile(text: String) throws {
        let html = try ReportFixture.renderer().html(ReportFixture.hostile(text))
        #expect(Self.isWellFormed(html))
        let lower = html.lowercased()
        #expect(!lower.contains("<script"))
        #expect(!lower.contains("<b>alert"))
        #expect(html.firstMatch(of: /<[^>]*\sonmouseover=/) == nil)
        #expect(!html.unicodeScalars.contains { (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value) })
    }

    @Test("marks every clause that isn't verified as pending legal review")
    func pendingClauses() throws {
        var report = try ReportFixture.clinic()
        let consequence = try #require(report.consequences.first { !$0.clauses.isEmpty })
        report.consequences = ["secondary", "derived", "unverified"].map { status in
            var copy = consequence
            copy.clauses = [consequence.clauses[0]]
            copy.clauses[0].status = status
            copy.clauses[0].citation = "《某法》第1条"
            return copy
        }
        let html = try ReportFixture.renderer().html(report)
        let pending = html.matches(of: /<cite>《某法》第1条（[^）]*待法务复核）<\/cite>/)
        #expect(pending.count == 3)
    }

    @Test("an empty report has all its parts")
    func empty() throws {
        var report = try ReportFixture.clinic()
        report.duties = []
        report.domains = []
        report.consequences = []
        report.controls = []
        report.findings = []
        report.coverage = []
        report.exhibits = [Exhibit("empty", .timeline, columns: ["a", "b", "c", "d"], rows: [])]
        report.progress.previousRun = nil
        let html = try ReportFixture.renderer().html(report)
        #expect(Self.isWellFormed(html))
        #expect(html.contains("本次评估未发现待整改的问题"))
        #expect(html.contains("首次评估"))
    }

    @Test("cuts long lists and says how many are left out")
    func longLists() throws {
        var report = try ReportFixture.clinic()
        report.exhibits = [Exhibit("long", .table, columns: ["service"], rows: (0..<1234).map { [.count($0)] })]
        let html = try ReportFixture.renderer().html(report)
        #expect(html.contains("另有 1,034 行未在此列出"))
    }

    @Test("a timeline or bars of malformed rows are drawn as a table")
    func malformedExhibits() throws {
        var report = try ReportFixture.clinic()
        let day = Date(timeIntervalSince1970: 1_800_000_000)
        report.exhibits = [
            Exhibit(
                "t", .timeline, columns: ["source", "first", "last", "gaps"], rows: [[], [.text("源甲")], [.text("源乙"), .time(day), .time(day)]]),
            Exhibit(
                "t", .timeline, columns: ["source", "first", "last", "gaps"],
                rows: [[.text("源丙"), .time(day), .time(day + 9e6), .list([.list([.time(day + 8e6), .time(day)]), .none])]]),
            Exhibit("b", .bars, columns: ["service", "count"], rows: [[.text("条甲"), .share(.infinity)], [.text("条乙"), .count(.min)]]),
            Exhibit("c", .table, columns: [], rows: [[.text("多余")]]),
        ]
        let html = try ReportFixture.renderer().html(report)
        #expect(Self.isWellFormed(html))
        for word in ["源甲", "源乙", "源丙", "条甲", "条乙"] { #expect(html.contains(word)) }
    }

    /// XHTML-like enough for an XML parser, the doctype aside.
    static func isWellFormed(_ html: String) -> Bool {
        XMLParser(data: Data(html.replacing("<!DOCTYPE html>", with: "").utf8)).parse()
    }
}
