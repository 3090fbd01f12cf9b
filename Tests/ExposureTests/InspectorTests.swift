import Estate
import Exposure
import Findings
import FoundationEssentials
import Logging
import Network
import Synchronization
import TestSupport
import Testing

/// The whole inspector against servers of the test's own.
@Suite("The exposure inspector")
struct InspectorTests {
    private let scope = SmallEstate.scope("127.0.0.0/8")

    private func host(_ server: LocalServer, internetFacing: Bool = true) -> Host {
        Host(name: "主机", address: "127.0.0.1", internetFacing: internetFacing, ports: [server.port])
    }

    @Test("every check is answered, with a reason, when nothing is declared")
    func nothing() async {
        let inspection = await SmallEstate.inspect(SmallEstate.make(scope: scope))
        #expect(inspection.checks.map { $0.check } == ExposureInspector.checks)
        #expect(inspection.checks.allSatisfy { if case .notAssessed = $0.outcome { true } else { false } })
        #expect(inspection.unexamined.isEmpty)
        #expect(inspection.exhibits.isEmpty)
    }

    @Test("a MongoDB on any port is recognised and judged", arguments: [true, false])
    func mongoDB(open: Bool) async throws {
        try await LocalServer.with { request in
            // Like the real one, it hangs up on what isn't its protocol.
            guard request.count > 16, request[12] == 0xDD || request[12] == 0xD4, request[13] == 0x07 else { return .init(bytes: [], closes: true) }
            return .init(bytes: Replies.MongoDB.answer(request, authenticated: open))
        } _: { server in
            let inspection = await SmallEstate.inspect(SmallEstate.make(scope: scope, hosts: [host(server)]))
            #expect(inspection.findings(ExposureInspector.serviceCheck).count == (open ? 1 : 0))
            #expect(inspection.outcome(ExposureInspector.serviceCheck) == (open ? .failed : .passed))
            #expect(inspection.findings(ExposureInspector.dataPortCheck).map(\.asset) == ["127.0.0.1:\(server.port)/MongoDB"])
            #expect(inspection.outcome(ExposureInspector.adminPortCheck) == .passed)
            #expect(inspection.examined == ["主机"])
            #expect(inspection.unexamined.isEmpty)
            let row = try #require(inspection.exhibits.first?.rows.first)
            #expect(row[2] == .text("MongoDB"))
            #expect(row[3] == .text("7.0.14"))
            #expect(row[5] == .term(open ? "exposure.authentication-none" : "exposure.authentication-required"))
        }
    }

    @Test("an Elasticsearch on any port is recognised and judged", arguments: [true, false])
    func elasticsearch(open: Bool) async throws {
        try await LocalServer.with { request in
            let text = String(decoding: request, as: UTF8.self)
            guard text.hasPrefix("GET ") else { return .http(Replies.HTTP.response("400 Bad Request", "")) }
            guard open else { return .http(Replies.HTTP.denied) }
            return .http(text.hasPrefix("GET /_stats") ? Replies.HTTP.statistics : Replies.HTTP.greeting)
        } _: { server in
            let inspection = await SmallEstate.inspect(SmallEstate.make(scope: scope, hosts: [host(server, internetFacing: false)]))
            #expect(inspection.outcome(ExposureInspector.serviceCheck) == (open ? .failed : .passed))
            #expect(inspection.reason(ExposureInspector.dataPortCheck) == "exposure.no-internet-facing")
        }
    }

    @Test("a service that speaks first is recognised without being asked anything")
    func greeting() async throws {
        let asked = Atomic(false)
        try await LocalServer.with(greeting: Array("SSH-2.0-OpenSSH_9.2p1 Debian\r\n".utf8)) { _ in
            asked.store(true, ordering: .relaxed)
            return nil
        } _: { server in
            let inspection = await SmallEstate.inspect(SmallEstate.make(scope: scope, hosts: [host(server)]), greetingTime: .seconds(20))
            #expect(inspection.findings(ExposureInspector.adminPortCheck).map(\.asset) == ["127.0.0.1:\(server.port)/SSH"])
            #expect(inspection.outcome(ExposureInspector.dataPortCheck) == .passed)
            let wasAsked = asked.load(ordering: .relaxed)
            #expect(!wasAsked)
        }
    }

    @Test("a port that takes connections and says nothing is no gap that could be named, and is in the coverage")
    func silent() async throws {
        try await LocalServer.with { server in
            let inspection = await SmallEstate.inspect(SmallEstate.make(scope: scope, hosts: [host(server)]), probeTimeout: .milliseconds(150))
            #expect(inspection.unexaminedKeys == ["exposure.unrecognised"])
            #expect(inspection.reason(ExposureInspector.serviceCheck) == "exposure.undecided-services")
            #expect(inspection.examined.isEmpty)
        }
    }

    @Test("a closed port passes, and the host counts as examined")
    func closed() async throws {
        let closed = try ClosedPort()
        let port = closed.port
        let host = Host(name: "主机", address: "127.0.0.1", internetFacing: true, ports: [port])
        let inspection = await SmallEstate.inspect(SmallEstate.make(scope: scope, hosts: [host]))
        for check in [ExposureInspector.dataPortCheck, ExposureInspector.adminPortCheck, ExposureInspector.serviceCheck] {
            #expect(inspection.outcome(check) == .passed)
            #expect(inspection.result(check)?.examined == 1)
        }
        #expect(inspection.examined == ["主机"])
        withExtendedLifetime(closed) {}
    }

    private static let patients = #"[{"name":"张三丰","idCard":"110101199003071233"},{"name":"李四光","idCard":"11010119900307125X"}]"#

    @Test("an interface that gives records to anybody fails, and its evidence holds names of fields only")
    func openEndpoint() async throws {
        let reply = Replies.HTTP.response("200 OK", Self.patients)
        try await LocalServer.with { _ in
            .http(reply)
        } _: { server in
            let endpoints = SmallEstate.endpoint("http://127.0.0.1:\(server.port)/api/patients?id=110101199003071233")
            let inspection = await SmallEstate.inspect(SmallEstate.make(scope: scope, endpoints: endpoints))
            let finding = try #require(inspection.findings(ExposureInspector.endpointCheck).first)
            let evidence = try #require(finding.evidence.first)
            #expect(evidence.facts["records"] == .count(2))
            #expect(evidence.facts["fields"] == .list([.text("name"), .text("idCard")]))
            #expect(inspection.outcome(ExposureInspector.cleartextCheck) == .failed)
            #expect(inspection.examined == ["接口"])
            let everything = "\(inspection)"
            for value in ["张三丰", "李四光", "110101199003071233", "11010119900307125X"] { #expect(!everything.contains(value)) }
        }
    }

    struct EndpointCase: Sendable, CustomTestStringConvertible {
        var name: String
        var reply: String
        var outcome: CheckResult.Outcome?
        var testDescription: String { name }
    }

    @Test(
        "what an interface replies decides",
        arguments: [
            EndpointCase(name: "401", reply: Replies.HTTP.response("401 Unauthorized", "{}"), outcome: .passed),
            EndpointCase(name: "403", reply: Replies.HTTP.response("403 Forbidden", ""), outcome: .passed),
            EndpointCase(name: "refusal with 200", reply: Replies.HTTP.response("200 OK", #"{"code":401,"msg":"请先登录"}"#), outcome: .passed),
            EndpointCase(name: "login page", reply: Replies.HTTP.response("200 OK", "<input type='password'>", type: "text/html"), outcome: .passed),
            EndpointCase(
                name: "redirect to login", reply: Replies.HTTP.response("302 Found", "", headers: ["Location: https://sso.example.cn/login"]),
                outcome: .passed),
            EndpointCase(name: "table", reply: Replies.HTTP.response("200 OK", "id,name\n1,a\n", type: "text/csv"), outcome: .failed),
            EndpointCase(name: "empty list", reply: Replies.HTTP.response("200 OK", "[]")),
            EndpointCase(name: "404", reply: Replies.HTTP.response("404 Not Found", "{}")),
            EndpointCase(name: "500", reply: Replies.HTTP.response("500 Internal Server Error", #"[{"id":1}]"#)),
            EndpointCase(name: "no HTTP", reply: "220 ftp.example.cn\r\n"),
            EndpointCase(
                name: "a list cut short by the server",
                reply: "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n[{\"id\":1},{\"id\":2},", outcome: .failed),
        ])
    func endpoint(_ one: EndpointCase) async throws {
        try await LocalServer.with { _ in
            .http(one.reply)
        } _: { server in
            let endpoints = SmallEstate.endpoint("http://127.0.0.1:\(server.port)/api")
            let inspection = await SmallEstate.inspect(SmallEstate.make(scope: scope, endpoints: endpoints))
            if let outcome = one.outcome {
                #expect(inspection.outcome(ExposureInspector.endpointCheck) == outcome)
            } else {
                #expect(inspection.reason(ExposureInspector.endpointCheck) == "exposure.undecided-endpoints")
                #expect(inspection.unexamined.map(\.subject) == ["接口"])
            }
        }
    }

    @Test("of an endless body only the beginning is read, and judged")
    func endlessBody() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n["
        let body = Array((head + String(repeating: #"{"id":1,"name":"a"},"#, count: 200_000)).utf8)
        try await LocalServer.with { _ in
            .init(bytes: body)
        } _: { server in
            let endpoints = SmallEstate.endpoint("http://127.0.0.1:\(server.port)/")
            let inspection = await SmallEstate.inspect(SmallEstate.make(scope: scope, endpoints: endpoints))
            let evidence = try #require(inspection.findings(ExposureInspector.endpointCheck).first?.evidence.first)
            #expect(evidence.key == "exposure.endpoint-records-truncated")
            #expect(evidence.facts["bytes"] == .bytes(1 << 20))
        }
    }

    @Test("redirects in circles end, and are said to")
    func circle() async throws {
        try await LocalServer.with { _ in
            .http("HTTP/1.1 301 Moved\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n")
        } _: { server in
            let endpoints = SmallEstate.endpoint("http://127.0.0.1:\(server.port)/")
            let inspection = await SmallEstate.inspect(SmallEstate.make(scope: scope, endpoints: endpoints))
            #expect(inspection.unexaminedKeys == ["exposure.too-many-redirects"])
            #expect(server.connections == 6)
        }
    }

    @Test("an interface that is public on purpose may answer anybody")
    func publicEndpoint() async throws {
        let reply = Replies.HTTP.response("200 OK", #"[{"id":1}]"#)
        try await LocalServer.with { _ in
            .http(reply)
        } _: { server in
            let endpoints = SmallEstate.endpoint("http://127.0.0.1:\(server.port)/", requiresAuthentication: false)
            let inspection = await SmallEstate.inspect(SmallEstate.make(scope: scope, endpoints: endpoints))
            #expect(inspection.reason(ExposureInspector.endpointCheck) == "exposure.no-endpoints")
            #expect(inspection.unexamined.isEmpty)
        }
    }

    @Test("plain HTTP that sends callers on to TLS is right")
    func upgrade() async throws {
        try await LocalServer.with { _ in
            .http("HTTP/1.1 308 Permanent Redirect\r\nLocation: https://127.0.0.1:1/login\r\nContent-Length: 0\r\n\r\n")
        } _: { server in
            let endpoints = SmallEstate.endpoint("http://127.0.0.1:\(server.port)/")
            let inspection = await SmallEstate.inspect(SmallEstate.make(scope: scope, endpoints: endpoints))
            #expect(inspection.outcome(ExposureInspector.cleartextCheck) == .passed)
            #expect(inspection.outcome(ExposureInspector.endpointCheck) == .passed)
        }
    }

    @Test("a cancelled run says what it didn't look at")
    func cancelled() async throws {
        try await LocalServer.with { server in
            let estate = SmallEstate.make(scope: scope, hosts: [host(server)], endpoints: SmallEstate.endpoint("http://127.0.0.1:\(server.port)/"))
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return await SmallEstate.inspect(estate)
            }
            let inspection = await task.value
            #expect(server.connections == 0)
            #expect(inspection.unexaminedKeys == ["exposure.interrupted", "exposure.endpoint-interrupted"])
        }
    }

    @Test("progress counts every port once")
    func progress() async throws {
        let updates = Mutex<[ProgressUpdate]>([])
        let hosts = [Host(name: "主机", address: "127.0.0.9", internetFacing: false, ports: [1, 2, 3, 2])]
        let context = InspectionContext(now: Date(timeIntervalSince1970: 0), logger: Logger(label: "tests")) { update in
            updates.withLock { $0.append(update) }
        }
        _ = await ExposureInspector(ScanOptions(probeTimeout: .milliseconds(300), greetingTime: .milliseconds(50)))
            .inspect(SmallEstate.make(scope: scope, hosts: hosts), context)
        let seen = updates.withLock { $0 }
        #expect(seen.map(\.done).max() == 3)
        #expect(seen.allSatisfy { $0.total == 3 && $0.unit == "ports" })
    }

    @Test("conversations keep within their part of the rate")
    func rate() async throws {
        try await LocalServer.with { _ in
            .http(Replies.HTTP.response("404 Not Found", "", type: "text/plain"))
        } _: { server in
            // A quarter of the rate is for conversations: ten a second.
            let options = ScanOptions(limits: SweepLimits(rate: 40), greetingTime: .milliseconds(50))
            let estate = SmallEstate.make(scope: scope, hosts: [host(server)])
            let began = ContinuousClock.now
            _ = await ExposureInspector(options).inspect(estate, SmallEstate.context)
            let seconds = (ContinuousClock.now - began) / .seconds(1)
            #expect(server.connections > 8)
            // The sweep's own connection, and the first that needs no turn.
            #expect(Double(server.connections - 2) / 10 <= seconds)
        }
    }

    @Test("of an address with many open ports each is asked, as long as some of them are services, and none goes missing")
    func manyPorts() async throws {
        let redis = Replies.Redis.open
        try await LocalServer.with { request in
            let text = String(decoding: request, as: UTF8.self)
            return text.contains("DBSIZE") ? .init(bytes: Array(redis[0].utf8)) : text.contains("INFO") ? .init(bytes: Array(redis[1].utf8)) : nil
        } _: { server in
            try await ManyListeners.with(count: 90) { silent in
                let ports = silent + [server.port] + (1...200)
                let host = Host(name: "主机", address: "127.0.0.1", internetFacing: true, ports: ports)
                let inspection = await SmallEstate.inspect(
                    SmallEstate.make(scope: scope, hosts: [host]), probeTimeout: .milliseconds(40), greetingTime: .milliseconds(20))
                let rows = inspection.exhibits.first?.rows.count ?? 0
                // Every open port is in the table, whether it was asked or not, and coverage tells of those that said nothing.
                #expect(rows >= 91)
                #expect(
                    inspection.unexaminedKeys.filter { $0 == "exposure.unrecognised" || $0 == "exposure.unconfirmed" || $0 == "exposure.no-probe" }
                        .count >= 80)
                #expect(inspection.outcome(ExposureInspector.serviceCheck) != .passed)
            }
        }
    }
}

/// Ports that take connections and say nothing.
private enum ManyListeners {
    static func with(count: Int, _ body: ([UInt16]) async throws -> Void, open: [UInt16] = []) async throws {
        guard open.count < count else { return try await body(open) }
        try await LocalServer.with { server in try await with(count: count, body, open: open + [server.port]) }
    }
}
