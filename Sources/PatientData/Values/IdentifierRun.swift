/// The letters and digits of a value without its surface: full-width forms made plain, letters made capital, spaces, dashes and zero-width
/// characters dropped. Made on the stack; lives only as long as the closure that gets it.
struct IdentifierRun {
    /// `0`…`9`, `A`…`Z`.
    let characters: UnsafeBufferPointer<UInt8>
    /// How many of them are digits.
    let digits: Int

    var count: Int { characters.count }
    var first: UInt8 { characters.first ?? 0 }

    /// Longer runs are no identifier.
    static let capacity = 40
    /// Longer values, in bytes, aren't looked at.
    private static let longestValue = 128

    /// Lends the run; nil when the value holds anything else, nothing, or too much.
    static func with<Result>(_ value: UnsafeBufferPointer<UInt8>, _ body: (IdentifierRun) -> Result) -> Result? {
        guard value.count <= longestValue else { return nil }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { buffer -> Result? in
            var count = 0
            var digits = 0
            var index = 0
            while index < value.count {
                let (character, length) = read(value, at: index)
                index += length
                guard character != separator else { continue }
                guard character != bad, count < capacity else { return nil }
                buffer[count] = character
                count += 1
                if character <= 0x39 { digits += 1 }
            }
            guard count > 0 else { return nil }
            return body(IdentifierRun(characters: UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer)[0..<count]), digits: digits))
        }
    }

    private static let bad: UInt8 = 0
    private static let separator: UInt8 = 1

    /// The plain character at `index`, and how many bytes it takes.
    @inline(__always)
    private static func read(_ value: UnsafeBufferPointer<UInt8>, at index: Int) -> (UInt8, Int) {
        let byte = value[index]
        switch byte {
        case 0x30...0x39, 0x41...0x5A: return (byte, 1)
        case 0x61...0x7A: return (byte & 0xDF, 1)
        case 0x20, 0x2D: return (separator, 1)
        case 0xEF, 0xE2, 0xE3, 0xC2: return readWide(value, at: index)
        default: return (bad, 1)
        }
    }

    private static func readWide(_ value: UnsafeBufferPointer<UInt8>, at index: Int) -> (UInt8, Int) {
        if value[index] == 0xC2 { return index + 1 < value.count && [0xA0, 0xAD].contains(value[index + 1]) ? (separator, 2) : (bad, 1) }
        guard index + 2 < value.count else { return (bad, 1) }
        switch (value[index], value[index + 1], value[index + 2]) {
        case (0xEF, 0xBC, 0x90...0x99): return (value[index + 2] - 0x90 + 0x30, 3)
        case (0xEF, 0xBC, 0xA1...0xBA): return (value[index + 2] - 0xA1 + 0x41, 3)
        case (0xEF, 0xBD, 0x81...0x9A): return (value[index + 2] - 0x81 + 0x41, 3)
        case (0xEF, 0xBC, 0x8D), (0xE3, 0x80, 0x80), (0xE2, 0x80, 0x80...0x95), (0xE2, 0x81, 0xA0), (0xE2, 0x88, 0x92), (0xEF, 0xBB, 0xBF):
            return (separator, 3)
        default: return (bad, 1)
        }
    }
}
