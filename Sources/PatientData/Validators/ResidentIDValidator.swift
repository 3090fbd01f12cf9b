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
