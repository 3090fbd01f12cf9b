import Findings
import Foundation
import Regulations
import Reporting
import Testing

@Suite("JSON Lines and findings for programs")
struct JSONLinesTests {
    private func lines(_ language: Language = .zh, _ write: (inout JSONLinesWriter) throws -> Void) throws -> [[String: Any]] {
        final class Store { var lines: [Data] = [] }
        let store = Store()
        var writer = JSONLinesWriter(catalogue: try ScanFixture.catalogue.get(), language: language, at: ScanFixture.now) { store.lines.append($0) }
        try write(&writer)
        return try store.lines.map { line in
            #expect(line.last == UInt8(ascii: "\n") && line.filter { $0 == UInt8(ascii: "\n") }.count == 1)
            return try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
        }
    }

    @Test("each line is one object with its type and schema")
    func types() throws {
        let written = try lines { writer in
            try writer.write(
                ServiceRecord(
                    host: "192.0.2.1", port: 6379, tls: false, service: "redis", product: nil, version: "7.0.5", authentication: "none",
                    proof: "DBSIZE\n1"))
            try writer.write(ScanFixture.inspection())
            try writer.write(ScanCoverageRecord(probed: 100, open: 3, closed: 90, filtered: 7, unexamined: 0, seconds: 1.23456))
        }
        #expect(written.allSatisfy { $0["schema"] as? String == "suwen.scan/1" })
        let types = written.compactMap { $0["type"] as? String }
        #expect(types == ["service"] + Array(repeating: "finding", count: 7) + Array(repeating: "check", count: 6) + ["unexamined", "coverage"])
        let service = try #require(written.first)
        #expect(Set(service.keys) == ["type", "schema", "host", "port", "tls", "service", "product", "version", "authentication", "proof"])
        #expect(service["product"] is NSNull)
        #expect(service["tls"] as? Bool == false)
        let coverage = try #require(written.last)
        #expect(Set(coverage.keys) == ["type", "schema", "probed", "open", "closed", "filtered", "unexamined", "seconds"])
        #expect(coverage["seconds"] as? Double == 1.235)
        let checks = written.filter { $0["type"] as? String == "check" }
        #expect(checks.map { $0["status"] as? String } == ["passed", "failed", "failed", "notAssessed", "failed", "failed"])
        #expect(checks.map { $0["reason"] != nil } == [false, false, false, true, false, false])
    }

    @Test("every finding says which techniques use it, which controls it breaks and what clauses they cite", arguments: Language.allCases)
    func findings(_ language: Language) throws {
        let catalogue = try ScanFixture.catalogue.get()
        let checks = catalogue.wording.checks.keys.filter { $0.rawValue.hasPrefix("exposure.") }.sorted()
        #expect(checks.count >= 6)
        let written = try lines(language) { writer in for check in checks { try writer.write(ScanFixture.finding(check, "192.0.2.1:6379/Redis")) } }
        for (check, finding) in zip(checks, written) {
            #expect((finding["attack"] as? [String])?.isEmpty == false, "\(check.rawValue)")
            #expect((finding["controls"] as? [String])?.isEmpty == false, "\(check.rawValue)")
            let clauses = try #require(finding["clauses"] as? [[String: String]])
            #expect(!clauses.isEmpty, "\(check.rawValue)")
            for clause in clauses { #expect(Set(clause.keys) == ["clause", "citation", "status"]) }
            #expect((finding["remediation"] as? String)?.isEmpty == false)
        }
    }

    @Test("a clause that isn't verified is marked, and one from memory has no number")
    func marked() throws {
        let catalogue = try ScanFixture.catalogue.get()
        var bases = CheckBases(catalogue, profile: Profile(mlpsLevel: 3), on: ScanFixture.now)
        let clauses = catalogue.wording.checks.keys.flatMap { FindingRecord(Finding(check: $0, subject: "s", asset: "a"), &bases, .zh).clauses }
        #expect(Set(clauses.map(\.status)).isSuperset(of: [.verified, .secondary]))
        for clause in clauses { #expect(clause.citation.contains("待法务复核") || clause.status == .verified, "\(clause)") }
        for clause in clauses where clause.status == .unverified { #expect(clause.citation.contains("条号未核"), "\(clause)") }
    }

    @Test("the document of a scan has every key of its schema, and the findings of the lines")
    func document() throws {
        let service = ServiceRecord(
            host: "192.0.2.1", port: 22, tls: false, service: "ssh", product: "OpenSSH", version: nil, authentication: "unknown", proof: nil)
        let document = ScanDocument(
            ScanFixture.inspection(), services: [service], templates: .init(loaded: 3, refused: ["code": 2]),
            coverage: ScanCoverageRecord(probed: 9, open: 1, closed: 8, filtered: 0, unexamined: 0, seconds: .nan),
            catalogue: try ScanFixture.catalogue.get(), language: .en, at: ScanFixture.now, from: "outside")
        let json = try #require(try JSONSerialization.jsonObject(with: document.json()) as? [String: Any])
        #expect(
            Set(json.keys) == ["schema", "scannedAt", "from", "services", "findings", "checks", "unexamined", "templates", "coverage"])
        #expect(json["schema"] as? String == "suwen.scan/1")
        let written = try lines(.en) { try $0.write(ScanFixture.inspection()) }.filter { $0["type"] as? String == "finding" }
        let findings = try #require(json["findings"] as? [[String: Any]])
        #expect(findings.map { $0["fingerprint"] as? String } == written.map { $0["fingerprint"] as? String })
        #expect((json["templates"] as? [String: Any])?["refused"] as? [String: Int] == ["code": 2])
        #expect((json["coverage"] as? [String: Any])?["seconds"] as? Double == 0)
    }
}
