import Findings
import Foundation
import Regulations
import Reporting
import Testing

@Suite("SARIF")
struct SarifDocumentTests {
    private let log: [String: Any]
    private let run: [String: Any]
    private let rules: [[String: Any]]
    private let results: [[String: Any]]

    private static func document(_ inspections: [Inspection] = [ScanFixture.inspection()], _ language: Language = .zh) throws -> SarifDocument {
        SarifDocument(
            inspections, catalogue: try ScanFixture.catalogue.get(), language: language, toolVersion: "0.1.0", startedAt: ScanFixture.now,
            endedAt: ScanFixture.now.addingTimeInterval(60))
    }

    private static func parse(_ data: Data) throws -> [String: Any] { try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any]) }

    init() throws {
        log = try Self.parse(try Self.document().data())
        run = try #require((log["runs"] as? [[String: Any]])?.first)
        rules = try #require(((run["tool"] as? [String: Any])?["driver"] as? [String: Any])?["rules"] as? [[String: Any]])
        results = try #require(run["results"] as? [[String: Any]])
    }

    @Test("a log has the keys, kinds and values that the standard's schema allows, in both languages, full and empty")
    func shape() throws {
        for language in Language.allCases {
            for inspections in [[ScanFixture.inspection()], [ScanFixture.inspection(), Inspection(.regime)], []] {
                #expect(SarifShape.faults(try Self.parse(try Self.document(inspections, language).data())) == [])
            }
        }
    }

    @Test("the checks of the shape catch what they are there for")
    func shapeFails() {
        #expect(!SarifShape.faults(["version": "2.0.0", "runs": []]).isEmpty)
        #expect(!SarifShape.faults(["version": "2.1.0", "runs": [["tool": ["driver": ["name": "x", "argv": "y"]]]]]).isEmpty)
        #expect(!SarifShape.faults(["version": "2.1.0", "runs": [["tool": ["driver": ["name": "x"]], "results": [[:]]]]]).isEmpty)
        for uri in ["suwen://192.0.2.1:6379/redis", "192.0.2.1:6379", "/etc", "a b", "a//b", ""] {
            #expect(!SarifShape.faults(uri, .uriReference).isEmpty, "\(uri)")
        }
    }

    @Test("every result's index points at its own rule, passed checks among the rules or not")
    func indexes() throws {
        #expect(results.count == 7)
        #expect(rules.count == 6)
        for result in results {
            let index = try #require(result["ruleIndex"] as? Int)
            #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
        }
        let notifications = try #require((run["invocations"] as? [[String: Any]])?.first?["toolExecutionNotifications"] as? [[String: Any]])
        for notification in notifications {
            guard let rule = notification["associatedRule"] as? [String: Any], let index = rule["index"] as? Int else { continue }
            #expect(rules[index]["id"] as? String == rule["id"] as? String)
        }
    }

    @Test("severities never leave the scale, never reach the next, and no rule looks lesser than its worst result")
    func scores() throws {
        let scores = Dictionary(
            uniqueKeysWithValues: rules.compactMap { rule -> (String, String)? in
                guard let id = rule["id"] as? String, let score = (rule["properties"] as? [String: Any])?["security-severity"] as? String else {
                    return nil
                }
                return (id, score)
            })
        #expect(scores.count == rules.count)
        #expect(scores.values.allSatisfy { Double($0).map { (0.1...10).contains($0) } == true })
        #expect(scores["exposure.unauthenticated-service"] == "9.5")
        #expect(scores["exposure.admin-port-reachable"] == "8.0")
        #expect(scores["exposure.known-weakness"] == "9.5")
        let weaknesses = results.filter { $0["ruleId"] as? String == "exposure.known-weakness" }
        #expect(weaknesses.map { $0["level"] as? String } == ["note", "warning", "error", "error"])
    }

    @Test("results have fingerprints that the next run repeats, and no two share one")
    func fingerprints() throws {
        let again = try #require((try Self.parse(try Self.document().data())["runs"] as? [[String: Any]])?.first?["results"] as? [[String: Any]])
        let own = results.compactMap { ($0["partialFingerprints"] as? [String: String])?["suwenFingerprint/v1"] }
        #expect(own == again.compactMap { ($0["partialFingerprints"] as? [String: String])?["suwenFingerprint/v1"] })
        #expect(own == ScanFixture.inspection().checks.flatMap(\.findings).map(\.fingerprint))
        #expect(Set(own).count == results.count)
        #expect(results.allSatisfy { ($0["partialFingerprints"] as? [String: String])?["primaryLocationLineHash"]?.isEmpty == false })
    }

    @Test("rules hold no host, no address and no argument of the command line; nothing holds an argument")
    func noSecrets() throws {
        let data = try JSONSerialization.data(withJSONObject: rules)
        let text = String(decoding: data, as: UTF8.self)
        for secret in ["192.0.2.1", "db-1.clinic.internal", "2001:db8", "数据库主机", "6379"] { #expect(!text.contains(secret), "\(secret)") }
        let whole = String(decoding: try Self.document().data(), as: UTF8.self)
        #expect(CommandLine.arguments.contains { $0.count > 12 })
        for argument in CommandLine.arguments where argument.count > 12 { #expect(!whole.contains(argument), "\(argument)") }
        for key in ["\"commandLine\"", "\"arguments\"", "\"environmentVariables\"", "\"account\"", "\"machine\""] { #expect(!whole.contains(key)) }
    }

    @Test("rules carry techniques, controls and clauses with their status, and help in text and Markdown")
    func basis() throws {
        let rule = try #require(rules.first { $0["id"] as? String == "exposure.unauthenticated-service" })
        let properties = try #require(rule["properties"] as? [String: Any])
        #expect(properties["attack"] as? [String] == ["T1190", "T1213"])
        #expect(properties["controls"] as? [String] == ["PRO-09"])
        let clauses = try #require(properties["clauses"] as? [[String: String]])
        #expect(!clauses.isEmpty)
        for clause in clauses where clause["status"] != "verified" { #expect(clause["citation"]?.contains("待法务复核") == true, "\(clause)") }
        #expect((properties["tags"] as? [String])?.contains("attack/T1190") == true)
        let help = try #require(rule["help"] as? [String: String])
        #expect(help["text"]?.contains("受影响资产") == true && help["text"]?.contains("{asset}") == false)
        #expect(help["markdown"]?.contains("[T1190](https://attack.mitre.org/techniques/T1190/)") == true)
        for rule in rules { #expect(((rule["properties"] as? [String: Any])?["tags"] as? [String])?.count ?? 99 <= 20) }
    }

    @Test("a location is a relative path that decodes to the asset; what an asset holds can't climb out or read as a link")
    func locations() throws {
        let uris = results.compactMap { result -> String? in
            let location = (result["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any]
            return (location?["artifactLocation"] as? [String: Any])?["uri"] as? String
        }
        #expect(uris.count == results.count)
        #expect(uris.contains("exposure/192.0.2.1%3A6379/Redis"))
        #expect(uris.contains { $0.removingPercentEncoding == "exposure/[2001:db8::1]:7000/Redis" })
        #expect(uris.allSatisfy { !$0.split(separator: "/").contains("..") })
        let message = try #require(
            (results.first { $0["ruleId"] as? String == "exposure.cleartext-endpoint" }?["message"] as? [String: Any])?["text"] as? String)
        #expect(message.contains("{{id}}"))
        #expect(!message.contains("]("))
    }

    @Test("what could not be examined and what was not assessed are notifications; the run itself succeeded unless it was stopped")
    func notifications() throws {
        let invocation = try #require((run["invocations"] as? [[String: Any]])?.first)
        #expect(invocation["executionSuccessful"] as? Bool == true)
        let notifications = try #require(invocation["toolExecutionNotifications"] as? [[String: Any]])
        #expect(notifications.map { $0["level"] as? String } == ["warning", "note"])
        #expect(((notifications.first?["message"] as? [String: Any])?["text"] as? String)?.contains("web.clinic.invalid") == true)
        var stopped = try Self.document()
        stopped.isComplete = false
        let again = try #require((try Self.parse(try stopped.data())["runs"] as? [[String: Any]])?.first?["invocations"] as? [[String: Any]])
        #expect(again.first?["executionSuccessful"] as? Bool == false)
    }

    @Test("results are written one at a time")
    func streamed() throws {
        var largest = 0
        var pieces = 0
        var whole = Data()
        try Self.document([ScanFixture.inspection(findings: 2_000)]).write { piece in
            largest = max(largest, piece.count)
            pieces += 1
            whole += piece
        }
        #expect(pieces > 2_000)
        #expect(largest < 64 << 10)
        #expect(SarifShape.faults(try Self.parse(whole)) == [])
    }
}
