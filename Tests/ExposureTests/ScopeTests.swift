import Estate
import Exposure
import Findings
import Network
import Testing

/// What isn't permitted sees no packet: a listener that counts who came proves it.
@Suite("The scope at the socket")
struct ScopeTests {
    static let scopes: [Scope] = [
        Scope(), SmallEstate.scope("127.0.0.2/32"), SmallEstate.scope("10.0.0.0/8"), Scope(names: ["localhost", "*.example.cn"]),
        Scope(networks: [CIDR("127.0.0.0/8")].compactMap { $0 }, excluded: [CIDR("127.0.0.1/32")].compactMap { $0 }),
    ]

    @Test(
        "a host outside the scope is not contacted, however it is named",
        arguments: scopes, ["127.0.0.1", "localhost", "::ffff:127.0.0.1", "[::ffff:127.0.0.1]", "::ffff:7f00:1", "LOCALHOST."])
    func host(_ scope: Scope, _ address: String) async throws {
        try await LocalServer.with { server in
            let host = Host(name: "外部主机", address: address, internetFacing: true, ports: [server.port])
            let inspection = await SmallEstate.inspect(SmallEstate.make(scope: scope, hosts: [host]))
            #expect(server.connections == 0)
            #expect(inspection.unexamined.map(\.subject) == ["外部主机"])
            #expect(inspection.unexaminedKeys.allSatisfy { $0.hasPrefix("exposure.out-of-scope") })
            #expect(inspection.examined.isEmpty)
            #expect(inspection.reason(ExposureInspector.serviceCheck) == "exposure.incomplete-hosts")
        }
    }

    @Test("an interface outside the scope is not asked", arguments: scopes, ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"])
    func endpoint(_ scope: Scope, _ host: String) async throws {
        try await LocalServer.with { server in
            let endpoints = SmallEstate.endpoint("http://\(host):\(server.port)/api")
            let inspection = await SmallEstate.inspect(SmallEstate.make(scope: scope, endpoints: endpoints))
            #expect(server.connections == 0)
            #expect(inspection.unexamined.map(\.subject) == ["接口"])
            #expect(inspection.reason(ExposureInspector.endpointCheck) == "exposure.undecided-endpoints")
        }
    }

    @Test("a redirect out of the scope is not followed", arguments: ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"])
    func redirect(_ host: String) async throws {
        try await LocalServer.with { forbidden in
            let location = "http://\(host):\(forbidden.port)/patients"
            let answer = LocalServer.Answer.http("HTTP/1.1 302 Found\r\nLocation: \(location)\r\nContent-Length: 0\r\n\r\n")
            try await LocalServer.with(host: "127.0.0.2") { _ in
                answer
            } _: { permitted in
                let endpoints = SmallEstate.endpoint("http://127.0.0.2:\(permitted.port)/api")
                let inspection = await SmallEstate.inspect(SmallEstate.make(scope: SmallEstate.scope("127.0.0.2/32"), endpoints: endpoints))
                #expect(permitted.connections == 1)
                #expect(forbidden.connections == 0)
                #expect(inspection.unexaminedKeys == ["exposure.redirect-out-of-scope"])
            }
        }
    }

    @Test("a name that leads nowhere is said to")
    func unresolvable() async {
        let host = Host(name: "h", address: "no-such-host.invalid", internetFacing: false, ports: [1])
        let inspection = await SmallEstate.inspect(SmallEstate.make(scope: SmallEstate.scope("127.0.0.0/8"), hosts: [host]))
        #expect(inspection.unexaminedKeys == ["exposure.unresolvable"])
    }
}
