import Estate
import Exposure
import Findings
import Network
import Regulations
import Templates
import TestSupport
import Testing

/// An OpenAPI document that nobody declared.
@Suite("OpenAPI documents that a scan comes upon")
struct FoundDocumentTests {
    private static let document = #"""
        {"openapi":"3.0.1","info":{"title":"t","version":"1"},"servers":[{"url":"http://192.0.2.99/"},{"url":"/"}],
         "paths":{"/patients":{"get":{"responses":{"200":{"description":"ok"}}}}}}
        """#

    @Test("its operations are asked without credentials, on servers in scope only, and person data is a finding")
    func found() async throws {
        try await LocalServer.with { request in
            let path = String(decoding: request, as: UTF8.self).split(separator: " ").dropFirst().first.map(String.init) ?? ""
            switch path {
            case "/v3/api-docs": return .http(Replies.HTTP.response("200 OK", Self.document))
            case "/patients": return .http(Replies.HTTP.response("200 OK", #"[{"name":"张三丰","idCard":"110101199003071233"}]"#))
            default: return .http(Replies.HTTP.response("404 Not Found", "{}"))
            }
        } _: { server in
            let host = Host(name: "主机", address: "127.0.0.1", internetFacing: false, ports: [server.port])
            let inspector = ExposureInspector(
                ScanOptions(
                    probeTimeout: .seconds(10), greetingTime: .milliseconds(100), patience: .seconds(5),
                    templates: TemplateLibrary.builtIn().templates),
                personData: FieldNamesOfPersons())
            let inspection = await inspector.inspect(
                SmallEstate.make(scope: SmallEstate.scope("127.0.0.1/32"), hosts: [host]), SmallEstate.context)
            #expect(SmallEstate.words?.missingKeys(inspection) == [])
            let findings = inspection.findings(InterfaceSurvey.personDataCheck)
            #expect(findings.count == 1)
            #expect(findings.first?.asset.hasSuffix("GET /patients") ?? false)
            #expect(inspection.findings(ExposureInspector.templateCheck).contains { $0.facts["template"] == .text("suwen-openapi-document") })
            #expect(!"\(inspection)".contains("110101199003071233"))
        }
    }
}
