import ReferenceData

/// Numbers of Chinese bank cards: Luhn's check digit, and an issuer's range with that issuer's length.
package enum BankCardValidator {
    private static let breaks: UInt64 = 1 << 4 | 1 << 10 | 1 << 6 | 1 << 8 | 1 << 12 | 1 << 16

    /// Prefix of six digits × 32 + length.
    private static let issuers = NumberSet(BankIssuer.all.map { $0.prefix * 32 + UInt32($0.length) })

    /// How sure the number is one.
    enum Form: Hashable, Sendable {
        /// A known issuer.
        case issuer
        /// Right check digit and length, first digit of the banking industry, but no issuer of the table: enough only when the column
        /// says so.
        case checked
    }

    package static func matches(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        DigitRun.with(value) { form($0) == .issuer } ?? false
    }

    /// The quick look: plain digits without separators, by check digit and first digit, whoever issued it. Nil when only ``form(_:)`` can tell.
    @inline(__always)
    static func confirms(_ value: UnsafeBufferPointer<UInt8>) -> Bool? {
        guard (13...19).contains(value.count) else { return nil }
        // Luhn: from the right, every other digit counts double, less nine when it has two digits.
        var sum = 0
        for index in 0..<value.count {
            let digit = Int(value[index] &- 0x30)
            guard digit <= 9 else { return nil }
            let isDouble = (value.count - index) & 1 == 0
            sum += isDouble ? digit * 2 - (digit > 4 ? 9 : 0) : digit
        }
        return sum % 10 == 0 && begins(value)
    }

    /// The first digits that an industry of payment gives out (ISO/IEC 7812), by length: Visa once had 13 digits, Diners has 14, American Express 15.
    @inline(__always)
    private static func begins(_ digits: UnsafeBufferPointer<UInt8>) -> Bool {
        switch digits.count {
        case 13: digits[0] == 0x34
        case 14: digits[0] == 0x33 && [0x30, 0x36, 0x38, 0x39].contains(digits[1])
        case 15: digits[0] == 0x33 && [0x34, 0x37].contains(digits[1])
        default: (0x33...0x36).contains(digits[0]) || digits[0] == 0x39
        }
    }

    static func form(_ run: DigitRun) -> Form? {
        let count = run.digits.count
        guard (13...19).contains(count), !run.isInternational, run.breaks(onlyAt: breaks), begins(run.digits), Luhn.isValid(run.digits) else {
            return nil
        }
        var prefix: UInt32 = 0
        for index in 0..<6 { prefix = prefix * 10 + UInt32(run.digits[index] &- 0x30) }
        return issuers.contains(prefix * 32 + UInt32(truncatingIfNeeded: count)) ? .issuer : .checked
    }
}
