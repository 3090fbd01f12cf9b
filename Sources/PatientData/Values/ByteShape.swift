/// What bytes a value is made of: one look, to spare most values most validators.
struct ByteShape: OptionSet, Hashable, Sendable {
    let rawValue: UInt16

    static let digit = ByteShape(rawValue: 1 << 0)
    static let upper = ByteShape(rawValue: 1 << 1)
    static let lower = ByteShape(rawValue: 1 << 2)
    /// Space, dash, brackets, underscore.
    static let separator = ByteShape(rawValue: 1 << 3)
    static let dot = ByteShape(rawValue: 1 << 4)
    static let colon = ByteShape(rawValue: 1 << 5)
    static let comma = ByteShape(rawValue: 1 << 6)
    static let at = ByteShape(rawValue: 1 << 7)
    /// Star, number sign: what masks are made of.
    static let mark = ByteShape(rawValue: 1 << 8)
    /// The bytes that Chinese characters begin with in UTF-8 (E3…E9, F0).
    static let han = ByteShape(rawValue: 1 << 9)
    /// EF, E2, C2: full-width forms, typographic and invisible characters.
    static let wide = ByteShape(rawValue: 1 << 10)
    /// x and X: check characters, and masks.
    static let x = ByteShape(rawValue: 1 << 11)
    static let otherASCII = ByteShape(rawValue: 1 << 12)
    static let other = ByteShape(rawValue: 1 << 13)

    static let letter: ByteShape = [.upper, .lower, .x]

    init(rawValue: UInt16) { self.rawValue = rawValue }

    init(_ value: UnsafeBufferPointer<UInt8>) {
        var bits: UInt16 = 0
        Self.table.withUnsafeBufferPointer { table in
            for byte in value { bits |= table[Int(byte)] }
        }
        rawValue = bits
    }

    private static let table: [UInt16] = (0..<256).map { byte in
        let shape: ByteShape
        switch UInt8(byte) {
        case 0x30...0x39: shape = .digit
        case 0x58: shape = [.upper, .x]
        case 0x78: shape = [.lower, .x]
        case 0x41...0x5A: shape = .upper
        case 0x61...0x7A: shape = .lower
        case 0x20, 0x2D, 0x28, 0x29, 0x5F: shape = .separator
        case 0x2E: shape = .dot
        case 0x3A: shape = .colon
        case 0x2C: shape = .comma
        case 0x40: shape = .at
        case 0x2A, 0x23: shape = .mark
        case 0xE3...0xE9, 0xF0: shape = .han
        case 0xEF, 0xE2, 0xC2: shape = .wide
        case 0..<0x80: shape = .otherASCII
        // What follows in a character of several bytes says nothing.
        case 0x80..<0xC0: shape = []
        default: shape = .other
        }
        return shape.rawValue
    }
}
