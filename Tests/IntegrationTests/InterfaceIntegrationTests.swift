import Assessment
import Estate
import Exposure
import Findings
import Foundation
import Logging
import Network
import Regulations
import TestServers
import Testing

/// A real nginx, and the real detectors of patient data.
@Suite("Interfaces of a real server")
struct InterfaceIntegrationTests {
    private func inspect(_ site: ClinicSite, _ change: (inout Estate) throws -> Void) async throws -> Inspection {
        var estate = Estate(
            file: URL(fileURLWithPath: "/nowhere/estate.yaml"), organisation: Organisation(name: "示例"),
            scope: Scope(networks: [CIDR("127.0.0.1/32")].compactMap { $0 }), history: URL(fileURLWithPath: "/nowhere/history.sqlite"))
        try change(&estate)
        let context = InspectionContext(now: Date(timeIntervalSince1970: 1_790_000_000), logger: Logger(label: "tests"))
        let inspector = ExposureInspector(ScanOptions(probeTimeout: .seconds(20)), personData: PatientDataDetectors())
        let inspection = await inspector.inspect(estate, context)
        #expect(try Catalogue.load().wording.missingKeys(inspection) == [])
        return inspection
    }

    private func url(_ site: ClinicSite, _ path: String) throws -> URL { try #require(URL(string: "http://127.0.0.1:\(site.port)\(path)")) }

    private func findings(_ inspection: Inspection, _ check: CheckID) -> [Finding] {
        inspection.checks.filter { $0.check == check }.flatMap { $0.findings }
    }

    @Test("of the operations that a document describes, the one that gives patients away is found; only GET was sent, and to no other server")
    func document() async throws {
        try await ClinicSite.with { site in
            let inspection = try await inspect(site) {
                $0.interfaces = [Interface(name: "业务接口", document: .url(try url(site, "/v3/api-docs")))]
            }
            let found = findings(inspection, InterfaceSurvey.personDataCheck)
            #expect(found.map { $0.asset } == ["业务接口 GET /patients"])
            #expect(found.first?.severity == .critical)
            #expect(found.first?.facts["kinds"] == .list([.term("kind.idCard"), .term("kind.mobile"), .term("kind.name")]))
            #expect(
                try Set(site.requests()) == [
                    "GET /v3/api-docs", "GET /api/patients", "GET /api/wards", "GET /api/visits/1", "GET /api/prescriptions",
                ])
            for value in ["张建国", "李秀英", "110101199003070134", "13800138000"] { #expect(!"\(inspection)".contains(value)) }
        }
    }

    @Test("a record that both accounts get is a finding, one that only its owner gets is not; the page's script is looked at")
    func accounts() async throws {
        try await ClinicSite.with { site in
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("suwen-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
            defer { try? FileManager.default.removeItem(at: folder) }
            let accounts = ClinicSite.tokens.map { token in
                let file = folder.appendingPathComponent(token)
                #expect(FileManager.default.createFile(atPath: file.path, contents: Data(token.utf8), attributes: [.posixPermissions: 0o600]))
                return TestAccount(header: "X-Token", valueFrom: .file(file))
            }
            let inspection = try await inspect(site) {
                $0.endpoints = [
                    Endpoint(name: "就诊一", url: try url(site, "/api/visits/1001"), accounts: accounts),
                    Endpoint(name: "就诊二", url: try url(site, "/api/visits/1002"), accounts: accounts),
                ]
            }
            #expect(findings(inspection, InterfaceSurvey.accountsCheck).map { $0.asset } == ["就诊一"])
            #expect(inspection.checks.first { $0.check == InterfaceSurvey.accountsCheck }?.examined == 2)
            #expect(findings(inspection, InterfaceSurvey.pagesCheck).map { $0.asset } == ["127.0.0.1:\(site.port)/app.js"])
            #expect(findings(inspection, ExposureInspector.endpointCheck).isEmpty)
            for value in ClinicSite.tokens + ["Clinic@2024", "张建国"] { #expect(!"\(inspection)".contains(value)) }
        }
    }
}
