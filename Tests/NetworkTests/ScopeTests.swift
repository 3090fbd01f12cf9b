import Network
import Testing

@Suite("Addresses and blocks")
struct AddressTests {
    @Test("an IPv4-mapped IPv6 address is the IPv4 address")
    func mapped() {
        #expect(IPAddress("::ffff:192.0.2.1") == IPAddress("192.0.2.1"))
        #expect(IPAddress("::ffff:c000:201")?.description == "192.0.2.1")
    }

    @Test(
        "text that is no address is refused",
        arguments: ["", "1.2.3", "1.2.3.4.5", "01.2.3.4 ", "256.1.1.1", "g::1", "::1%lo", "[::1]", "0x7f000001"])
    func notAnAddress(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test("addresses print in their canonical form", arguments: [("2001:DB8:0:0:0:0:0:1", "2001:db8::1"), ("127.0.0.1", "127.0.0.1"), ("::", "::")])
    func canonical(text: String, expected: String) {
        #expect(IPAddress(text)?.description == expected)
    }

    @Test(
        "a block holds what shares its prefix",
        arguments: [
            ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.0", false), ("0.0.0.0/0", "8.8.8.8", true), ("0.0.0.0/0", "::1", false),
            ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.15", false), ("2001:db8::/33", "2001:db8:7fff::1", true),
            ("2001:db8::/33", "2001:db8:8000::1", false), ("2001:db8::1:0/112", "2001:db8::1:ffff", true), ("::ffff:10.0.0.0/104", "10.1.1.1", true),
        ])
    func blocks(block: String, address: String, holds: Bool) throws {
        #expect(try #require(CIDR(block)).contains(try #require(IPAddress(address))) == holds)
    }

    @Test(
        "a block with stray bits or a bad length is refused",
        arguments: ["10.0.0.1/8", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/", "a/8", "10.0.0.0/08"])
    func badBlocks(text: String) {
        #expect(CIDR(text) == nil)
    }
}

@Suite("The scope")
struct ScopeTests {
    private func scope(_ networks: [String] = [], names: [String] = [], excluded: [String] = []) -> Scope {
        Scope(networks: networks.compactMap { CIDR($0) }, names: names, excluded: excluded.compactMap { CIDR($0) })
    }

    private func permits(_ scope: Scope, _ address: String, host: String? = nil) throws -> Bool {
        scope.permit(try #require(IPAddress(address)), port: 1, host: host ?? address) != nil
    }

    @Test("an empty scope permits nothing")
    func empty() throws {
        #expect(try !permits(scope(), "127.0.0.1"))
        #expect(try !permits(scope(), "8.8.8.8", host: "dns.example"))
    }

    @Test("a mapped, NAT64 or 6to4 spelling of an address outside is outside", arguments: ["::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"])
    func embedded(address: String) throws {
        #expect(try !permits(scope(["192.0.2.0/24", "::/0"]), address))
    }

    @Test("a listed name opens public addresses, and internal ones only together with their network")
    func names() throws {
        let byName = scope(names: ["db.example.cn", "*.corp.example.cn"])
        #expect(try permits(byName, "203.0.113.9", host: "DB.example.cn."))
        #expect(try permits(byName, "203.0.113.9", host: "a.b.corp.example.cn"))
        #expect(try !permits(byName, "203.0.113.9", host: "corp.example.cn"))
        #expect(try !permits(byName, "203.0.113.9", host: "evildb.example.cn"))
        #expect(try !permits(byName, "127.0.0.1", host: "db.example.cn"))
        #expect(try !permits(byName, "169.254.169.254", host: "db.example.cn"))
        #expect(try permits(scope(["127.0.0.0/8"], names: ["db.example.cn"]), "127.0.0.1", host: "db.example.cn"))
    }

    @Test("an exclusion beats everything")
    func excluded() throws {
        let scope = scope(["192.0.2.0/24"], names: ["h.example"], excluded: ["192.0.2.7", "203.0.113.0/24"])
        #expect(try !permits(scope, "192.0.2.7"))
        #expect(try !permits(scope, "203.0.113.1", host: "h.example"))
        #expect(try permits(scope, "192.0.2.8"))
    }

    @Test("resolving a name outside the scope gives its address and no permission")
    func resolving() async throws {
        let outside = scope(["192.0.2.0/24"])
        await #expect(throws: ScopeError.self) { try await outside.resolve(host: "localhost", port: 80) }
        await #expect(throws: ScopeError.outOfScope(host: "[::ffff:127.0.0.1]", address: IPAddress("127.0.0.1"))) {
            try await outside.resolve(host: "[::ffff:127.0.0.1]", port: 80)
        }
        let inside = try await scope(["127.0.0.0/8", "::1"]).resolve(host: "localhost", port: 80)
        #expect(inside.allSatisfy { $0.port == 80 && $0.host == "localhost" })
    }
}
