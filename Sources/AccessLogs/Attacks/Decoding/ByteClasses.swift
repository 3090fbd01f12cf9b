/// Which signs a text holds at all: most checks need some of them, and are passed over otherwise.
struct ByteClasses: OptionSet {
    let rawValue: UInt16

    static let quote = ByteClasses(rawValue: 1 << 0)
    static let angle = ByteClasses(rawValue: 1 << 1)
    static let parenthesis = ByteClasses(rawValue: 1 << 2)
    static let brace = ByteClasses(rawValue: 1 << 3)
    /// `;`, `|`, `&` within a value, `` ` ``, and the end of a line.
    static let separator = ByteClasses(rawValue: 1 << 4)
    static let dollar = ByteClasses(rawValue: 1 << 5)
    static let backslash = ByteClasses(rawValue: 1 << 6)
    static let space = ByteClasses(rawValue: 1 << 7)
    static let colon = ByteClasses(rawValue: 1 << 8)
    static let bracket = ByteClasses(rawValue: 1 << 9)
    static let hash = ByteClasses(rawValue: 1 << 10)
    static let dash = ByteClasses(rawValue: 1 << 11)
    static let star = ByteClasses(rawValue: 1 << 12)
    static let dot = ByteClasses(rawValue: 1 << 13)

    init(rawValue: UInt16) { self.rawValue = rawValue }

    init(_ text: UnsafeRawBufferPointer) {
        var bits: UInt16 = 0
        Self.table.withUnsafeBufferPointer { table in
            for byte in text { bits |= table[Int(byte)] }
        }
        self.init(rawValue: bits)
    }

    private static let table: [UInt16] = (0..<256).map { byte in
        let classes: ByteClasses =
            switch UInt8(byte) {
            case UInt8(ascii: "'"), UInt8(ascii: "\""): .quote
            case UInt8(ascii: "`"): [.quote, .separator]
            case UInt8(ascii: "<"), UInt8(ascii: ">"): .angle
            case UInt8(ascii: "("): .parenthesis
            case UInt8(ascii: "{"): .brace
            case UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "&"): .separator
            case 0x0A, 0x0D: [.separator, .space]
            case UInt8(ascii: "$"): .dollar
            case UInt8(ascii: "\\"): .backslash
            case UInt8(ascii: ":"): .colon
            case UInt8(ascii: "["): .bracket
            case UInt8(ascii: "#"), UInt8(ascii: "%"): .hash
            case UInt8(ascii: "-"): .dash
            case UInt8(ascii: "*"): .star
            case UInt8(ascii: "."): .dot
            case 0...0x20, 0xA0: .space
            default: []
            }
        return classes.rawValue
    }
}
