import Foundation
import Geography
import Network
import Testing

@Suite("A database of the organisation's own")
struct MaxMindDatabaseTests {
    private func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }

    private func writer() -> MaxMindWriter {
        var writer = MaxMindWriter()
        writer.insert(v4: 0x0100_0000, prefix: 16, MaxMindWriter.city("CN", 31.2, 121.5, radius: 20))
        writer.insert(v4: 0x0100_0100, prefix: 24, MaxMindWriter.city("HK", 22.3, 114.2, radius: 5))
        writer.insert(v4: 0x0100_0000, prefix: 24, MaxMindWriter.city("AU", -33.9, 151.2, radius: 50))
        writer.insert(v4: 0x0808_0800, prefix: 24, MaxMindWriter.city("US", 37.4, -122.1, radius: 1_000, isAnycast: true))
        writer.insert(v4: 0x0909_0900, prefix: 24, .map([("registered_country", .map([("iso_code", .string("SG"))]))]))
        writer.insert(v4: 0x0A00_0000, prefix: 8, MaxMindWriter.country("US"))
        writer.insert(v4: 0x0B00_0000, prefix: 8, .map([("country", .map([("iso_code", .string("usa"))]))]))
        writer.insert(v4: 0x0C00_0000, prefix: 8, .map([("country", .string("US"))]))
        writer.insert(v6High: 0x2400_0000_0000_0000, prefix: 32, MaxMindWriter.country("CN"))
        return writer
    }

    private func resolver(_ files: SmallRegionFiles, lists: [NetworkList] = []) throws -> RegionResolver {
        let path = files.folder.appendingPathComponent("city.mmdb").path
        try writer().write(to: path)
        return RegionResolver(
            database: try RegionDatabase(v4Path: files.v4, v6Path: files.v6), ownDatabase: try MaxMindDatabase(path: path), lists: lists)
    }

    @Test("Codes, places and marks are read; what isn't as it should be is unknown")
    func reading() throws {
        let files = try SmallRegionFiles()
        let path = files.folder.appendingPathComponent("city.mmdb").path
        try writer().write(to: path)
        let database = try MaxMindDatabase(path: path)
        #expect(database.type == "Test-City")
        #expect(database.built == Date(timeIntervalSince1970: 1_700_000_000))
        for (text, code) in [
            ("1.0.1.9", "HK"), ("1.0.0.9", "AU"), ("1.0.9.9", "CN"), ("9.9.9.9", "SG"), ("2400::1", "CN"), ("::ffff:1.0.1.9", "HK"),
            ("11.0.0.1", nil),
            ("12.0.0.1", nil), ("99.0.0.1", nil), ("2a00::1", nil),
        ] as [(String, String?)] {
            #expect(try database.code(of: address(text))?.description == code, "\(text)")
        }
        #expect(try database.place(of: address("1.0.1.9"))?.radius == 5)
        #expect(try database.place(of: address("2400::1")) == nil)
        let (anycast, single) = (try address("8.8.8.8"), try address("1.0.1.9"))
        #expect(database.isAnycast(anycast) && !database.isAnycast(single))
    }

    @Test("mmdblookup reads the same from the tests' files", .enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/mmdblookup")))
    func crossRead() throws {
        let files = try SmallRegionFiles()
        let path = files.folder.appendingPathComponent("city.mmdb").path
        try writer().write(to: path)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/mmdblookup")
        process.arguments = ["--file", path, "--ip", "1.0.1.9"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(output.contains("\"HK\"") && output.contains("22.3") && output.contains("114.2"), "\(output)")
    }

    @Test("The own database comes before the system's; where both agree the region is sure, where they don't it isn't")
    func confidence() throws {
        let files = try SmallRegionFiles()
        let resolver = try resolver(files)
        func verdict(_ text: String) throws -> RegionVerdict { resolver.verdict(of: try address(text)) }
        // The system's data say AU, CN, CN for these.
        #expect(try verdict("1.0.0.1").confidence == .high)
        let disputed = try verdict("1.0.1.1")
        #expect(disputed.region.code?.description == "HK" && disputed.source == .ownDatabase && disputed.confidence == .low)
        #expect(try verdict("1.0.2.1") == RegionVerdict(region: .mainland, source: .ownDatabase, confidence: .high))
        #expect(try verdict("9.9.9.9").confidence == .moderate)
        #expect(try verdict("10.1.2.3") == RegionVerdict(region: .special(.privateUse), source: .range, confidence: .certain))
        let anycast = try verdict("8.8.8.8")
        #expect(anycast.tags == .anycast && anycast.confidence == .low)
        #expect(try verdict("99.1.1.1") == RegionVerdict(region: .undetermined, source: .database, confidence: .none))
    }

    @Test("Cities are places, regions are rough ones; anycast, private and unknown addresses are nowhere")
    func places() throws {
        let files = try SmallRegionFiles()
        let resolver = try resolver(files)
        let hongKong = try #require(resolver.place(of: try address("1.0.1.1")))
        let sydney = try #require(resolver.place(of: try address("1.0.0.1")))
        #expect(hongKong.source == .city)
        #expect((7_300...7_450).contains(hongKong.coordinates.kilometres(to: sydney.coordinates)))
        #expect(hongKong.leastKilometres(to: sydney) < hongKong.coordinates.kilometres(to: sydney.coordinates))
        let germany = try #require(resolver.place(of: try address("2a00:1::1")))
        #expect(germany.source == .region && germany.leastKilometres(to: germany) == 0)
        for text in ["8.8.8.8", "10.0.0.1", "99.1.1.1"] { #expect(resolver.place(of: try address(text)) == nil) }
    }

    @Test("A file that is none, cut or altered is refused or gives nothing, and never a fault")
    func damaged() throws {
        let files = try SmallRegionFiles()
        let path = files.folder.appendingPathComponent("bad.mmdb").path
        #expect(throws: MaxMindDatabase.Problem.self) { try MaxMindDatabase(path: path) }
        let whole = writer().bytes
        var random = SystemRandomNumberGenerator()
        for round in 0..<300 {
            var bytes = whole
            if round % 2 == 0 {
                bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
            } else {
                for _ in 0..<3 { bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
            }
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            guard let database = try? MaxMindDatabase(path: path) else { continue }
            for text in ["1.0.1.9", "8.8.8.8", "2400::1", "255.255.255.255"] {
                _ = database.code(of: try address(text))
                _ = database.place(of: try address(text))
            }
        }
    }

    @Test("Centres of regions are read whole, and are where the regions are")
    func centres() throws {
        let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
        let texts = letters.flatMap { first in letters.map { String(decoding: [first, $0], as: UTF8.self) } }
        let places = texts.compactMap { RegionCode($0).flatMap { RegionCentres.place(of: $0) } }
        // ISO 3166-1 has 249 codes; XK is in use beside them, UM and BV have no people.
        #expect(places.count >= 245)
        #expect(places.allSatisfy { $0.radius >= 50 && $0.source == .region })
        for text in ["CN", "HK", "MO", "TW", "US", "DE", "RU", "SG", "JP", "KR", "GB", "AU", "BR", "ZA", "IN", "NL", "FR", "VN"] {
            let code = try #require(RegionCode(text))
            #expect(RegionCentres.place(of: code) != nil, "\(text)")
        }
        let beijing = try #require(Coordinates(latitude: 39.9, longitude: 116.4))
        let code = try #require(RegionCode("CN"))
        let china = try #require(RegionCentres.place(of: code))
        #expect(china.coordinates.kilometres(to: beijing) < china.radius)
        #expect(Coordinates(latitude: 91, longitude: 0) == nil && Coordinates(latitude: .nan, longitude: 0) == nil)
    }
}
