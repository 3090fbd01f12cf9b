import Foundation
import LogFormats
import TestSupport
import Testing

/// Lets a body look at the bytes of a text.
func withBytes<Result>(_ text: String, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try Array(text.utf8).withUnsafeBytes { try body($0) }
}

/// Seconds of 2026-01-02 03:04:05 UTC.
private let moment: Int64 = 1_767_323_045

@Suite struct StampTests {
    private static let shanghai = TimeZone(identifier: "Asia/Shanghai") ?? .gmt
    private static let chicago = TimeZone(identifier: "America/Chicago") ?? .gmt

    @Test(arguments: [
        ("2026-01-02T03:04:05Z", Int64(0), ""), ("2026-01-02 03:04:05", -8, ""), ("2026-01-02T03:04:05.678+08:00", -8, ""),
        ("2026-01-02T03:04:05,678-0530 x", 5, " x"), ("2026/01/02 03:04:05 [error]", -8, " [error]"), ("2026-01-02T03:04:05.123456+00:00 h", 0, " h"),
        ("2026-01-02 03:04:05 +0000 x", 0, " x"), ("2026-01-02T03:04:05+01", -1, ""), ("2026-01-02 03:04:05. x", -8, ". x"),
        ("2026-01-02 03:04:05 -12 x", -8, " -12 x"), ("2026-01-02 03:04:05 ERROR", -8, " ERROR"), ("2026-01-02t03:04:05z", 0, ""),
    ])
    func isoStampsAreRead(_ text: String, _ hours: Int64, _ rest: String) throws {
        var stamp = ISOStamp(zone: Self.shanghai)
        for _ in 0..<2 {
            let read = try #require(withBytes(text) { stamp.parse($0, at: 0) })
            let minutes = text.contains("-0530") ? Int64(30) : 0
            #expect(read.seconds == moment + hours * 3_600 + minutes * 60)
            #expect(String(text.dropFirst(read.end)) == rest)
        }
    }

    @Test(arguments: [
        "2026-13-02 03:04:05", "2026-02-29 03:04:05", "2026-01-02 24:04:05", "2026-01-02 03:60:05", "2026-01-02 03:04:61", "2026-01/02 03:04:05",
        "2026-01-02x03:04:05", "2026-01-02 03:04:0", "", "0000-00-00 00:00:00", "1969-12-31 00:00:00",
    ])
    func timesThatDoNotExistAreNoStamps(_ text: String) {
        var stamp = ISOStamp(zone: Self.shanghai, names: true)
        #expect(withBytes(text) { stamp.parse($0, at: 0) } == nil)
        var mysql = MySQLStamp(zone: Self.shanghai)
        #expect(withBytes(text) { mysql.parse($0, at: 0) } == nil)
    }

    @Test(arguments: [
        ("2026-01-02 03:04:05.678 CST", -8, 6), ("2026-01-02 03:04:05 UTC", 0, 0), ("2026-01-02 03:04:05.678 CET [1]", -1, -1),
        ("2026-01-02 03:04:05 +08 x", -8, -8), ("2026-01-02 03:04:05 EDT", 4, 4), ("2026-01-02 03:04:05.678 LOG", -8, 6),
    ])
    func abbreviationsAreReadWithTheReadersEyes(_ text: String, _ eastern: Int64, _ western: Int64) throws {
        for (zone, hours) in [(Self.shanghai, eastern), (Self.chicago, western)] {
            var stamp = ISOStamp(zone: zone, names: true)
            #expect(try #require(withBytes(text) { stamp.parse($0, at: 0) }).seconds == moment + hours * 3_600)
        }
    }

    @Test func theRememberedMinuteIsNotMistakenForAnother() throws {
        var stamp = ISOStamp(zone: .gmt)
        for (text, offset) in [
            ("2026-01-02 03:04:05", Int64(0)), ("2026-01-02 03:04:59", 54), ("2026-01-02 03:05:05", 60), ("2026-01-03 03:05:05", 86_460),
        ] {
            #expect(try #require(withBytes(text) { stamp.parse($0, at: 0) }).seconds == moment + offset)
        }
        #expect(withBytes("2026-01-03 03:0x:05") { stamp.parse($0, at: 0) } == nil)
    }

    @Test(arguments: [
        "2026-01-02T03:04:05.123456Z", "260102 11:04:05", "20260102 11:04:05,host", "2026-01-02 11:04:05 0 [Note]", "2026-01-02T11:04:05.1+08:00",
    ])
    func mysqlStampsAreRead(_ text: String) throws {
        var stamp = MySQLStamp(zone: Self.shanghai)
        #expect(try #require(withBytes(text) { stamp.parse($0, at: 0) }).seconds == moment)
    }

    @Test func mysqlPadsTheHourWithASpace() throws {
        var stamp = MySQLStamp(zone: .gmt)
        for text in ["260102  3:04:05", "2026-01-02  3:04:05 0 [Note]", "20260102  3:04:05"] {
            #expect(try #require(withBytes(text) { stamp.parse($0, at: 0) }).seconds == moment)
        }
    }

    @Test(arguments: ["1767323045", "1767323045.123", "1767323045123", "1767323045123456", "1767323045123456789"])
    func theDigitsOfAnEpochTellItsUnit(_ text: String) throws {
        let read = try #require(withBytes(text + " x") { EpochStamp.parse($0, at: 0) })
        #expect(read.seconds == moment)
        #expect(read.end == text.utf8.count)
    }

    @Test(arguments: ["", "1", "12345678", "17673230451", "99999999999999999999999", "x", "-1767323045"])
    func otherNumbersAreNoEpoch(_ text: String) {
        #expect(withBytes(text) { EpochStamp.parse($0, at: 0) } == nil)
    }

    /// Every prefix and every mutation of a stamp: none may trap.
    @Test func anyBytesAreSafe() {
        var iso = ISOStamp(zone: Self.shanghai, names: true)
        var mysql = MySQLStamp(zone: Self.shanghai)
        var random = SeededGenerator(seed: 7)
        for seed in [
            "2026-01-02T03:04:05.678+08:00", "2026-01-02 03:04:05.678 CST", "260102  3:04:05", "Jan  2 03:04:05 host", "Jan 02 2026 03:04:05.9",
            "1767323045.123",
        ] {
            for _ in 0..<3_000 {
                var bytes = Array(seed.utf8.prefix(Int(random.next() % UInt64(seed.utf8.count + 1))))
                for _ in 0..<(random.next() % 4) where !bytes.isEmpty {
                    bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
                }
                bytes.withUnsafeBytes { line in
                    for at in [0, 1, bytes.count] {
                        _ = iso.parse(line, at: at)
                        _ = mysql.parse(line, at: at)
                        _ = EpochStamp.parse(line, at: at)
                        _ = YearlessStamp(line, at: at)
                    }
                }
            }
        }
    }
}
