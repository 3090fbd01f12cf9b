import Estate
import Exposure
import Findings
import TestSupport
import Testing

/// First pages and their scripts.
@Suite("Secrets in what a service shows everybody")
struct PageTests {
    private let scope = SmallEstate.scope("127.0.0.1/32")

    private func html(_ body: String) -> String { Replies.HTTP.response("200 OK", body, type: "text/html") }

    private func inspect(_ replies: [String: String], _ body: (Inspection, InterfaceTests.Site) throws -> Void) async throws {
        let site = InterfaceTests.Site(replies.merging(["/api": Replies.HTTP.denied]) { first, _ in first })
        try await LocalServer.with {
            site.answer($0)
        } _: { server in
            let endpoints = SmallEstate.endpoint("http://127.0.0.1:\(server.port)/api")
            try body(await SmallEstate.inspect(SmallEstate.make(scope: scope, endpoints: endpoints)), site)
        }
    }

    @Test("a secret in a script of the page is a finding that names script, kind and length")
    func found() async throws {
        try await inspect([
            "/": html(
                #"<script src="/static/app.3f2a1b.js"></script><script src='http://other.example/x.js'></script><link rel=preload href=/static/chunk.js as=script>"#
            ), "/static/app.3f2a1b.js": Replies.HTTP.response("200 OK", "login({password:'Clinic@2024'})", type: "text/javascript"),
            "/static/chunk.js": Replies.HTTP.response("200 OK", "var a=1", type: "text/javascript"),
        ]) { inspection, site in
            let finding = try #require(inspection.findings(InterfaceSurvey.pagesCheck).first)
            #expect(finding.subject == "接口" && finding.asset.hasSuffix("/static/app.*.js") && finding.severity == .low)
            #expect(finding.evidence.first?.facts["lengths"] == .list([.count(11)]))
            #expect(!"\(inspection)".contains("Clinic@2024"))
            #expect(site.asked == ["GET /api", "GET /", "GET /static/app.3f2a1b.js", "GET /static/chunk.js"])
            #expect(inspection.result(InterfaceSurvey.pagesCheck)?.examined == 3)
        }
    }

    @Test("a page without secrets passes")
    func clean() async throws {
        try await inspect(["/": html("<form><input type=password></form>")]) { inspection, _ in
            #expect(inspection.outcome(InterfaceSurvey.pagesCheck) == .passed)
            #expect(inspection.examined == ["接口"] && inspection.unexamined.isEmpty)
        }
    }

    @Test("no more than ten scripts are had, and the rest is said to be left")
    func many() async throws {
        let tags = (0..<14).map { "<script src=s\($0).js></script>" }.joined()
        try await inspect(["/": html(tags)]) { inspection, site in
            #expect(site.asked.count == 12)
            #expect(inspection.unexaminedKeys == ["exposure.scripts-left"])
        }
    }

    @Test("a service without a page is none that passes")
    func none() async throws {
        try await inspect([:]) { inspection, _ in
            #expect(inspection.reason(InterfaceSurvey.pagesCheck) == "exposure.no-pages")
            #expect(inspection.unexamined.isEmpty)
        }
    }
}
