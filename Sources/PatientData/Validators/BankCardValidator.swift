import ReferenceData

/// Numbers of Chinese bank cards: Luhn's check digit, and an issuer's range with that issuer's length.
package enum BankCardValidator {
    private static let breaks: UInt64 = 1 << 4 | 1 << 6 | 1 << 8 | 1 << 12 | 1 << 16

    /// Prefix of six digits × 32 + length.
    private static let issuers: Set<UInt64> = Set(BankIssuer.all.map { UInt64($0.prefix) * 32 + UInt64($0.length) })

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

    static func form(_ run: DigitRun) -> Form? {
        let count = run.digits.count
        guard (16...19).contains(count), !run.isInternational, run.breaks(onlyAt: breaks),
            (0x33...0x36).contains(run.digits[0]) || run.digits[0] == 0x39,
            Luhn.isValid(run.digits)
        else { return nil }
        var prefix: UInt64 = 0
        for index in 0..<6 { prefix = prefix * 10 + UInt64(run.digits[index] &- 0x30) }
        return issuers.contains(prefix * 32 + UInt64(count)) ? .issuer : .checked
    }
}
