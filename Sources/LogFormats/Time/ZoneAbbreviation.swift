package import Foundation

/// Abbreviations of time zones as PostgreSQL and others log them.
package enum ZoneAbbreviation {
    /// Seconds east of UTC; nil for letters that are no known abbreviation.
    ///
    /// Some stand for several zones: `CST` is China's and North America's. Logs come from where their reader is: west of Greenwich America is meant.
    package static func offset(_ text: UnsafeRawBufferPointer, reader zone: TimeZone) -> Int64? { offset(text, isWestern: isWestern(zone)) }

    static func isWestern(_ zone: TimeZone) -> Bool { zone.secondsFromGMT(for: Date(timeIntervalSince1970: 0)) < 0 }

    /// - Parameter isWestern: whether the reader's zone lies west of Greenwich.
    static func offset(_ text: UnsafeRawBufferPointer, isWestern: Bool) -> Int64? {
        guard (2...5).contains(text.count) else { return nil }
        var key: UInt64 = 0
        for byte in text {
            guard (0x41...0x5A).contains(byte) else { return nil }
            key = key << 8 | UInt64(byte)
        }
        switch key {
        case Self.key("CST"): return isWestern ? -6 * 3_600 : 8 * 3_600
        // China had summer time from 1986 to 1991.
        case Self.key("CDT"): return isWestern ? -5 * 3_600 : 9 * 3_600
        default: return offsets[key]
        }
    }

    private static func key(_ name: StaticString) -> UInt64 {
        name.withUTF8Buffer { $0.reduce(0) { $0 << 8 | UInt64($1) } }
    }

    /// From the abbreviations of the IANA time zone database (`date`'s `%Z`), those that mean one offset only.
    private static let offsets: [UInt64: Int64] = {
        let minutes: [(StaticString, Int64)] = [
            ("UTC", 0), ("GMT", 0), ("UCT", 0), ("WET", 0), ("WEST", 60), ("BST", 60), ("CET", 60), ("CEST", 120), ("EET", 120), ("EEST", 180),
            ("MSK", 180), ("HKT", 480), ("JST", 540), ("KST", 540), ("AWST", 480), ("ACST", 570), ("ACDT", 630), ("AEST", 600), ("AEDT", 660),
            ("NZST", 720), ("NZDT", 780), ("WIB", 420), ("WITA", 480), ("WIT", 540), ("SAST", 120), ("EAT", 180), ("CAT", 120), ("WAT", 60),
            ("PKT", 300), ("SGT", 480), ("PHT", 480), ("EST", -300), ("EDT", -240), ("MST", -420), ("MDT", -360), ("PST", -480), ("PDT", -420),
            ("AKST", -540), ("AKDT", -480), ("HST", -600), ("AST", -240), ("ADT", -180), ("NST", -210), ("NDT", -150),
        ]
        return Dictionary(minutes.map { (key($0.0), $0.1 * 60) }, uniquingKeysWith: { first, _ in first })
    }()
}
