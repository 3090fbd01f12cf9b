/// Bytes of lines as they are made.
struct Line {
    var bytes: [UInt8] = []

    @inline(__always)
    mutating func text(_ text: String) { bytes.append(contentsOf: text.utf8) }

    @inline(__always)
    mutating func byte(_ byte: UInt8) { bytes.append(byte) }

    @inline(__always)
    mutating func two(_ value: Int) {
        bytes.append(48 &+ UInt8(truncatingIfNeeded: value / 10))
        bytes.append(48 &+ UInt8(truncatingIfNeeded: value % 10))
    }

    mutating func number(_ value: Int, width: Int = 1, pad: UInt8 = 48) {
        var digits = 1
        var limit = 10
        while value >= limit, digits < 19 {
            digits += 1
            limit = digits == 19 ? Int.max : limit &* 10
        }
        for _ in 0..<max(0, width - digits) { bytes.append(pad) }
        let start = bytes.count
        for _ in 0..<digits { bytes.append(48) }
        var rest = value
        for index in stride(from: start + digits - 1, through: start, by: -1) {
            bytes[index] = 48 &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// `12/May/2026:09:05:01 +0800`, as nginx's `$time_local`.
    mutating func commonStamp(_ moment: Moment) {
        let parts = CivilParts(moment)
        two(parts.day)
        byte(0x2F)
        text(Self.months[parts.month - 1])
        byte(0x2F)
        number(parts.year, width: 4)
        byte(0x3A)
        clock(parts)
        text(" +0800")
    }

    /// `2026-05-12T09:05:01.123456+08:00`, RFC 3339, with so many digits of the second.
    mutating func isoStamp(_ moment: Moment, digits: Int, separator: UInt8 = 0x54, zone: String = "+08:00") {
        let parts = CivilParts(moment)
        number(parts.year, width: 4)
        byte(0x2D)
        two(parts.month)
        byte(0x2D)
        two(parts.day)
        byte(separator)
        clock(parts)
        if digits > 0 {
            byte(0x2E)
            number(digits == 3 ? parts.microsecond / 1_000 : parts.microsecond, width: digits)
        }
        text(zone)
    }

    /// `May  2 09:05:01`, RFC 3164.
    mutating func yearlessStamp(_ moment: Moment) {
        let parts = CivilParts(moment)
        text(Self.months[parts.month - 1])
        byte(0x20)
        number(parts.day, width: 2, pad: 0x20)
        byte(0x20)
        clock(parts)
    }

    /// `260512  9:05:01`, as MariaDB writes it.
    mutating func mariaStamp(_ moment: Moment) {
        let parts = CivilParts(moment)
        two(parts.year % 100)
        two(parts.month)
        two(parts.day)
        byte(0x20)
        number(parts.hour, width: 2, pad: 0x20)
        byte(0x3A)
        two(parts.minute)
        byte(0x3A)
        two(parts.second)
    }

    @inline(__always)
    private mutating func clock(_ parts: CivilParts) {
        two(parts.hour)
        byte(0x3A)
        two(parts.minute)
        byte(0x3A)
        two(parts.second)
    }

    /// A JSON string with its quotes.
    mutating func json(_ value: String) {
        byte(0x22)
        for unit in value.utf8 {
            switch unit {
            case 0x22, 0x5C:
                byte(0x5C)
                byte(unit)
            case 0..<0x20: text("\\u00" + (unit < 16 ? "0" : "1") + String(unit % 16, radix: 16))
            default: byte(unit)
            }
        }
        byte(0x22)
    }

    /// A CSV cell in quotes (RFC 4180).
    mutating func csv(_ value: String) {
        byte(0x22)
        for unit in value.utf8 {
            if unit == 0x22 { byte(0x22) }
            byte(unit)
        }
        byte(0x22)
    }
}
