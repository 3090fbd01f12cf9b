import Estate
import Exposure
import Findings
import TestServers
import Testing

/// Real DICOM servers: what is told of them, and that nothing but one verification reaches them.
@Suite("DICOM servers")
struct HealthCareServerTests {
    private func inspect(_ server: DICOMServer) async -> Inspection {
        let host = Host(name: "影像归档", address: server.host, internetFacing: true, ports: [server.port])
        return await SmallEstate.inspect(SmallEstate.make(scope: SmallEstate.scope("127.0.0.1/32"), hosts: [host]), probeTimeout: .seconds(5))
    }

    /// - Parameter evidence: of the finding; nil: none.
    private func expect(_ inspection: Inspection, _ server: DICOMServer, evidence: String?, tls: Bool = false) throws {
        #expect(inspection.outcome(ExposureInspector.serviceCheck) == (evidence == nil ? .passed : .failed))
        #expect(inspection.findings(ExposureInspector.serviceCheck).first?.evidence.first?.key == evidence)
        let row = try #require(inspection.exhibits.first?.rows.first)
        // Who refuses an association doesn't say what it is.
        #expect(row[2] == .text(evidence == nil ? "DICOM" : "DICOM (DCMTK)"))
        #expect(row[4] == .term(tls ? "exposure.yes" : "exposure.no"))
        #expect(server.stored == 0)
        for request in ["Find", "Move", "Get", "Store"] {
            #expect(!server.log.contains("Incoming \(request) request") && !server.log.contains("Received \(request) Request"))
        }
    }

    @Test("an Orthanc as it is shipped takes any AE title")
    func orthanc() async throws {
        try await DICOMServer.with(.orthanc()) { server in
            try expect(await inspect(server), server, evidence: "exposure.dicom-any-title")
            #expect(server.log.contains("Incoming Echo request"))
            #expect(server.log.contains("Association Release"))
        }
    }

    @Test("an Orthanc that knows its own title, or its callers, refuses", arguments: [#""DicomCheckCalledAet": true"#, "closed"])
    func orthancClosed(_ setting: String) async throws {
        let closed = [#""DicomAlwaysAllowEcho": false, "DicomAlwaysAllowStore": false, "DicomCheckModalityHost": true"#]
        try await DICOMServer.with(.orthanc(settings: setting == "closed" ? closed : [setting])) { server in
            try expect(await inspect(server), server, evidence: nil)
        }
    }

    @Test("dcmtk's archive refuses a title that isn't its own")
    func archive() async throws {
        try await DICOMServer.with(.dcmqrscp) { server in try expect(await inspect(server), server, evidence: nil) }
    }

    @Test("dcmtk's receiver takes any AE title, in plain text and inside TLS", arguments: [false, true])
    func receiver(tls: Bool) async throws {
        try await DICOMServer.with(.storescp(tls: tls)) { server in
            try expect(await inspect(server), server, evidence: "exposure.dicom-any-title", tls: tls)
            #expect(server.log.contains("Received Echo Request"))
        }
    }
}
