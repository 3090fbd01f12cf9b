import Findings
import Foundation
import Regime
import Testing
import Yams

@Suite("Everything that the inspector says has words")
struct WordingTests {
    private let words: Node.Mapping

    init() throws {
        let url = repository.appendingPathComponent("Sources/Regulations/Resources/wording-regime.yaml")
        words = try #require(try Yams.compose(yaml: String(contentsOf: url, encoding: .utf8))?.mapping)
    }

    private func has(_ section: String, _ key: String) -> Bool {
        guard let text = words[section]?.mapping?[key] else { return false }
        return text["zh"]?.string?.isEmpty == false && text["en"]?.string?.isEmpty == false
    }

    private func check(_ fact: Fact) {
        switch fact {
        case .term(let key): #expect(has("terms", key), "term \(key)")
        case .message(let message): check(message)
        case .list(let facts): for fact in facts { check(fact) }
        default: break
        }
    }

    private func check(_ message: Message) {
        #expect(has("messages", message.key), "message \(message.key)")
        for fact in message.facts.values { check(fact) }
    }

    @Test("checks, messages, terms, columns and titles")
    func complete() async throws {
        for id in RegimeInspector.checks { #expect(words["checks"]?.mapping?[id.rawValue]?["title"]?["zh"] != nil, "\(id.rawValue)") }
        let thin = Sample.incidentPlan.split(separator: "\n").prefix(3).joined(separator: "\n")
        let samples: [[String: String]] = [
            ["a.doc": "x"], ["a.md": Sample.officer], ["a.md": thin],
            ["a.md": Sample.incidentPlan.replacingOccurrences(of: "2026年10月1日", with: "2027年1月1日")],
            ["a.md": Sample.remediation.replacingOccurrences(of: "已完成", with: "整改中")],
            ["a.md": Sample.assessment.replacingOccurrences(of: "：符合", with: "：不符合")],
        ]
        for files in samples {
            let fixture = try Fixture(files)
            defer { fixture.remove() }
            let inspection = await fixture.inspect()
            for result in inspection.checks {
                if case .notAssessed(let reason) = result.outcome { check(reason) }
                for finding in result.findings {
                    for fact in finding.facts.values { check(fact) }
                    for message in finding.evidence { check(message) }
                }
            }
            for entry in inspection.unexamined { check(entry.reason) }
            for exhibit in inspection.exhibits {
                #expect(has("exhibits", exhibit.id))
                for column in exhibit.columns { #expect(has("columns", column), "column \(column)") }
                for row in exhibit.rows {
                    #expect(row.count == exhibit.columns.count)
                    for fact in row { check(fact) }
                }
            }
        }
    }
}
