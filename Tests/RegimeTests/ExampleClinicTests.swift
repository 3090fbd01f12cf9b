import Estate
import Findings
import Foundation
import Regime
import Testing

@Suite("The example clinics' documents")
struct ExampleClinicTests {
    /// As the demo does it: a copy whose dates were filled in; they are counted back from the machine's own day.
    private func rendered(_ clinic: String) throws -> URL {
        let target = FileManager.default.temporaryDirectory.appendingPathComponent("clinic-\(UUID().uuidString)")
        let process = Process()
        process.executableURL = repository.appendingPathComponent("Examples/render")
        process.arguments = [repository.appendingPathComponent("Examples/\(clinic)/documents").path, target.path]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return target
    }

    @Test("pass every check in the healthy clinic", arguments: [2, 3])
    func healthy(level: Int) async throws {
        let folder = try rendered("clinic-healthy")
        defer { try? FileManager.default.removeItem(at: folder) }
        let inspection = await Fixture.inspect(folder, level: level, now: Date())
        for result in inspection.checks {
            #expect(result.outcome == .passed, "\(result.check.rawValue): \(result.problems) \(result.findings.map(\.evidence))")
        }
        #expect(inspection.unexamined.isEmpty)
    }

    @Test("fail every check at its own severity in the other clinic")
    func thin() async throws {
        let folder = try rendered("clinic")
        defer { try? FileManager.default.removeItem(at: folder) }
        let inspection = await Fixture.inspect(folder, now: Date())
        #expect(inspection.checks.count == RegimeInspector.checks.count)
        for result in inspection.checks {
            #expect(result.outcome == .failed, "\(result.check.rawValue)")
            #expect(result.findings.contains { $0.severity == nil }, "\(result.check.rawValue)")
        }
        #expect(inspection.result("regime.data-security-policy")?.problems == ["regime.approval-placeholder", "regime.outdated", "regime.thin"])
        #expect(inspection.result("regime.security-officer")?.problems.contains("regime.officer-placeholder") == true)
    }

    @Test("hold each document on its own: without it just its own check fails")
    func oneMissing() async throws {
        let folder = try rendered("clinic-healthy")
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let url = folder.appendingPathComponent(name)
            let aside = folder.appendingPathComponent(".\(name)")
            try FileManager.default.moveItem(at: url, to: aside)
            let failed = await Fixture.inspect(folder, now: Date()).checks.filter { $0.outcome == .failed }
            #expect(failed.count == 1, "\(name): \(failed.map(\.check.rawValue))")
            try FileManager.default.moveItem(at: aside, to: url)
        }
    }
}
