import Estate
import Exposure
import Findings
import FoundationEssentials
import Network
import Synchronization
import TestSupport
import Testing

/// OpenAPI documents against servers of the test's own.
@Suite("Interfaces that a document describes")
struct InterfaceTests {
    private let scope = SmallEstate.scope("127.0.0.1/32")

    /// Answers by path, and notes what was asked.
    final class Site: Sendable {
        private let replies: [String: String]
        private let requests = Mutex<[String]>([])

        init(_ replies: [String: String]) { self.replies = replies }

        /// Method and target, in the order of their arrival.
        var asked: [String] { requests.withLock { $0 } }

        func answer(_ request: [UInt8]) -> LocalServer.Answer {
            let line = String(decoding: request, as: UTF8.self).split(separator: "\r\n").first.map(String.init) ?? ""
            let words = line.split(separator: " ")
            requests.withLock { $0.append(words.prefix(2).joined(separator: " ")) }
            let path = words.count > 1 ? String(words[1]) : ""
            return .http(replies[path] ?? Replies.HTTP.response("404 Not Found", "{}"))
        }
    }

    private func document(_ paths: String, servers: String = "[]") -> String {
        Replies.HTTP.response("200 OK", #"{"openapi":"3.0.1","info":{},"servers":\#(servers),"paths":\#(paths)}"#)
    }

    private func interface(_ server: LocalServer, base: String? = nil) -> [Interface] {
        URL(string: "http://127.0.0.1:\(server.port)/v3/api-docs").map {
            [Interface(name: "业务接口", document: .url($0), base: base.flatMap { URL(string: $0) })]
        } ?? []
    }

    private static let patients = #"{"data":{"rows":[{"name":"张三丰","idCard":"110101199003071233"},{"name":"李四光","idCard":"11010119900307125X"}]}}"#

    @Test("operations that give person data to anybody are findings; the others are told apart and counted, and only GET was sent")
    func findings() async throws {
        let site = Site([
            "/v3/api-docs": document(
                #"{"/patients":{"get":{},"post":{}},"/patients/{id}":{"get":{}},"/wards":{"get":{}},"/me":{"get":{}},"/none":{"get":{}},"/user/logout":{"get":{}},"/patients/delete":{"get":{}}}"#
            ),
            "/patients": Replies.HTTP.response("200 OK", Self.patients), "/patients/1": Replies.HTTP.response("401 Unauthorized", "{}"),
            "/wards": Replies.HTTP.response("200 OK", #"[{"ward":"三病区","beds":40}]"#),
            "/me": Replies.HTTP.response("200 OK", #"{"code":401,"msg":"请先登录"}"#),
        ])
        try await LocalServer.with {
            site.answer($0)
        } _: { server in
            let inspection = await SmallEstate.inspect(SmallEstate.make(scope: scope, interfaces: interface(server)))
            let finding = try #require(inspection.findings(InterfaceSurvey.personDataCheck).first)
            #expect(inspection.findings(InterfaceSurvey.personDataCheck).count == 1)
            #expect(finding.asset == "业务接口 GET /patients" && finding.subject == "业务接口" && finding.severity == .critical)
            let row = try #require(inspection.exhibits.first?.rows.first)
            #expect(row == [.text("业务接口"), 7, 5, 2, 2, 1, 2])
            #expect(inspection.unexaminedKeys == ["exposure.operations-skipped", "exposure.operations-undecided"])
            #expect(Set(site.asked) == ["GET /v3/api-docs", "GET /patients", "GET /patients/1", "GET /wards", "GET /me", "GET /none"])
            for value in ["张三丰", "李四光", "110101199003071233", "11010119900307125X"] { #expect(!"\(inspection)".contains(value)) }
        }
    }

    @Test("an interface of which every operation demands a login passes")
    func passes() async throws {
        let site = Site(["/v3/api-docs": document(#"{"/patients":{"get":{}}}"#), "/patients": Replies.HTTP.denied])
        try await LocalServer.with {
            site.answer($0)
        } _: { server in
            let inspection = await SmallEstate.inspect(SmallEstate.make(scope: scope, interfaces: interface(server)))
            #expect(inspection.outcome(InterfaceSurvey.personDataCheck) == .passed)
            #expect(inspection.examined == ["业务接口"] && inspection.unexamined.isEmpty)
        }
    }

    @Test(
        "a server outside the scope gets no packet, however the document names it",
        arguments: ["127.0.0.2", "localhost", "[::ffff:127.0.0.2]", "127.0.0.1@127.0.0.2", "2130706434"])
    func servers(_ host: String) async throws {
        try await LocalServer.with(host: "127.0.0.2") { forbidden in
            let servers = #"[{"url":"http://\#(host):\#(forbidden.port)/v1"},{"url":"//\#(host):\#(forbidden.port)/v1"}]"#
            let paths = #"{"/patients":{"get":{}},"/x":{"get":{},"servers":[{"url":"http://127.0.0.2:\#(forbidden.port)"}]}}"#
            let site = Site(["/v3/api-docs": document(paths, servers: servers), "/v1/patients": Replies.HTTP.response("200 OK", Self.patients)])
            try await LocalServer.with {
                site.answer($0)
            } _: { server in
                let inspection = await SmallEstate.inspect(SmallEstate.make(scope: scope, interfaces: interface(server)))
                #expect(forbidden.connections == 0)
                // What an inner address stands for is found where the document came from.
                #expect(Set(site.asked).isSubset(of: ["GET /v3/api-docs", "GET /v1/patients", "GET /patients", "GET /x"]))
                #expect(inspection.result(InterfaceSurvey.personDataCheck) != nil)
            }
        }
    }

    @Test("of a document in a file, only servers in scope are asked; without one that is said")
    func file() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("suwen-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("api.yaml")
        try await LocalServer.with(host: "127.0.0.2") { forbidden in
            let text = "openapi: 3.0.0\nservers: [{url: 'http://127.0.0.2:\(forbidden.port)/'}]\npaths: {/patients: {get: {}}}\n"
            try Data(text.utf8).write(to: file)
            let inspection = await SmallEstate.inspect(
                SmallEstate.make(scope: scope, interfaces: [Interface(name: "业务接口", document: .file(file))]))
            #expect(forbidden.connections == 0)
            #expect(inspection.unexaminedKeys == ["exposure.openapi-server"])
            let declared = await SmallEstate.inspect(
                SmallEstate.make(
                    scope: SmallEstate.scope("127.0.0.2/32"),
                    interfaces: [Interface(name: "业务接口", document: .file(file), base: URL(string: "http://127.0.0.2:1/"))]),
                probeTimeout: .seconds(5))
            #expect(forbidden.connections == 0 && declared.unexaminedKeys == ["exposure.operations-undecided"])
        }
        let missing = Interface(name: "业务接口", document: .file(folder.appendingPathComponent("none.json")))
        let inspection = await SmallEstate.inspect(SmallEstate.make(scope: scope, interfaces: [missing]))
        #expect(inspection.unexaminedKeys == ["exposure.openapi-no-file"])
    }

    @Test("an operation that redirects out of the scope isn't followed")
    func redirect() async throws {
        try await LocalServer.with(host: "127.0.0.2") { forbidden in
            let location = "Location: http://127.0.0.2:\(forbidden.port)/patients"
            let site = Site([
                "/v3/api-docs": document(#"{"/patients":{"get":{}}}"#), "/patients": Replies.HTTP.response("302 Found", "", headers: [location]),
            ])
            try await LocalServer.with {
                site.answer($0)
            } _: { server in
                let inspection = await SmallEstate.inspect(SmallEstate.make(scope: scope, interfaces: interface(server)))
                #expect(forbidden.connections == 0)
                #expect(inspection.unexaminedKeys == ["exposure.operations-undecided"])
            }
        }
    }

    @Test("a document that isn't one, is too large, or redirects out of the scope is said to be so")
    func documents() async throws {
        let cases: [(LocalServer.Answer, String)] = [
            (.http(Replies.HTTP.response("200 OK", "<html></html>", type: "text/html")), "exposure.openapi-other"),
            (.http(Replies.HTTP.response("200 OK", "a: [", type: "text/plain")), "exposure.openapi-not-readable"),
            (.http(Replies.HTTP.response("200 OK", #"{"a":1}"#)), "exposure.openapi-other"),
            (.http(Replies.HTTP.response("401 Unauthorized", "{}")), "exposure.endpoint-denied"),
            (.http(Replies.HTTP.response("302 Found", "", headers: ["Location: http://127.0.0.2:1/x"])), "exposure.redirect-out-of-scope"),
            (.init(bytes: Array("HTTP/1.1 200 OK\r\n\r\n{".utf8) + [UInt8](repeating: 0x20, count: 9 << 20)), "exposure.openapi-too-large"),
        ]
        for (answer, key) in cases {
            try await LocalServer.with { _ in
                answer
            } _: { server in
                let inspection = await SmallEstate.inspect(SmallEstate.make(scope: scope, interfaces: interface(server)))
                #expect(inspection.unexaminedKeys == [key])
                #expect(inspection.reason(InterfaceSurvey.personDataCheck) == "exposure.undecided-endpoints")
            }
        }
    }

    @Test("a server that falls silent is not waited for a thousand times")
    func silence() async throws {
        let paths = "{" + (0..<400).map { #""/p/x\#($0)":{"get":{}}"# }.joined(separator: ",") + "}"
        let site = Site(["/v3/api-docs": document(paths)])
        try await LocalServer.with { request in
            String(decoding: request, as: UTF8.self).hasPrefix("GET /v3/api-docs ") ? site.answer(request) : nil
        } _: { server in
            let inspection = await SmallEstate.inspect(
                SmallEstate.make(scope: scope, interfaces: interface(server)), probeTimeout: .milliseconds(400))
            #expect(inspection.unexaminedKeys == ["exposure.operations-abandoned", "exposure.operations-undecided"])
            #expect(server.connections < 30)
        }
    }

    @Test("without detectors nothing is said about person data")
    func withoutDetectors() async throws {
        let site = Site(["/v3/api-docs": document(#"{"/patients":{"get":{}}}"#), "/patients": Replies.HTTP.response("200 OK", Self.patients)])
        try await LocalServer.with {
            site.answer($0)
        } _: { server in
            let inspection = await SmallEstate.inspect(SmallEstate.make(scope: scope, interfaces: interface(server)), personData: nil)
            #expect(inspection.reason(InterfaceSurvey.personDataCheck) == "exposure.no-detectors")
        }
    }

    @Test("an endpoint that is public on purpose must not give person data either")
    func publicEndpoint() async throws {
        try await LocalServer.with { _ in
            .http(Replies.HTTP.response("200 OK", Self.patients))
        } _: { server in
            let endpoints = SmallEstate.endpoint("http://127.0.0.1:\(server.port)/open/doctors", requiresAuthentication: false)
            let inspection = await SmallEstate.inspect(SmallEstate.make(scope: scope, endpoints: endpoints))
            #expect(inspection.findings(InterfaceSurvey.personDataCheck).map(\.asset) == ["接口"])
        }
    }

    @Test("a body of one byte a time costs at most the timeout, and is judged by what came")
    func slow() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n[{\"name\":\"甲\"},"
        try await LocalServer.with { _ in
            // The rest never comes.
            .init(bytes: Array(head.utf8))
        } _: { server in
            let endpoints = SmallEstate.endpoint("http://127.0.0.1:\(server.port)/x")
            let inspection = await SmallEstate.inspect(SmallEstate.make(scope: scope, endpoints: endpoints), probeTimeout: .milliseconds(400))
            #expect(inspection.findings(InterfaceSurvey.personDataCheck).count == 1)
        }
    }
}
