import Estate
import Exposure
import Findings
import Foundation
import Network
import Regulations
import TestSupport
import Testing

/// A documented account counts as weak only where a random password is refused.
@Suite("Vendors' default accounts")
struct DefaultAccountTests {
    /// Orthanc's REST interface, as far as a login goes.
    private static func orthanc(_ isLetIn: @escaping @Sendable (String?) -> Bool) -> @Sendable ([UInt8]) -> LocalServer.Answer? {
        { request in
            let text = String(decoding: request, as: UTF8.self)
            let header = text.split(separator: "\r\n").first { $0.lowercased().hasPrefix("authorization: basic ") }
            let login = header.flatMap { Data(base64Encoded: String($0.dropFirst(21))) }.map { String(decoding: $0, as: UTF8.self) }
            guard isLetIn(login) else {
                return .http(Replies.HTTP.response("401 Unauthorized", "", headers: [#"WWW-Authenticate: Basic realm="Orthanc Secure Area""#]))
            }
            let path = text.split(separator: " ").dropFirst().first.map(String.init) ?? ""
            switch path {
            case "/system":
                return .http(
                    Replies.HTTP.response(
                        "200 OK",
                        #"{"ApiVersion":17,"DicomAet":"ORTHANC","DicomPort":4242,"Name":"x","PluginsEnabled":true,"Version":"1.10.1","DatabaseVersion":6}"#
                    ))
            case "/statistics":
                return .http(
                    Replies.HTTP.response(
                        "200 OK",
                        #"{"CountPatients":0,"CountStudies":0,"CountSeries":0,"CountInstances":0,"TotalDiskSize":"0","TotalDiskSizeMB":0,"TotalUncompressedSize":"0","TotalUncompressedSizeMB":0}"#
                    ))
            default: return .http(Replies.HTTP.response("404 Not Found", "{}"))
            }
        }
    }

    private func inspect(_ server: LocalServer, accounts: Bool = true) async -> Inspection {
        let host = Host(name: "主机", address: "127.0.0.1", internetFacing: false, ports: [server.port])
        let estate = SmallEstate.make(scope: SmallEstate.scope("127.0.0.1/32"), hosts: [host])
        let inspector = ExposureInspector(
            ScanOptions(probeTimeout: .seconds(10), greetingTime: .milliseconds(100), patience: .seconds(5), triesDefaultAccounts: accounts))
        let inspection = await inspector.inspect(estate, SmallEstate.context)
        #expect(SmallEstate.words?.missingKeys(inspection) == [])
        return inspection
    }

    @Test("the documented account that is let in is a finding, when somebody asked for it to be tried")
    func letIn() async throws {
        try await LocalServer.with(answer: Self.orthanc { $0 == "orthanc:orthanc" }) { server in
            let inspection = await inspect(server)
            let finding = try #require(inspection.findings(ExposureInspector.accountCheck).first)
            #expect(finding.facts["user"] == .text("orthanc"))
            #expect(inspection.findings(ExposureInspector.serviceCheck).isEmpty)
            #expect(await inspect(server, accounts: false).reason(ExposureInspector.accountCheck) == "exposure.accounts-not-tried")
        }
    }

    @Test("a changed password passes")
    func changed() async throws {
        try await LocalServer.with(answer: Self.orthanc { $0 == "orthanc:Kuo-7f!szx" }) { server in
            #expect(await inspect(server).outcome(ExposureInspector.accountCheck) == .passed)
        }
    }

    @Test("a server that lets any password in has no weak account: the random one shows it")
    func anything() async throws {
        try await LocalServer.with(answer: Self.orthanc { $0 != nil }) { server in
            #expect(await inspect(server).findings(ExposureInspector.accountCheck).isEmpty)
        }
    }
}
