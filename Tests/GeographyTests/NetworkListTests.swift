import Foundation
import Geography
import Network
import Testing

@Suite("Lists of networks that an organisation supplies")
struct NetworkListTests {
    private func list(_ text: String) throws -> NetworkList { try NetworkList(bytes: Array(text.utf8), path: "list.txt", tag: .dataCentre) }

    @Test("Blocks, addresses, ranges and remarks are read; blocks within each other and doubles too")
    func reading() throws {
        let list = try list(
            """
            # data centres
            192.0.2.0/24
            192.0.2.128/25 # within
            198.51.100.7 ; a machine
            203.0.113.9,provider,CN

            // remark
            10.1.2.3/16
            100.64.0.5-100.64.0.20
            2001:db8::/32
            2001:db8:1::/48
            192.0.2.0/24\r
            """)
        #expect(list.entries == 9)
        for text in [
            "192.0.2.0", "192.0.2.255", "192.0.2.127", "198.51.100.7", "203.0.113.9", "10.1.0.0", "10.1.255.255", "100.64.0.5", "100.64.0.20",
            "2001:db8::1", "2001:db8:1::",
        ] {
            #expect(list.contains(try #require(IPAddress(text))), "\(text)")
        }
        for text in ["192.0.1.255", "192.0.3.0", "198.51.100.6", "198.51.100.8", "10.2.0.0", "100.64.0.4", "100.64.0.21", "2001:db7::", "2001:db9::"]
        {
            #expect(!list.contains(try #require(IPAddress(text))), "\(text)")
        }
    }

    @Test("Tor's own list of exits is understood")
    func exits() throws {
        let list = try list(
            "ExitNode 0011BD2485AD45D984EC4159C88FC066E5E3300E\nPublished 2024-05-01 00:00:00\nLastStatus 2024-05-01 01:00:00\nExitAddress 192.0.2.7 2024-05-01 01:10:00\n"
        )
        let exit = try #require(IPAddress("192.0.2.7"))
        #expect(list.entries == 1 && list.contains(exit))
    }

    @Test(
        "What is no address is an error with its line",
        arguments: [("nonsense", 1), ("192.0.2.1\n# c\n192.0.2.0/33", 3), ("192.0.2.9-192.0.2.1", 1), ("1.2.3", 1), ("10.0.0.0/x", 1)])
    func errors(_ text: String, _ line: Int) {
        #expect(throws: NetworkListError.malformed(path: "list.txt", line: line)) { try list(text) }
        #expect(NetworkListError.malformed(path: "list.txt", line: line).description.hasPrefix("list.txt:\(line):"))
    }

    @Test("A missing file is named; an empty one is a list of none; everything is a block too")
    func edges() throws {
        #expect(throws: NetworkListError.missing(path: "/nowhere")) { try NetworkList(path: "/nowhere", tag: .tor) }
        let none = try list("")
        #expect(none.entries == 0 && !none.contains(IPAddress(v4: 5)))
        let all = try list("0.0.0.0/0\n::/0")
        for text in ["0.0.0.0", "255.255.255.255", "::2", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"] {
            #expect(all.contains(try #require(IPAddress(text))))
        }
        #expect(try list("0.0.0.0-255.255.255.255").contains(IPAddress(v4: .max)))
    }

    @Test("Against a plain search of random blocks within each other: the smallest counts, as it does for overrides")
    func flattening() throws {
        let files = try SmallRegionFiles()
        let database = try RegionDatabase(v4Path: files.v4, v6Path: files.v6)
        var random = SystemRandomNumberGenerator()
        let codes = ["CN", "US", "DE", "HK", "JP"]
        for _ in 0..<40 {
            var overrides: [(CIDR, String)] = []
            for _ in 0..<60 {
                let length = Int.random(in: 8...32, using: &random)
                let any = UInt32.random(in: 0...0x3FF, using: &random) << 22 | UInt32.random(in: 0...0xF, using: &random)
                let bits = (any >> UInt32(32 - length)) << UInt32(32 - length)
                guard let block = CIDR("\(IPAddress(v4: bits))/\(length)") else { continue }
                if overrides.contains(where: { $0.0 == block }) { continue }
                overrides.append((block, codes.randomElement(using: &random) ?? "CN"))
            }
            let resolver = RegionResolver(database: database, overrides: overrides)
            for (block, _) in overrides {
                for address in [
                    block.base, IPAddress(v4: UInt32(truncatingIfNeeded: block.base.low) &- 1), block.address(at: UInt64(block.count - 1)),
                    block.address(at: UInt64(block.count)),
                ] {
                    let expected = overrides.filter { $0.0.contains(address) }.max { $0.0.prefixLength < $1.0.prefixLength }?.1
                    let verdict = resolver.verdict(of: address)
                    #expect((verdict.source == .override ? verdict.region.code?.description : nil) == expected, "\(address) in \(overrides)")
                }
            }
        }
    }

    @Test("Tags come with the verdict and take its confidence, but not where the organisation itself has spoken")
    func tags() throws {
        let files = try SmallRegionFiles()
        let path = files.folder.appendingPathComponent("tor.txt")
        try "1.0.1.0/24\n".write(to: path, atomically: true, encoding: .utf8)
        let lists = [try NetworkList(path: path.path, tag: .tor), try list("1.0.0.0/16")]
        let block = try #require(CIDR("1.0.1.7/32"))
        let resolver = RegionResolver(database: try RegionDatabase(v4Path: files.v4, v6Path: files.v6), overrides: [(block, "CN")], lists: lists)
        let verdict = resolver.verdict(of: try #require(IPAddress("1.0.1.1")))
        #expect(verdict.tags == [.tor, .dataCentre] && verdict.confidence == .low && verdict.region == .mainland)
        #expect(verdict.tags.names == ["data-centre", "tor"])
        let own = resolver.verdict(of: block.base)
        #expect(own.confidence == .certain && own.source == .override && own.tags == [.tor, .dataCentre])
        #expect(resolver.verdict(of: try #require(IPAddress("1.0.0.1"))).tags == .dataCentre)
    }
}
