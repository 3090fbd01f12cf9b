import AccessLogs
import Estate
import Findings
import Foundation
import LogFormats
import Network
import TestSupport
import Testing

@Suite("Lines that nobody should have written")
struct HostileLineTests {
    /// Before and behind whatever a test puts between.
    private func around(_ middle: Data, _ folder: LogFolder) throws -> String {
        try folder.write("access.log", Data((ordinary(days: 2).joined(separator: "\n") + "\n").utf8) + middle + Data("\n\(line(hoursAgo: 0))\n".utf8))
        return folder.path("access.log")
    }

    private func between(_ lines: [String]) throws -> SourceReport {
        let folder = try LogFolder()
        return try HostileRun().source(try around(Data(lines.joined(separator: "\n").utf8), folder))
    }

    private let own = ordinary(days: 2).count + 1

    @Test("A hundred megabytes without a newline are one line that is cut, in every format")
    func endless() throws {
        let folder = try LogFolder()
        let head = line(hoursAgo: 1).dropLast(1)
        try folder.write("endless.log", Data(head.utf8) + Data(repeating: 0x61, count: 100 << 20))
        let path = folder.path("endless.log")
        for format in [nil] + LogFormat.all.map(Optional.init) {
            let source = try HostileRun(format: format).source(path)
            guard let file = source.files.first else {
                #expect(source.reasons == ["access-logs.unknown-format"], "\(format?.id ?? "auto")")
                continue
            }
            #expect(file.count.lines <= 1, "\(file.format)")
            #expect(file.count.cut == 1, "\(file.format)")
        }
    }

    @Test("An endless line doesn't swallow those around it")
    func endlessBetween() throws {
        let folder = try LogFolder()
        let source = try HostileRun().source(try around(Data(repeating: 0x62, count: 20 << 20), folder))
        #expect(source.requests == own)
        #expect(source.lines == own + 1)
        #expect(source.unparsed == 1)
    }

    @Test("Zeros at the beginning, between lines, and within them are read over or not understood", arguments: [1, 4_096, 65_536, 3 << 20])
    func zeros(_ count: Int) throws {
        let folder = try LogFolder()
        let flood = Data(repeating: 0, count: count)
        let lines = Data((ordinary(days: 2).joined(separator: "\n") + "\n").utf8)
        try folder.write("access.log", flood + lines + flood + Data(line(hoursAgo: 0).utf8) + Data("\n1.2.3.4 - - ".utf8) + flood + Data("\n".utf8))
        let source = try HostileRun().source(folder.path("access.log"))
        #expect(source.requests == own)
        #expect(source.unparsed == 1)
    }

    @Test("Two logs that begin with holes are two logs, and a copy is none")
    func holes() throws {
        let folder = try LogFolder()
        let hole = Data(repeating: 0, count: 8_192)
        try folder.write("access.log", hole + Data((line(hoursAgo: 1, "/one") + "\n").utf8))
        try folder.write("access.log.1", hole + Data((line(hoursAgo: 30, "/two") + "\n").utf8))
        try folder.write("access.log.2", Data((line(hoursAgo: 30, "/two") + "\n").utf8))
        try folder.write("access.log.3", hole)
        #expect(try HostileRun().source(folder.path("access.log*")).requests == 2)
    }

    @Test("Bytes of no encoding, and of the wrong one, are bytes")
    func encodings() throws {
        let folder = try LogFolder()
        var middle = Data()
        // 患者 in GBK, in an agent, in a path, alone; and every byte there is but the newline.
        let gbk = Data([0xBB, 0xBC, 0xD5, 0xDF])
        let (head, tail) = (Data("36.112.0.9 - - [\(stamp(now.addingTimeInterval(-3_600)))] \"GET /".utf8), Data(" HTTP/1.1\" 200 512 \"-\" \"".utf8))
        middle += head + gbk + tail + gbk + Data("\"\n".utf8)
        middle += head + Data([0xFF, 0xFE, 0xC0, 0x80, 0xED, 0xA0, 0x80]) + tail + Data((0x80...0xFF).map { UInt8($0) }) + Data("\"\n".utf8)
        middle += gbk + Data([0x0A]) + Data((0...0xFF).filter { $0 != 0x0A }.map { UInt8($0) })
        let source = try HostileRun().source(try around(middle, folder))
        #expect(source.requests == own + 2)
        #expect(source.unparsed == 2)
    }

    @Test("What is no number, or none that a server writes, is not believed")
    func numbers() throws {
        let huge = "1" + String(repeating: "0", count: 30)
        let moment = stamp(now.addingTimeInterval(-3_600))
        func odd(_ status: String, _ bytes: String, time: String? = nil) -> String {
            "36.112.0.9 - - [\(time ?? moment)] \"GET / HTTP/1.1\" \(status) \(bytes) \"-\" \"a\""
        }
        let source = try between([
            odd("99999", "5"), odd("200", huge), odd("200", "-\(huge)"), odd("-1", "5"), odd("200", "9223372036854775807"),
            odd("200", "9223372036854775807"), odd("200", "18446744073709551615"), odd(huge, huge),
            odd("200", "5", time: "31/Dec/9999:23:59:59 +0000"), odd("200", "5", time: "01/Jan/0000:00:00:00 +0000"),
            odd("200", "5", time: "01/Jan/1970:00:00:00 +0000"), odd("200", "5", time: "99/Xyz/2026:77:77:77 +9999"),
            odd("200", "5", time: "30/Jun/2026:11:00:00 +999999999999"),
        ])
        #expect(source.requests >= own)
        #expect(source.requests <= own + 8)
        #expect(source.regionBytes >= 0)
        // The clock of the log is that of its ordinary lines.
        #expect(source.retention?.days == 2)
        #expect(source.incidents.allSatisfy { $0.bytes >= 0 && $0.rows >= 0 && $0.requests >= 0 })
    }

    @Test("A million forged sizes don't overflow what sums them up")
    func overflow() throws {
        let folder = try LogFolder()
        // The largest number that is believed to be one of bytes: sixteen digits.
        let forged = line(hoursAgo: 1, "/api/patients/7", bytes: 900_000_000_000_000)
        try folder.write("access.log", [String](repeating: forged, count: 600_000))
        let source = try HostileRun().source(folder.path("access.log"))
        #expect(source.requests == 600_000)
        #expect(source.regionBytes == Int.max)
        #expect(source.incidents.allSatisfy { $0.bytes >= 0 })
    }

    @Test("Lines within agents, referers and paths are no lines")
    func forged() throws {
        let other = line(hoursAgo: 1, from: "88.198.17.33", "/api/patients/1")
        let escaped = other.replacingOccurrences(of: "\"", with: "\\x22")
        let quoted = other.replacingOccurrences(of: "\"", with: "\\\"")
        let source = try between([
            line(hoursAgo: 1, agent: escaped), line(hoursAgo: 1, agent: quoted),
            line(hoursAgo: 1, "/?q=\(escaped.replacingOccurrences(of: " ", with: "%20"))"),
            line(hoursAgo: 1, agent: "a\r\(other)"), line(hoursAgo: 1, agent: "a\u{2028}\(quoted)"), line(hoursAgo: 1, agent: "x\" \(other)"),
        ])
        #expect(source.lines == own + 6)
        // Whoever sent it, it was not the address that it names.
        #expect(source.regions?.rows.keys.contains { $0.name == "DE" } == false)
    }

    @Test("Of a hundred thousand forwarded addresses the right-most that isn't trusted counts")
    func forwarded() throws {
        let proxy = try #require(CIDR("10.0.0.0/8"))
        let list = (0..<100_000).map { "88.198.\($0 / 250 % 250).\($0 % 250)" }.joined(separator: ", ")
        let folder = try LogFolder()
        // Longer than any header: only its beginning is read, and a list without its end says nothing.
        let lines = [
            line(hoursAgo: 1, from: "10.0.0.5", extra: " \"\(list), 36.112.0.9\""),
            line(hoursAgo: 1, from: "10.0.0.5", extra: " \"\(list.prefix(60_000)), 36.112.0.9, 10.0.0.7\""),
        ]
        try folder.write("access.log", ordinary(days: 2) + lines)
        var run = HostileRun()
        run.trusted = [proxy]
        let source = try run.source(folder.path("access.log"))
        #expect(source.regions?.rows.keys.contains { $0.name == "DE" } == false)
        #expect(source.regions?.rows.first { $0.key.name == "CN" }?.value.requests == ordinary(days: 2).count + 1)
    }

    @Test("JSON ten thousand deep is a line like any other, in every format", arguments: ["[", "{\"a\":", "{\"message\":{\"a\":["])
    func deep(_ opening: String) throws {
        let folder = try LogFolder()
        let deep = String(repeating: opening, count: 10_000)
        try folder.write("deep.json", [String](repeating: deep, count: 3) + ["{\"time\":\"2026-06-30T03:00:00Z\",\"a\":\(deep)"])
        for format in [nil] + LogFormat.all.map(Optional.init) {
            let source = try HostileRun(format: format).source(folder.path("deep.json"))
            #expect(source.requests == 0, "\(format?.id ?? "auto")")
        }
    }

    @Test("A path of thirty thousand segments, and ever new ones, are read in the time that their bytes take")
    func segments() throws {
        var lines = (0..<50).map { line(hoursAgo: 1, String(repeating: "/a\($0 % 9)", count: 10_000)) }
        lines += (0..<20_000).map { line(hoursAgo: 1, "/w\(Self.word($0))/api/x") }
        let source = try between(lines)
        #expect(source.requests == own + lines.count)
    }

    private static func word(_ number: Int) -> String {
        String(decoding: (0..<4).map { UInt8(0x61 + number >> ($0 * 4) & 15) }, as: UTF8.self)
    }

    @Test("Bytes by chance, in every format: no crash, and no more lines than there are")
    func noise() throws {
        let folder = try LogFolder()
        var random = SeededGenerator(seed: 66)
        let seeds = ordinary(days: 1).map { Array($0.utf8) }
        var bytes: [UInt8] = []
        for index in 0..<4_000 {
            var line = index % 3 == 0 ? (0..<80).map { _ in UInt8.random(in: 0...255, using: &random) } : seeds[index % seeds.count]
            for _ in 0..<3 { line[Int.random(in: 0..<line.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
            bytes += line + [0x0A]
        }
        try folder.write("noise.log", Data(bytes))
        let newlines = bytes.count { $0 == 0x0A }
        for format in [nil] + LogFormat.all.map(Optional.init) {
            let source = try HostileRun(format: format).source(folder.path("noise.log"))
            #expect(source.lines <= newlines)
            #expect(source.files.allSatisfy { $0.count.events <= newlines })
        }
    }
}
