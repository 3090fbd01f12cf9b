import Foundation
import Templates
import Testing

@Suite("Running templates")
struct TemplateRunnerTests {
    private func template(_ id: String, _ body: String, grants: Set<String> = []) throws -> Template {
        try TemplateLoader(grants: grants).load("id: \(id)\n\ninfo:\n  name: \(id)\n  severity: high\n  tags: a, b\n\n" + body)
    }

    private func exchange(_ body: String, status: Int = 200, headers: [String: String] = [:]) -> Fixture.Exchange {
        var exchange = Fixture.Exchange()
        exchange.status = status
        exchange.body = body
        exchange.headers = headers
        return exchange
    }

    private let target = TemplateTarget(scheme: "http", host: "clinic.example", port: nil)

    private static func path(_ path: String, _ word: String) -> String {
        "http:\n  - method: GET\n    path: ['{{BaseURL}}\(path)']\n    matchers:\n      - type: word\n        words: ['\(word)']\n"
    }

    @Test func `Identical requests of many templates are sent once`() async throws {
        let templates = try (0..<500).map { try template("t\($0)", TemplateRunnerTests.path("/", "word\($0) ")) }
        let body = (0..<500).filter { $0.isMultiple(of: 3) }.map { "word\($0) " }.joined()
        let transport = FixtureTransport(["GET http://clinic.example/": exchange(body)])
        let result = await TemplateRunner.fixed(templates).run(target, transport)
        #expect(transport.requests == ["GET http://clinic.example/"])
        #expect(result.matches.count == 167)
        #expect(result.statistics.requests == 1)
        #expect(result.statistics.shared == 499)
    }

    @Test func `A long answer is judged the same with one scan for all words`() async throws {
        let templates = try (0..<200).map { try template("t\($0)", TemplateRunnerTests.path("/", "word\($0)x")) }
        let filler = String(repeating: "lorem ipsum wor word1 ", count: 20_000)
        let transport = FixtureTransport(["GET http://clinic.example/": exchange(filler + "word7x" + filler + "word150x")])
        let result = await TemplateRunner.fixed(templates).run(target, transport)
        #expect(result.matches.map(\.templateID) == ["t7", "t150"])
    }

    @Test func `A conversation shares its first request with the others`() async throws {
        let raw =
            "http:\n  - raw:\n      - |\n        GET / HTTP/1.1\n        Host: {{Hostname}}\n      - |\n        GET /two HTTP/1.1\n        Host: {{Hostname}}\n"
            + "    matchers:\n      - type: dsl\n        dsl: ['contains(body_1, \"one\") && contains(body_2, \"two\")']\n"
        let templates = [try template("a", TemplateRunnerTests.path("/", "one")), try template("b", raw)]
        let transport = FixtureTransport(["GET http://clinic.example/": exchange("one"), "GET http://clinic.example/two": exchange("two")])
        let result = await TemplateRunner.fixed(templates).run(target, transport)
        #expect(transport.requests == ["GET http://clinic.example/", "GET http://clinic.example/two"])
        #expect(result.matches.map(\.templateID) == ["a", "b"])
    }

    @Test func `A redirect out of the scope ends the template without a match, and is counted`() async throws {
        let body =
            "http:\n  - method: GET\n    path: ['{{BaseURL}}/r']\n    redirects: true\n    matchers:\n      - type: status\n        status: [302, 200]\n"
        let transport = FixtureTransport(
            ["GET http://clinic.example/r": exchange("", status: 302, headers: ["Location": "http://evil.example/"])], scope: ["clinic.example"])
        let result = await TemplateRunner.fixed([try template("a", body)]).run(target, transport)
        #expect(result.matches.isEmpty)
        #expect(result.statistics.refused == 1)
        #expect(transport.requests == ["GET http://clinic.example/r", "GET http://evil.example/"])
    }

    @Test func `An absolute address in a template is the transport's to judge`() async throws {
        let body =
            "http:\n  - raw:\n      - |\n        GET http://evil.example/x HTTP/1.1\n        Host: evil.example\n    matchers:\n"
            + "      - type: status\n        status: [404]\n"
        let transport = FixtureTransport([:], scope: ["clinic.example"])
        let result = await TemplateRunner.fixed([try template("a", body)]).run(target, transport)
        #expect(result.matches.isEmpty)
        #expect(result.statistics.refused == 1)
    }

    @Test func `Only read-only methods are sent without a grant`() async throws {
        for name in CorpusTests.names {
            let template = try TemplateLoader().load(try Resources.text("corpus/\(name).yaml"))
            let transport = FixtureTransport([:])
            let host = TemplateTarget(scheme: "https", host: "clinic.example", port: 443)
            _ = await TemplateRunner.fixed([template]).run(host, transport)
            for request in transport.httpRequests { #expect(["GET", "HEAD", "OPTIONS"].contains(request.method), "\(name)") }
        }
    }

    /// A value of an answer goes before a payload of the same name: it must not choose the method.
    @Test func `No answer and no expression makes a method that was not granted`() async throws {
        let head =
            "flow: http(1) && http(2)\n\nhttp:\n  - method: GET\n    path: ['{{BaseURL}}/m']\n    extractors:\n      - type: regex\n        name: verb\n        internal: true\n"
            + "        regex: ['DELETE']\n  - method: '{{verb}}'\n    path: ['{{BaseURL}}/x']\n    payloads:\n      verb: [GET, '{{to_upper(\"put\")}}']\n"
        let body = head + "    matchers:\n      - type: status\n        status: [200, 404]\n"
        let transport = FixtureTransport(["GET http://clinic.example/m": exchange("DELETE")])
        _ = await TemplateRunner.fixed([try template("a", body)]).run(target, transport)
        #expect(transport.requests == ["GET http://clinic.example/m"])
        let plain = FixtureTransport([:])
        _ = await TemplateRunner.fixed([try template("a", body)]).run(target, plain)
        #expect(plain.requests == ["GET http://clinic.example/m", "GET http://clinic.example/x"])
    }

    @Test func `Values of persons stay out of matches; versions are kept`() async throws {
        let body =
            "http:\n  - method: GET\n    path: ['{{BaseURL}}/']\n    extractors:\n      - type: regex\n        name: phone\n"
            + "        regex: ['1[3-9]\\d{9}']\n      - type: regex\n        name: version\n        regex: ['\\d+\\.\\d+\\.\\d+|1[3-9]\\d{9}']\n"
        let transport = FixtureTransport(["GET http://clinic.example/": exchange("13800138000 13900139000 v 1.2.3")])
        let result = await TemplateRunner.fixed([try template("a", body)]).run(target, transport)
        let match = try #require(result.matches.first)
        #expect(match.versions == ["1.2.3"])
        #expect(match.extractedCount == 5)
        #expect(!"\(match)".contains("138001"))
    }

    @Test func `An address that holds an extracted value is shown as the template has it`() async throws {
        let body =
            "http:\n  - raw:\n      - |\n        GET /list HTTP/1.1\n        Host: {{Hostname}}\n      - |\n        GET /patient/{{id}} HTTP/1.1\n"
            + "        Host: {{Hostname}}\n    extractors:\n      - type: regex\n        name: id\n        internal: true\n        group: 1\n"
            + "        regex: ['id=(\\d+)']\n    matchers:\n      - type: word\n        words: [record]\n"
        let transport = FixtureTransport([
            "GET http://clinic.example/list": exchange("id=110101199003070000"),
            "GET http://clinic.example/patient/110101199003070000": exchange("record"),
        ])
        let result = await TemplateRunner.fixed([try template("a", body)]).run(target, transport)
        let match = try #require(result.matches.first)
        #expect(match.matched == "GET /patient/{{id}} HTTP/1.1")
        #expect(!"\(match)".contains("1101011990"))
    }

    @Test func `An extracted line break writes no header`() async throws {
        let body =
            "http:\n  - raw:\n      - |\n        GET /a HTTP/1.1\n        Host: {{Hostname}}\n      - |\n        GET /b HTTP/1.1\n"
            + "        Host: {{Hostname}}\n        X-Token: {{token}}\n    extractors:\n      - type: json\n        name: token\n        internal: true\n"
            + "        json: ['.t']\n    matchers:\n      - type: status\n        status: [200]\n"
        let transport = FixtureTransport([
            "GET http://clinic.example/a": exchange("{\"t\":\"x\\r\\nX-Evil: 1\\r\\n\\r\\nDELETE / HTTP/1.1\"}"),
            "GET http://clinic.example/b": exchange("ok"),
        ])
        _ = await TemplateRunner.fixed([try template("a", body)]).run(target, transport)
        for request in transport.httpRequests {
            #expect(!request.headers.contains { $0.name == "X-Evil" || $0.value.contains("\n") })
            #expect(["GET"].contains(request.method))
        }
    }

    @Test func `Little memory costs repeated requests, not results`() async throws {
        let templates = try (0..<40).map { index in
            try template(
                "t\(index)",
                "http:\n  - raw:\n      - |\n        GET /\(index % 8) HTTP/1.1\n        Host: {{Hostname}}\n      - |\n        GET /x HTTP/1.1\n"
                    + "        Host: {{Hostname}}\n    matchers:\n      - type: word\n        words: [page\(index % 8)]\n")
        }
        var answers: [String: Fixture.Exchange] = [:]
        for page in 0..<8 { answers["GET http://clinic.example/\(page)"] = exchange("page\(page) " + String(repeating: "x", count: 50_000)) }
        var runner = TemplateRunner.fixed(templates)
        let generous = await runner.run(target, FixtureTransport(answers))
        #expect(generous.statistics.requests == 9)
        #expect(generous.statistics.resent == 0)
        runner.memoryLimit = 100_000
        let frugal = await runner.run(target, FixtureTransport(answers))
        #expect(frugal.matches.map(\.templateID) == generous.matches.map(\.templateID))
        #expect(frugal.matches.count == 40)
        #expect(frugal.statistics.resent > 0)
    }

    @Test func `Metadata, tags and severity come with a match`() async throws {
        let text = """
            id: meta
            info:
              name: Meta
              severity: critical
              tags: panel,his
              reference:
                - https://example.org/a
              classification:
                cve-id: CVE-2020-0001
                cwe-id: cwe-200, cwe-306
              metadata:
                name-zh: 元数据
                suwen-service: http
                suwen-authentication: none
                verified: true
            http:
              - method: GET
                path: ['{{BaseURL}}/']
                matchers:
                  - type: status
                    status: [200]
            """
        let template = try TemplateLoader().load(text)
        let result = await TemplateRunner.fixed([template]).run(target, FixtureTransport(["GET http://clinic.example/": exchange("")]))
        let match = try #require(result.matches.first)
        #expect(match.info.severity == .critical)
        #expect(match.info.tags == ["panel", "his"])
        #expect(match.info.cve == ["CVE-2020-0001"])
        #expect(match.info.cwe == ["CWE-200", "CWE-306"])
        #expect(match.chineseName == "元数据")
        #expect(match.service == "http")
        #expect(match.authentication == "none")
        #expect(match.info.references == ["https://example.org/a"])
    }

    @Test func `Templates of other protocols are not run against a target that is not theirs`() async throws {
        let http = try template("h", TemplateRunnerTests.path("/", "x"))
        let transport = FixtureTransport([:])
        let result = await TemplateRunner.fixed([http]).run(TemplateTarget(scheme: "", host: "10.0.0.1", port: 22), transport)
        #expect(result.statistics.templates == 0)
        #expect(transport.requests.isEmpty)
    }

    @Test func `A cancelled run sends nothing more`() async throws {
        let templates = try (0..<50).map { try template("t\($0)", TemplateRunnerTests.path("/\($0)", "x")) }
        let transport = FixtureTransport([:])
        let runner = TemplateRunner.fixed(templates)
        let target = target
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await runner.run(target, transport)
        }
        _ = await task.value
        #expect(transport.requests.isEmpty)
    }
}
