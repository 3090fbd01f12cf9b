import Estate
import Exposure
import Findings
import TestSupport
import Testing

/// Services that speak only inside TLS, with a certificate that nobody trusts: an open database stays an open database.
@Suite("Services inside TLS")
struct TLSTests {
    private func inspect(_ port: UInt16) async -> Inspection {
        let host = Host(name: "主机", address: "127.0.0.1", internetFacing: true, ports: [port])
        return await SmallEstate.inspect(SmallEstate.make(scope: SmallEstate.scope("127.0.0.1/32"), hosts: [host]))
    }

    private func expect(_ inspection: Inspection, _ service: String, open: Bool) throws {
        #expect(inspection.outcome(ExposureInspector.serviceCheck) == (open ? .failed : .passed))
        let row = try #require(inspection.exhibits.first?.rows.first)
        #expect(row[2] == .text(service))
        #expect(row[4] == .term("exposure.yes"))
    }

    @Test("Redis", arguments: [true, false])
    func redis(open: Bool) async throws {
        try await LocalServer.with(tls: TestCertificate.serverContext()) { request in
            let text = String(decoding: request, as: UTF8.self)
            guard open else { return .init(bytes: Array("-NOAUTH Authentication required.\r\n".utf8)) }
            return .init(bytes: Array(Replies.Redis.open[text.contains("DBSIZE") ? 0 : 1].utf8))
        } _: { server in
            try expect(await inspect(server.port), "Redis", open: open)
        }
    }

    @Test("Elasticsearch", arguments: [true, false])
    func elasticsearch(open: Bool) async throws {
        try await LocalServer.with(tls: TestCertificate.serverContext()) { request in
            let text = String(decoding: request, as: UTF8.self)
            guard text.hasPrefix("GET ") else { return .http(Replies.HTTP.response("400 Bad Request", "")) }
            guard open else { return .http(Replies.HTTP.denied) }
            return .http(text.hasPrefix("GET /_stats") ? Replies.HTTP.statistics : Replies.HTTP.greeting)
        } _: { server in
            try expect(await inspect(server.port), "Elasticsearch", open: open)
        }
    }

    @Test("an HTTPS interface is judged like any other, and is not in plain text")
    func endpoint() async throws {
        let reply = Replies.HTTP.response("200 OK", #"[{"id":1}]"#)
        try await LocalServer.with(tls: TestCertificate.serverContext()) { _ in
            .http(reply)
        } _: { server in
            let endpoints = SmallEstate.endpoint("https://127.0.0.1:\(server.port)/api")
            let inspection = await SmallEstate.inspect(SmallEstate.make(scope: SmallEstate.scope("127.0.0.1/32"), endpoints: endpoints))
            #expect(inspection.outcome(ExposureInspector.endpointCheck) == .failed)
            #expect(inspection.outcome(ExposureInspector.cleartextCheck) == .passed)
        }
    }

    @Test("an HTTPS interface that speaks no TLS is in the coverage")
    func noTLS() async throws {
        let reply = Replies.HTTP.response("200 OK", #"[{"id":1}]"#)
        try await LocalServer.with { _ in
            .http(reply)
        } _: { server in
            let endpoints = SmallEstate.endpoint("https://127.0.0.1:\(server.port)/api")
            let inspection = await SmallEstate.inspect(SmallEstate.make(scope: SmallEstate.scope("127.0.0.1/32"), endpoints: endpoints))
            #expect(inspection.unexaminedKeys == ["exposure.endpoint-tls"])
        }
    }
}
