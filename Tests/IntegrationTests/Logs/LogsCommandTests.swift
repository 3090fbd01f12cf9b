import Foundation
import TestServers
import Testing

/// `suwen logs` as a user runs it, on what a real server wrote.
@Suite("suwen logs on a real log")
struct LogsCommandTests {
    @Test("The document tells the attacks on an nginx, and neither it, nor the text, nor single events show whom they were about")
    func command() async throws {
        try await NginxLogging.with { server in
            try await WebAttack.run(against: server)
            let options = [try server.log("json"), "--trust-proxy", "127.0.0.1/32", "--time-zone", "UTC"]
            let document = try await SuwenProcess.run(["logs"] + options + ["--json"])
            #expect(document.exitCode == 0, "\(document.errorText)")
            let json = try document.json()
            #expect(json["schema"] as? String == "suwen.logs/1")
            let sources = json["sources"] as? [[String: Any]] ?? []
            #expect(sources.map { $0["format"] as? String } == ["nginx-json"])
            #expect(sources.map { $0["parsed"] as? Int } == [WebAttack.requests.count])
            let incidents = json["incidents"] as? [[String: Any]] ?? []
            let kinds = Set(incidents.filter { $0["succeeded"] as? Bool == true }.compactMap { $0["kind"] as? String })
            #expect(kinds.isSuperset(of: ["injection", "traversal", "webShell", "bruteForceSuccess", "enumeration", "foreignAccess", "adminAccess"]))
            let regions = json["regions"] as? [[String: Any]] ?? []
            #expect(regions.contains { $0["region"] as? String == "US" && $0["class"] as? String == "foreign" && $0["addresses"] as? Int == 7 })

            let text = try await SuwenProcess.run(["logs"] + options + ["--language", "en"])
            let events = try await SuwenProcess.run(["logs", "show"] + options + ["--limit", "5000", "--json"])
            #expect(events.outputText.split(separator: "\n").count == WebAttack.requests.count)
            for output in [document, text, events] {
                for secret in WebAttack.secrets { #expect(!output.outputText.contains(secret), "\(secret) leaks") }
            }
        }
    }
}
