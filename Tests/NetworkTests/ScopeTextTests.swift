import Network
import Testing

/// Scopes as people write them.
@Suite("Scopes from text")
struct ScopeTextTests {
    private func scope(_ text: String) throws -> Scope {
        var scope = Scope()
        try scope.add(lines: text, file: "scope.txt")
        return scope
    }

    @Test("lines may end as Windows, Unix or old Macs end them, and a comment hides nothing of the next line", arguments: ["\n", "\r\n", "\r"])
    func lineEnds(_ end: String) throws {
        let lines = ["\u{FEFF}10.0.0.0/8", "# the PACS, never", "!10.0.0.5", "a.example.cn  # a name", "*.example.org", ""]
        let scope = try scope(lines.joined(separator: end))
        #expect(scope.networks.map(\.description) == ["10.0.0.0/8"])
        #expect(scope.excluded.map(\.description) == ["10.0.0.5/32"])
        #expect(scope.names == ["a.example.cn", "*.example.org"])
    }

    @Test(
        "what is no block, address or name is refused with its line",
        arguments: [
            "10.0.0.1/8", "300.1.1.1", "10.0.0.0/33", "!a.example.cn", "a b..c", "-", "::1/129", "http://a.example.cn/", "公司.cn", "127.0.0.1 0",
            "10.0.0.1-20", "foo bar",
        ])
    func wrong(_ entry: String) {
        #expect(throws: Scope.TextProblem.self) { try scope("10.0.0.0/8\n" + entry) }
    }

    @Test("one address doesn't stand for those that begin like it, nor a block for the one above it")
    func exact() throws {
        let scope = try scope("10.0.0.1\n!192.168.7.0/24\n192.168.0.0/16")
        func isPermitted(_ text: String) -> Bool { IPAddress(text).map { scope.permit($0, port: 1, host: text) != nil } ?? false }
        #expect(isPermitted("10.0.0.1"))
        #expect(!isPermitted("10.0.0.15"))
        #expect(!isPermitted("10.0.0.10"))
        #expect(isPermitted("192.168.8.1"))
        #expect(!isPermitted("192.168.7.1"))
        #expect(!isPermitted("::1"))
        #expect(!isPermitted("2001:db8::1"))
    }

    @Test("the unspecified address is this machine: what excludes one excludes the other", arguments: [("0.0.0.0", "127.0.0.0/8"), ("::", "::1")])
    func unspecified(_ address: String, _ own: String) throws {
        let all = address.contains(":") ? "::/0" : "0.0.0.0/0"
        let target = try #require(IPAddress(address))
        #expect(try scope(all).permit(target, port: 1, host: address) != nil)
        #expect(try scope("\(all)\n!\(own)").permit(target, port: 1, host: address) == nil)
    }

    @Test(
        "of a block the parts in scope are taken, each once",
        arguments: [
            ("10.0.0.0/8", ["10.1.0.0/16", "10.1.2.0/24", "10.1.0.0/16", "192.168.0.0/16"], ["10.1.0.0/16"]),
            ("10.1.2.0/24", ["10.0.0.0/8"], ["10.1.2.0/24"]),
            ("10.0.0.0/8", ["172.16.0.0/12", "::/0"], []), ("10.0.0.0/30", ["10.0.0.1", "10.0.0.3"], ["10.0.0.1/32", "10.0.0.3/32"]),
        ])
    func intersection(_ block: String, _ scope: [String], _ parts: [String]) throws {
        #expect(try #require(CIDR(block)).intersection(with: scope.compactMap { CIDR($0) }).map(\.description) == parts)
    }
}
