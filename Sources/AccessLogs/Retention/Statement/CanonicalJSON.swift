/// JSON with one text for each value (RFC 8259): keys in byte order, two blanks of indentation, whole numbers, nothing escaped but what must be. What is
/// signed is these bytes.
indirect enum CanonicalJSON {
    case object([String: CanonicalJSON])
    case array([CanonicalJSON])
    case string(String)
    case number(Int)
    case bool(Bool)
    case null

    /// Ends without a newline.
    var text: String {
        var text: [UInt8] = []
        write(to: &text, indent: 0)
        return String(decoding: text, as: UTF8.self)
    }

    private func write(to text: inout [UInt8], indent: Int) {
        switch self {
        case .object(let members):
            let sorted = members.sorted { Array($0.key.utf8).lexicographicallyPrecedes(Array($1.key.utf8)) }
            Self.list(sorted, "{", "}", &text, indent) { member, text in
                Self.quote(member.key, to: &text)
                text += Array(": ".utf8)
                member.value.write(to: &text, indent: indent + 1)
            }
        case .array(let elements): Self.list(elements, "[", "]", &text, indent) { $0.write(to: &$1, indent: indent + 1) }
        case .string(let string): Self.quote(string, to: &text)
        case .number(let number): text += Array(String(number).utf8)
        case .bool(let bool): text += Array((bool ? "true" : "false").utf8)
        case .null: text += Array("null".utf8)
        }
    }

    private static func list<Element>(
        _ elements: [Element], _ open: String, _ close: String, _ text: inout [UInt8], _ indent: Int, _ body: (Element, inout [UInt8]) -> Void
    ) {
        text += Array(open.utf8)
        for (index, element) in elements.enumerated() {
            text += Array((index == 0 ? "\n" : ",\n").utf8) + [UInt8](repeating: 0x20, count: 2 * (indent + 1))
            body(element, &text)
        }
        if !elements.isEmpty { text += [0x0A] + [UInt8](repeating: 0x20, count: 2 * indent) }
        text += Array(close.utf8)
    }

    private static func quote(_ string: String, to text: inout [UInt8]) {
        text.append(0x22)
        for scalar in string.unicodeScalars {
            switch scalar.value {
            case 0x22, 0x5C:
                text.append(0x5C)
                text.append(UInt8(truncatingIfNeeded: scalar.value))
            // Controls, and what turns the direction of a line around on a reader's screen.
            case 0..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069:
                let digits = String(scalar.value, radix: 16)
                text += Array("\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
            default: text += Array(String(scalar).utf8)
            }
        }
        text.append(0x22)
    }
}
