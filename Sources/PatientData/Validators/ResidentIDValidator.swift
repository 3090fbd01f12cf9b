import ReferenceData

/// Numbers of resident identity cards and residence permits (GB 11643-1999), 18 characters or the 15 digits of before 1999, in any
/// written form.
package enum ResidentIDValidator {
    /// Where people put breaks: after the region, the year, the date, before the check character.
    private static let breaks18: UInt64 = 1 << 3 | 1 << 6 | 1 << 10 | 1 << 12 | 1 << 14 | 1 << 17
    private static let breaks15: UInt64 = 1 << 6 | 1 << 8 | 1 << 10 | 1 << 12

    @inline(__always)
    package static func matches(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        if value.count == 18, ResidentID(value) != nil { return true }
        return DigitRun.with(value) { matches($0) } ?? false
    }

    /// The quick look at eighteen bytes. Nil when they aren't plain, and only ``number(_:)`` can tell.
    @inline(__always)
    static func confirms(_ value: UnsafeBufferPointer<UInt8>) -> Bool? {
        ResidentID(value) != nil ? true : value.contains { $0 &- 0x30 > 9 && $0 | 0x20 != 0x78 } ? nil : false
    }

    @inline(__always)
    static func matches(_ run: DigitRun) -> Bool { number(run) != nil }

    /// The number; nil when the run isn't one.
    @inline(__always)
    static func number(_ run: DigitRun) -> ResidentID? {
        guard !run.isInternational else { return nil }
        switch run.digits.count {
        case 18: return run.breaks(onlyAt: breaks18) ? ResidentID(run.digits) : nil
        case 15: return run.breaks(onlyAt: breaks15) ? ResidentID(run.digits) : nil
        default: return nil
        }
    }

    /// Region and date are right in eighteen digits whose check character isn't.
    static func isUnchecked(_ run: DigitRun) -> Bool {
        guard run.digits.count == 18, number(run) == nil else { return false }
        func value(_ range: Range<Int>) -> Int { run.digits[range].reduce(0) { $0 * 10 + Int($1 &- 0x30) } }
        let year = value(6..<10)
        return AdministrativeDivision.isCode(UInt32(truncatingIfNeeded: value(0..<6))) && (1900..<2100).contains(year)
            && CivilDate(year: year, month: value(10..<12), day: value(12..<14)) != nil
    }

    /// What both forms of a person's number have in common: region, full date of birth and sequence as 17 decimal digits.
    /// The check character follows from them.
    static func personNumber(_ run: DigitRun) -> (number: UInt64, birth: CivilDate)? {
        guard let id = number(run) else { return nil }
        var digits: UInt64 = 0
        for (index, byte) in run.digits.enumerated() where index < 17 {
            if index == 6, id.form == .former { digits = digits * 100 + 19 }
            digits = digits * 10 + UInt64(byte &- 0x30)
        }
        return (digits, id.birth)
    }
}
