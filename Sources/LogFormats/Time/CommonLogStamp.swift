/// Reads `dd/MMM/yyyy:HH:mm:ss ±zzzz`, the stamp of the Common Log Format, and remembers the last minute: most lines share it with the one before.
package struct CommonLogStamp {
    package static let length = 26

    private var first: UInt64 = 0
    private var second: UInt64 = 0
    private var third: UInt8 = 0
    private var zone: UInt64 = 0
    private var minuteStart: Int64?

    package init() {}

    /// Nil when no stamp stands at `at`, or when it names a time that doesn't exist.
    package mutating func parse(_ line: UnsafeRawBufferPointer, at: Int) -> Int64? {
        guard at >= 0, line.count - at >= Self.length, line[at + 17] == 0x3A, line[at + 20] == 0x20 else { return nil }
        guard let seconds = CivilTime.digits(line, at + 18, 2), seconds <= 60 else { return nil }
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
            let day = CivilTime.digits(line, at, 2), let month = CivilTime.month(line[at + 3], line[at + 4], line[at + 5]),
            let year = CivilTime.digits(line, at + 7, 4),
            let hour = CivilTime.digits(line, at + 12, 2), let minute = CivilTime.digits(line, at + 15, 2),
            let zoneHours = CivilTime.digits(line, at + 22, 2), let zoneMinutes = CivilTime.digits(line, at + 24, 2),
            // No access log is older than the web.
            year >= 1990, day >= 1, day <= CivilTime.daysIn(month, year), hour <= 23, minute <= 59, zoneHours <= 14, zoneMinutes <= 59,
            line[at + 21] == 0x2B || line[at + 21] == 0x2D
        else { return nil }
        let offset = (zoneHours * 60 + zoneMinutes) * 60 * (line[at + 21] == 0x2D ? -1 : 1)
        return CivilTime.days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 - offset
    }
}
