/// Reads RFC 3164's `Jan  2 03:04:05`, to which some devices add the year (`Jan  2 2026 03:04:05`) or a fraction.
package struct YearlessStamp {
    package static let length = 15

    package var month: Int64
    package var day: Int64
    /// Where the device names it.
    package var year: Int64?
    /// 0…86,400.
    package var secondOfDay: Int64
    /// Behind the stamp.
    package var end: Int

    /// Nil when no stamp stands at `at`.
    package init?(_ line: UnsafeRawBufferPointer, at: Int) {
        guard at >= 0, line.count - at >= Self.length, line[at + 3] == 0x20, line[at + 6] == 0x20,
            let month = CivilTime.month(line[at], line[at + 1], line[at + 2])
        else { return nil }
        // The day is padded with a space; some write a zero.
        let day = line[at + 4] == 0x20 ? CivilTime.digits(line, at + 5, 1) : CivilTime.digits(line, at + 4, 2)
        guard let day, day >= 1, day <= CivilTime.daysIn(month, 2_000) else { return nil }
        var clock = at + 7
        var year: Int64?
        if line[at + 9] != 0x3A {
            guard line.count - at >= Self.length + 5, line[at + 11] == 0x20, let named = CivilTime.digits(line, at + 7, 4), named >= 1970 else {
                return nil
            }
            year = named
            clock = at + 12
        }
        guard line[clock + 2] == 0x3A, line[clock + 5] == 0x3A, let hour = CivilTime.digits(line, clock, 2),
            let minute = CivilTime.digits(line, clock + 3, 2), let second = CivilTime.digits(line, clock + 6, 2),
            hour <= 23, minute <= 59, second <= 60
        else { return nil }
        self.month = month
        self.day = day
        self.year = year
        secondOfDay = hour * 3_600 + minute * 60 + second
        end = ISOStamp.fractionEnd(line, clock + 8)
    }
}
