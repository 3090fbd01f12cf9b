import Foundation
import Templates
import Testing

@Suite("Suwen's own templates")
struct OwnTemplatesTests {
    static let library = TemplateLibrary.builtIn()

    @Test func `all load, and each has a fixture`() {
        #expect(OwnTemplatesTests.library.refused.map(\.refusal).isEmpty)
        #expect(OwnTemplatesTests.library.templates.count >= 30)
        #expect(OwnTemplatesTests.library.templates.map(\.id).sorted() == Resources.names("own", ".json"))
    }

    @Test(arguments: library.templates.map(\.id))
    func `A template matches what it is for, and not its look-alike`(_ id: String) async throws {
        let template = try #require(OwnTemplatesTests.library.templates.first { $0.id == id })
        let fixture = try JSONDecoder().decode(Fixture.self, from: try Resources.data("own/\(id).json"))
        let target = try #require(TemplateTarget(fixture.target))
        let result = await TemplateRunner.fixed([template]).run(target, FixtureTransport(fixture.match.exchanges))
        #expect(result.matches.count == 1)
        #expect(result.statistics.evaluationErrors == 0)
        let missed = await TemplateRunner.fixed([template]).run(target, FixtureTransport(fixture.miss.exchanges))
        #expect(missed.matches.isEmpty)
        #expect(missed.statistics.evaluationErrors == 0)
    }

    @Test(arguments: library.templates)
    func `A template has both names, and speaks only of what it proves`(_ template: Template) {
        #expect(!template.info.name.isEmpty)
        #expect(template.info.metadata["name-zh"]?.contains { $0.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } } == true)
        #expect(template.info.metadata["suwen-service"] != nil)
        #expect(["none", "required", nil].contains(template.info.metadata["suwen-authentication"]))
        #expect(template.info.severity != .unknown)
        // Without a proof of missing authentication nothing is graded high.
        if template.info.severity >= .medium { #expect(template.info.metadata["suwen-authentication"] == "none") }
    }

    /// A server that answers everything with one page must not look like thirty products.
    @Test func `A page for every path matches nothing`() async throws {
        let target = TemplateTarget(scheme: "http", host: "clinic.example", port: nil)
        for body in ["<html><title>Welcome</title><form><input type=\"password\"></form></html>", "", "{}", "{\"code\":200,\"msg\":\"ok\"}", "ok"] {
            var page = try JSONDecoder().decode(
                Fixture.Exchange.self, from: Data("{\"status\":200,\"headers\":{\"Content-Type\":\"text/html\"}}".utf8))
            page.body = body
            let transport = FixtureTransport(["GET *": page, "HEAD *": page])
            let result = await TemplateRunner.fixed(OwnTemplatesTests.library.templates).run(target, transport)
            #expect(result.matches.map(\.templateID) == [])
            #expect(transport.httpRequests.allSatisfy { $0.method == "GET" && $0.body.isEmpty })
        }
    }
}
