import Foundation
import Templates
import Testing

@Suite("The corpus")
struct CorpusTests {
    static let names = Resources.names("corpus", ".yaml")

    @Test func `holds at least 120 templates, each with a fixture`() {
        #expect(CorpusTests.names.count >= 120)
        #expect(CorpusTests.names == Resources.names("corpus", ".json"))
    }

    @Test(arguments: names)
    func `A template matches the answer that it is for, and no other`(_ name: String) async throws {
        let template = try TemplateLoader().load(try Resources.text("corpus/\(name).yaml"), source: name)
        let fixture = try JSONDecoder().decode(Fixture.self, from: try Resources.data("corpus/\(name).json"))
        let runner = TemplateRunner.fixed([template])

        let transport = FixtureTransport(fixture.match.exchanges)
        let target = try #require(TemplateTarget(fixture.match.target ?? fixture.target))
        let result = await runner.run(target, transport)
        #expect(!result.matches.isEmpty, "\(transport.requests)")
        #expect(result.statistics.evaluationErrors == 0)
        if let expect = fixture.expect { #expect(transport.requests == expect) }
        if let extracted = fixture.extracted { #expect(result.matches.first?.extractedCount == extracted) }
        if let versions = fixture.versions { #expect(result.matches.first?.versions == versions) }
        if let matchers = fixture.matchers { #expect(result.matches.compactMap(\.matcherName) == matchers) }
        #expect(transport.requests.count <= template.requestCount + 10)

        let other = FixtureTransport(fixture.miss.exchanges)
        let missTarget = try #require(TemplateTarget(fixture.miss.target ?? fixture.target))
        let missed = await runner.run(missTarget, other)
        #expect(missed.matches.isEmpty, "\(other.requests)")
        #expect(missed.statistics.evaluationErrors == 0)
    }

    @Test func `The whole corpus at once gives what each template gives alone`() async throws {
        let templates = try CorpusTests.names.map { try TemplateLoader().load(try Resources.text("corpus/\($0).yaml"), source: $0) }
        let runner = TemplateRunner.fixed(templates)
        for name in CorpusTests.names {
            let fixture = try JSONDecoder().decode(Fixture.self, from: try Resources.data("corpus/\(name).json"))
            let target = try #require(TemplateTarget(fixture.match.target ?? fixture.target))
            let transport = FixtureTransport(fixture.match.exchanges)
            let result = await runner.run(target, transport)
            #expect(result.matches.contains { $0.templateID == name }, "\(name)")
            let keys = transport.httpRequests
            #expect(Set(keys).count == keys.count, "identical requests were sent twice for \(name)")
        }
    }
}
