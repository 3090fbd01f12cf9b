/// A match of a rule as correlations need it: taken from the event while its bytes are there, so that it can be handed to the one thread that correlates.
package struct SigmaOccurrence: Sendable {
    /// Index in ``SigmaRuleSet/rules``.
    package var rule: Int
    /// Seconds since 1970.
    package var time: Int64
    /// One for every correlation that the rule reaches, directly or through another.
    var parts: [Part]

    struct Part: Sendable {
        var correlation: Int32
        /// Where the rule stands among the correlation's references; -1 when it reaches it through another correlation.
        var position: Int16
        var group: SigmaGroup
        /// Hash of the counted values, or the number that is summed. Nil when the event has none.
        var value: Int64?
    }
}

/// The values of the fields that a correlation groups by.
package struct SigmaGroup: Hashable, Sendable {
    /// In the order of ``SigmaCorrelation/groupBy``: raw bytes of the log, which nobody has masked.
    package var values: [[UInt8]]

    /// Longer values are cut, with their hash at the end, so that they stay apart.
    static let valueLimit = 256

    static func bounded(_ text: UnsafeRawBufferPointer) -> [UInt8] {
        guard text.count > valueLimit else { return Array(text) }
        var hash = StableHash()
        hash.add(text)
        return Array(text.prefix(valueLimit - 16)) + Array(String(hash.value, radix: 16).utf8)
    }
}

/// FNV-1a, 64 bits, finished by a multiplication that spreads it: the same in every process.
struct StableHash {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
        // So that ("ab", "c") and ("a", "bc") differ.
        value = (value ^ 0xFF) &* 0x100_0000_01B3
        value ^= value >> 32
    }
}
