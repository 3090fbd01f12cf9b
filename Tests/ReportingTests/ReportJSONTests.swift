import Findings
import Foundation
import Reporting
import Testing

@Suite("report.json")
struct ReportJSONTests {
    @Test("has the keys of the contract")
    func contract() throws {
        let json = try #require(JSONSerialization.jsonObject(with: ReportFixture.clinic().json()) as? [String: Any])
        #expect(json["schema"] as? String == "suwen.report/1")
        #expect(json["assessedAt"] as? String == "2026-11-24T02:00:00Z")
        let summary = try #require(json["summary"] as? [String: Any])
        #expect(summary["persons"] as? Int == 6_502_113)
        #expect(Set((summary["controls"] as? [String: Int] ?? [:]).keys) == ["compliant", "partial", "nonCompliant", "notApplicable", "notAssessed"])
        #expect(Set((summary["findings"] as? [String: Int] ?? [:]).keys) == ["critical", "high", "medium", "low"])
        try Self.expect(json["duties"], has: ["id", "verdict", "controls"])
        try Self.expect(json["controls"], has: ["id", "title", "verdict", "severity", "duties", "clauses", "checks", "findings"])
        try Self.expect(
            json["findings"], has: ["fingerprint", "check", "controls", "severity", "status", "title", "asset", "evidence", "remediation"])
        try Self.expect(json["coverage"], has: ["inspector", "examined", "unexamined"])
        let controls = try #require(json["controls"] as? [[String: Any]])
        try Self.expect(controls.first?["clauses"], has: ["law", "article", "status"])
        try Self.expect(controls.first?["checks"], has: ["id", "status", "examined"])
    }

    @Test("leaves out what is unknown, and reads back as it was written")
    func roundTrip() throws {
        var report = try ReportFixture.clinic()
        report.summary.personsMeasured = nil
        report.exhibits.append(Exhibit("odd", .bars, columns: ["service", "share"], rows: [["x", .share(.nan)]]))
        let data = try report.json()
        let text = String(decoding: data, as: UTF8.self)
        #expect(!text.contains("personsMeasured"))
        // An empty cell of an exhibit is null; an unknown field isn't there.
        #expect(!text.contains(": null"))
        #expect(try Report(json: data).json() == data)
    }

    private static func expect(_ list: Any?, has keys: Set<String>) throws {
        let elements = try #require(list as? [[String: Any]])
        #expect(!elements.isEmpty)
        for element in elements { #expect(keys.isSubset(of: element.keys)) }
    }
}
