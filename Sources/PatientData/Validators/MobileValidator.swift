import ReferenceData

/// Mobile numbers of the Chinese numbering plan, with or without the country's code, in any written form.
package enum MobileValidator {
    /// 138 1234 5678, 1381 2345 678, 138 123 45678.
    private static let breaks: UInt64 = 1 << 3 | 1 << 4 | 1 << 6 | 1 << 7 | 1 << 8

    /// Which of the ranges 13000…19999, by the first five digits, people's and devices' telephones use.
    private static let assigned: [Bool] = (0..<100_000).map { prefix in
        guard prefix >= 10_000 else { return false }
        return MobilePrefixes.isAssigned(Array("\(prefix)000000".utf8))
    }

    /// The quick look: eleven plain digits. Nil when only ``number(_:)`` can tell.
    @inline(__always)
    static func confirms(_ value: UnsafeBufferPointer<UInt8>) -> Bool? {
        guard value.count == 11 else { return nil }
        var prefix = 0
        for index in 0..<11 {
            let digit = Int(value[index] &- 0x30)
            guard digit <= 9 else { return nil }
            if index < 5 { prefix = prefix * 10 + digit }
        }
        return assigned.withUnsafeBufferPointer { $0[prefix] }
    }

    @inline(__always)
    package static func matches(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        DigitRun.with(value) { matches($0) } ?? false
    }

    @inline(__always)
    static func matches(_ run: DigitRun) -> Bool { number(run) != nil }

    /// The eleven digits as a number; nil when the run isn't a mobile number.
    @inline(__always)
    static func number(_ run: DigitRun) -> UInt64? {
        let skipped: Int
        switch run.digits.count {
        case 11 where !run.isInternational: skipped = 0
        case 12 where run.starts(with: "01"): skipped = 1
        case 13 where run.starts(with: "861"): skipped = 2
        case 15 where run.starts(with: "00861"): skipped = 4
        default: return nil
        }
        guard run.breaks(onlyAt: breaks, from: skipped), run.breaks & (1 << UInt64(skipped) - 1) & ~(1 << 2) == 0 else { return nil }
        var number: UInt64 = 0
        var prefix = 0
        for index in skipped..<run.digits.count {
            let digit = run.digits[index] &- 0x30
            guard digit <= 9 else { return nil }
            number = number * 10 + UInt64(digit)
            if index == skipped + 4 { prefix = Int(number) }
        }
        return assigned[prefix] ? number : nil
    }
}
