import Foundation
import Testing

/// The two example clinics, made and assessed by the built program as `make demo` does it.
@Suite("The example clinics", .serialized)
struct ClinicTests {
    private static let duties = ["M1", "M2", "M3", "M4", "M5", "M6", "P1", "P2", "P3", "P4", "S1", "S2"]

    /// Renders, fills and assesses an example; `body` gets its folder and what the demo printed.
    private func demo(_ clinic: String, _ body: (URL, SuwenProcess.Outcome) async throws -> Void) async throws {
        try await TemporaryFolder.with { folder in
            let script = SuwenProcess.repository.appendingPathComponent("Examples/demo")
            let outcome = try await SuwenProcess.run(
                script, [SuwenProcess.executable.path, clinic], environment: ["SUWEN_DEMO_FOLDER": folder.path, "SUWEN_DEMO_LOG_LEVEL": "trace"])
            #expect(outcome.exitCode == 0, "\(outcome.errorText.suffix(2_000))")
            try await body(folder.appendingPathComponent(clinic), outcome)
        }
    }

    private func report(_ folder: URL) throws -> [String: Any] {
        let data = try Data(contentsOf: folder.appendingPathComponent("report/report.json"))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    private func verdicts(_ report: [String: Any]) throws -> [String: String] {
        let duties = try #require(report["duties"] as? [[String: Any]])
        return Dictionary(uniqueKeysWithValues: duties.compactMap { duty in (duty["id"] as? String).map { ($0, duty["verdict"] as? String ?? "") } })
    }

    @Test("in the clinic with everything wrong every duty fails with evidence, and no output holds a readable person")
    func clinic() async throws {
        try await demo("clinic") { folder, outcome in
            let report = try report(folder)
            let verdicts = try verdicts(report)
            for duty in Self.duties { #expect(verdicts[duty] == "nonCompliant", "\(duty)") }
            let findings = try #require(report["findings"] as? [[String: Any]])
            #expect(findings.allSatisfy { ($0["evidence"] as? [String])?.isEmpty == false })
            #expect(findings.allSatisfy { $0["status"] as? String == "new" })
            let summary = try #require(report["summary"] as? [String: Any])
            #expect(summary["persons"] as? Int == 20_000)
            #expect(report["schema"] as? String == "suwen.report/1")
            try expectNoneUnmeasuredIsCompliant(report)

            let search = NeedleSearch(try await sensitiveValues(folder))
            for (name, bytes) in try await outputs(folder, outcome) {
                let found = search.found(in: bytes)
                #expect(found.isEmpty, "\(name) holds \(found.count) values of the sample")
            }
        }
    }

    @Test("in the healthy clinic no duty fails")
    func healthy() async throws {
        try await demo("clinic-healthy") { folder, _ in
            let report = try report(folder)
            for (duty, verdict) in try verdicts(report) { #expect(verdict != "nonCompliant", "\(duty)") }
            let findings = try #require(report["findings"] as? [[String: Any]])
            #expect(findings.isEmpty, "\(findings.compactMap { $0["title"] })")
            try expectNoneUnmeasuredIsCompliant(report)
        }
    }

    /// A control without an answered automatic check is not assessed.
    private func expectNoneUnmeasuredIsCompliant(_ report: [String: Any]) throws {
        let controls = try #require(report["controls"] as? [[String: Any]])
        #expect(controls.count >= 80)
        for control in controls where control["verdict"] as? String == "compliant" {
            let checks = control["checks"] as? [[String: Any]] ?? []
            #expect(checks.contains { $0["status"] as? String == "passed" }, "\(control["id"] ?? "")")
        }
    }

    // MARK: What a reader could see

    private static let sensitive = ["name", "id_card", "mobile", "birth_date", "address", "email", "bank_card", "diagnosis", "prescription"]

    /// Every value of the sample's sensitive columns that isn't also a word of Suwen's own texts (a patient may be called 安全 or 高明).
    private func sensitiveValues(_ folder: URL) async throws -> Set<String> {
        let values = try await StoreValues.read("sqlite:" + folder.appendingPathComponent("data/clinic.sqlite").path, columns: Self.sensitive)
        #expect(values.count > 100_000)
        var own: [UInt8] = []
        for place in ["Sources/Regulations/Resources", "Sources/Reporting/Resources", "Sources/Regime/Resources", "Examples"] {
            let root = SuwenProcess.repository.appendingPathComponent(place)
            for case let file as URL in FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil) ?? .init() {
                if let data = try? Data(contentsOf: file) { own += data }
            }
        }
        return values.subtracting(NeedleSearch(values).found(in: own))
    }

    private func outputs(_ folder: URL, _ outcome: SuwenProcess.Outcome) async throws -> [(String, [UInt8])] {
        let place = folder.appendingPathComponent("report")
        var outputs = [("standard output", outcome.output), ("standard error", outcome.errors)]
        for name in ["report.html", "report.json"] { outputs.append((name, Array(try Data(contentsOf: place.appendingPathComponent(name))))) }
        let docx = try await SuwenProcess.run(
            URL(fileURLWithPath: "/usr/bin/pandoc"), ["-t", "plain", "--wrap=none", place.appendingPathComponent("report.docx").path])
        let pdf = try await SuwenProcess.run(URL(fileURLWithPath: "/usr/bin/pdftotext"), [place.appendingPathComponent("report.pdf").path, "-"])
        #expect(docx.output.count > 10_000 && pdf.output.count > 10_000)
        outputs += [("report.docx", docx.output), ("report.pdf", pdf.output)]
        for suffix in ["", "-wal"] {
            let history = folder.appendingPathComponent("estate.history.sqlite" + suffix)
            if let data = try? Data(contentsOf: history) { outputs.append((history.lastPathComponent, Array(data))) }
        }
        return outputs
    }
}
