import Foundation
import Geography
import Network
import Testing

@Suite("Region data")
struct RegionDatabaseTests {
    private func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }

    @Test(
        "Blocks are found at both ends and not beside them",
        arguments: [
            ("1.0.0.0", "AU"), ("1.0.0.255", "AU"), ("1.0.1.0", "CN"), ("1.0.3.255", "CN"), ("1.0.4.0", nil), ("0.255.255.255", nil),
            ("112.0.0.1", nil),
            ("112.0.1.1", nil), ("223.255.255.255", nil), ("2400::", "CN"), ("2400:0:ffff:ffff:ffff:ffff:ffff:ffff", "CN"), ("2400:1::", nil),
            ("2a00:1::1", "DE"),
            ("64:ff9b::1.0.1.1", "CN"), ("2002:100:1::1", "AU"),
        ] as [(String, String?)])
    func edges(_ text: String, _ code: String?) throws {
        let files = try SmallRegionFiles()
        let database = try RegionDatabase(v4Path: files.v4, v6Path: files.v6)
        #expect(try database.region(of: address(text)).code?.description == code)
    }

    @Test(
        "Hong Kong, Macao and Taiwan are a class of their own; AP, EU and what isn't known are undetermined",
        arguments: [
            ("CN", Region.mainland), ("AP", .undetermined), ("EU", .undetermined),
        ])
    func classes(_ text: String, _ region: Region) throws {
        #expect(Region(try #require(RegionCode(text))) == region)
        for text in ["HK", "MO", "TW"] {
            let code = try #require(RegionCode(text))
            #expect(Region(code) == .hongKongMacaoTaiwan(code))
            #expect(HongKongMacaoTaiwanPolicy.ownClass.standing(of: Region(code)) == .hongKongMacaoTaiwan)
            #expect(HongKongMacaoTaiwanPolicy.domestic.standing(of: Region(code)) == .domestic)
            #expect(HongKongMacaoTaiwanPolicy.overseas.standing(of: Region(code)) == .foreign)
        }
        #expect(HongKongMacaoTaiwanPolicy.overseas.standing(of: .undetermined) == .undetermined)
    }

    @Test(
        "Ranges that are no place are told apart",
        arguments: [
            ("10.1.2.3", SpecialRange.privateUse), ("172.31.255.255", .privateUse), ("192.168.0.1", .privateUse), ("127.0.0.1", .loopback),
            ("100.64.0.1", .sharedAddressSpace), ("100.127.255.255", .sharedAddressSpace), ("169.254.1.1", .linkLocal), ("192.0.2.1", .documentation),
            ("198.51.100.7", .documentation), ("203.0.113.7", .documentation), ("224.0.0.1", .multicast), ("255.255.255.255", .reserved),
            ("0.1.2.3", .reserved),
            ("198.19.0.1", .reserved), ("::1", .loopback), ("::", .reserved), ("fd00::1", .privateUse), ("fe80::1", .linkLocal),
            ("ff02::1", .multicast),
            ("2001:db8::1", .documentation), ("3fff:1::", .documentation), ("::ffff:10.0.0.1", .privateUse),
        ])
    func special(_ text: String, _ range: SpecialRange) throws {
        let files = try SmallRegionFiles()
        #expect(try RegionDatabase(v4Path: files.v4, v6Path: files.v6).region(of: address(text)) == .special(range))
    }

    @Test(
        "Neighbours of special ranges are not special",
        arguments: [
            "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0", "192.169.0.0", "198.20.0.0", "203.0.114.0", "fec0::", "2001:db9::",
        ])
    func notSpecial(_ text: String) throws {
        #expect(SpecialRange(try address(text)) == nil)
    }

    @Test("An override comes first, the smallest block counts, and the verdict says so")
    func overrides() throws {
        let files = try SmallRegionFiles()
        let outer = try #require(CIDR("10.0.0.0/8"))
        let inner = try #require(CIDR("10.1.0.0/16"))
        let resolver = RegionResolver(
            database: try RegionDatabase(v4Path: files.v4, v6Path: files.v6), overrides: [(outer, "CN"), (inner, "US"), (inner, "??")])
        #expect(
            resolver.verdict(of: try address("10.1.2.3"))
                == RegionVerdict(region: .overseas(try #require(RegionCode("US"))), source: .override, confidence: .certain))
        #expect(resolver.verdict(of: try address("10.2.0.1")) == RegionVerdict(region: .mainland, source: .override, confidence: .certain))
        #expect(resolver.verdict(of: try address("192.168.0.1")).source == .range)
        #expect(resolver.verdict(of: try address("1.0.1.1")) == RegionVerdict(region: .mainland, source: .database, confidence: .moderate))
    }

    @Test(
        "A missing file names the Debian package; a broken one its line",
        arguments: [
            ("16777216,16777471\n", 1), ("# c\n16777216,16777471,AU\n16777300,16777500,CN\n", 3), ("16777471,16777216,AU\n", 1), ("x,y,AU\n", 1),
            ("", 1),
            ("4294967296,4294967297,AU\n", 1), ("1,2,a", 1),
        ])
    func errors(_ text: String, _ line: Int) throws {
        let files = try SmallRegionFiles(v4: text)
        #expect(throws: RegionDatabaseError.malformed(path: files.v4, line: line)) { try RegionDatabase(v4Path: files.v4, v6Path: files.v6) }
        let gone = files.folder.appendingPathComponent("none").path
        #expect(throws: RegionDatabaseError.missing(path: gone)) { try RegionDatabase(v4Path: gone, v6Path: files.v6) }
        #expect(RegionDatabaseError.missing(path: gone).description.contains("tor-geoipdb"))
    }

    @Test("The installed data loads, knows its date and places well-known addresses")
    func installed() throws {
        let database = try RegionDatabase()
        #expect(database.blockCount > 500_000)
        #expect(database.attribution.generated != nil)
        #expect(database.attribution.licence == "CC BY-SA 4.0")
        #expect(database.region(of: try address("114.114.114.114")) == .mainland)
        #expect(database.region(of: try address("240e::1")) == .mainland)
        #expect(database.region(of: try address("8.8.8.8")).code?.description == "US")
    }
}
