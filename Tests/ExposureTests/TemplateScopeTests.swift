import Exposure
import Network
import Templates
import TestSupport
import Testing

/// Templates can name any URL: only what the scope permits is contacted.
@Suite("Templates and the scope")
struct TemplateScopeTests {
    private func run(_ template: String, scope: Scope, at server: LocalServer, host: String) async throws -> TemplateRunResult {
        let loaded = try TemplateLoader().load(template)
        let target = TemplateTarget(scheme: "http", host: host, port: Int(server.port))
        return await TemplateScan.run([loaded], at: target, scope: scope, timeout: .seconds(5))
    }

    private static func template(_ path: String, redirects: Bool = false) -> String {
        """
        id: elsewhere
        info: {name: elsewhere, author: suwen, severity: low}
        http:
          - method: GET
            path: ['\(path)']
            redirects: \(redirects)
            matchers:
              - type: word
                words: [secret]
        """
    }

    @Test("a template that matches in scope matches, and is refused outside of it")
    func absolute() async throws {
        try await LocalServer.with { _ in
            .http(Replies.HTTP.response("200 OK", "secret"))
        } _: { forbidden in
            try await LocalServer.with(host: "127.0.0.2") { _ in
                .http(Replies.HTTP.response("200 OK", "secret"))
            } _: { permitted in
                let scope = SmallEstate.scope("127.0.0.2/32")
                let own = try await run(Self.template("{{BaseURL}}/a"), scope: scope, at: permitted, host: "127.0.0.2")
                #expect(own.matches.count == 1)
                for host in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"] {
                    let other = try await run(Self.template("http://\(host):\(forbidden.port)/a"), scope: scope, at: permitted, host: "127.0.0.2")
                    #expect(other.matches.isEmpty)
                    #expect(other.statistics.refused == 1)
                }
                #expect(forbidden.connections == 0)
            }
        }
    }

    @Test("a redirect out of the scope is not followed, though the template follows redirects")
    func redirect() async throws {
        try await LocalServer.with { _ in
            .http(Replies.HTTP.response("200 OK", "secret"))
        } _: { forbidden in
            let answer = LocalServer.Answer.http("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:\(forbidden.port)/\r\nContent-Length: 0\r\n\r\n")
            try await LocalServer.with(host: "127.0.0.2") { _ in
                answer
            } _: { permitted in
                let result = try await run(
                    Self.template("{{BaseURL}}/a", redirects: true), scope: SmallEstate.scope("127.0.0.2/32"), at: permitted, host: "127.0.0.2")
                #expect(permitted.connections == 1)
                #expect(forbidden.connections == 0)
                #expect(result.matches.isEmpty)
            }
        }
    }
}
