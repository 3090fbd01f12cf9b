import Foundation

/// Reads `dd/MMM/yyyy:HH:mm:ss ±zzzz`, the stamp of the Common Log Format, and remembers the last minute: most lines share it with the one before.
struct LogTimestamp {
    static let length = 26

    private var first: UInt64 = 0
    private var second: UInt64 = 0
    private var third: UInt8 = 0
    private var zone: UInt64 = 0
    private var minuteStart: Int64?

    /// Nil when no stamp stands at `at`, or when it names a time that doesn't exist.
    mutating func parse(_ line: UnsafeRawBufferPointer, at: Int) -> Int64? {
        guard at >= 0, line.count - at >= Self.length, line[at + 17] == 0x3A, line[at + 20] == 0x20 else { return nil }
        guard let seconds = Self.digits(line, at + 18, 2), seconds <= 60 else { return nil }
        let first = line.loadUnaligned(fromByteOffset: at, as: UInt64.self)
        let second = line.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self)
        let zone = line.loadUnaligned(fromByteOffset: at + 18, as: UInt64.self) >> 24  // ±zzzz on a little-endian machine
        if let minuteStart, first == self.first, second == self.second, line[at + 16] == third, zone == self.zone {
            return minuteStart + seconds
        }
        guard let minute = Self.minute(line, at) else { return nil }
        (self.first, self.second, third, self.zone, minuteStart) = (first, second, line[at + 16], zone, minute)
        return minute + seconds
    }

    private static func minute(_ line: UnsafeRawBufferPointer, _ at: Int) -> Int64? {
        guard line[at + 2] == 0x2F, line[at + 6] == 0x2F, line[at + 11] == 0x3A, line[at + 14] == 0x3A,
            let day = digits(line, at, 2), let month = month(line[at + 3], line[at + 4], line[at + 5]), let year = digits(line, at + 7, 4),
            let hour = digits(line, at + 12, 2), let minute = digits(line, at + 15, 2),
            let zoneHours = digits(line, at + 22, 2), let zoneMinutes = digits(line, at + 24, 2),
            // No access log is older than the web.
            year >= 1990, day >= 1, day <= daysIn(month, year), hour <= 23, minute <= 59, zoneHours <= 14, zoneMinutes <= 59,
            line[at + 21] == 0x2B || line[at + 21] == 0x2D
        else { return nil }
        let offset = (zoneHours * 60 + zoneMinutes) * 60 * (line[at + 21] == 0x2D ? -1 : 1)
        return days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 - offset
    }

    /// Days since 1970-01-01 in the Gregorian calendar; years are counted from March, so that the leap day comes last.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month > 2 ? month - 3 : month + 9
        let year = month > 2 ? year : year - 1
        let era = year / 400
        let yearOfEra = year % 400
        let dayOfYear = (153 * shifted + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func daysIn(_ month: Int64, _ year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func month(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> Int64? {
        switch (UInt32(a) << 16 | UInt32(b) << 8 | UInt32(c)) | 0x20_2020 {
        case 0x6A_616E: 1
        case 0x66_6562: 2
        case 0x6D_6172: 3
        case 0x61_7072: 4
        case 0x6D_6179: 5
        case 0x6A_756E: 6
        case 0x6A_756C: 7
        case 0x61_7567: 8
        case 0x73_6570: 9
        case 0x6F_6374: 10
        case 0x6E_6F76: 11
        case 0x64_6563: 12
        default: nil
        }
    }

    private static func digits(_ line: UnsafeRawBufferPointer, _ at: Int, _ count: Int) -> Int64? {
        var value: Int64 = 0
        for index in at..<(at + count) {
            let digit = line[index] &- 0x30
            guard digit < 10 else { return nil }
            value = value * 10 + Int64(digit)
        }
        return value
    }
}
