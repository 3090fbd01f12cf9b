/// Arithmetic of the Gregorian calendar, without allocation.
package enum CivilTime {
    /// Days since 1970-01-01. Years are counted from March, so that the leap day comes last.
    package static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month > 2 ? month - 3 : month + 9
        let year = month > 2 ? year : year - 1
        let era = year / 400
        let yearOfEra = year % 400
        let dayOfYear = (153 * shifted + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    package static func daysIn(_ month: Int64, _ year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// `Jan` … `Dec`, in any case; 1…12.
    package static func month(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> Int64? {
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

    /// `count` decimal digits at `at`; nil when one is none, or when the line ends before.
    package static func digits(_ line: UnsafeRawBufferPointer, _ at: Int, _ count: Int) -> Int64? {
        guard at >= 0, line.count - at >= count else { return nil }
        var value: Int64 = 0
        for index in at..<(at + count) {
            let digit = line[index] &- 0x30
            guard digit < 10 else { return nil }
            value = value * 10 + Int64(digit)
        }
        return value
    }
}
