/// What an insurance pays, and how somebody is insured: words of schemes, or amounts. Only a column's name makes it one.
enum InsurancePaymentValidator {
    static func matches(_ text: TextScalars, _ terms: TextTerms) -> Bool { terms.topics.contains(.payment) }

    /// An amount: `123.45`, `-12`, `¥3,000.00`.
    static func matches(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        guard (1...16).contains(value.count) else { return false }
        var digits = 0
        for byte in value {
            if byte &- 0x30 <= 9 { digits += 1 } else if byte != 0x2E, byte != 0x2C, byte != 0x2D, byte != 0xC2, byte != 0xA5 { return false }
        }
        return (1...12).contains(digits)
    }
}
