/// A JSON value (RFC 8259). Numbers keep their text.
indirect enum JSONText: Equatable, Sendable {
    case null
    case boolean(Bool)
    case number([UInt8])
    case string([UInt8])
    case array([JSONText])
    case object([(key: [UInt8], value: JSONText)])

    /// Arrays and objects may nest this deep.
    static let depthLimit = 64
    /// Values in one document.
    static let valueLimit = 200_000

    /// Nil for anything that is not one whole JSON document, or too deep or too large.
    init?(_ bytes: [UInt8]) {
        var parser = JSONParser(bytes)
        guard let value = parser.document() else { return nil }
        self = value
    }

    static func == (left: JSONText, right: JSONText) -> Bool { left.serialised == right.serialised }

    /// Compact JSON.
    var serialised: [UInt8] {
        switch self {
        case .null: Array("null".utf8)
        case .boolean(let value): Array((value ? "true" : "false").utf8)
        case .number(let text): text
        case .string(let text): JSONText.quoted(text)
        case .array(let values): [0x5B] + Array(values.map(\.serialised).joined(separator: [0x2C])) + [0x5D]
        case .object(let members):
            [0x7B] + Array(members.map { JSONText.quoted($0.key) + [0x3A] + $0.value.serialised }.joined(separator: [0x2C])) + [0x7D]
        }
    }

    /// As an extractor gives it: texts without quotes.
    var extracted: [UInt8] {
        if case .string(let text) = self { return text }
        return serialised
    }

    static func quoted(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = [0x22]
        for byte in text {
            switch byte {
            case 0x22, 0x5C: result += [0x5C, byte]
            case 0x0A: result += Array("\\n".utf8)
            case 0x0D: result += Array("\\r".utf8)
            case 0x09: result += Array("\\t".utf8)
            case 0..<0x20: result += Array("\\u00".utf8) + Bytes.hexadecimal([byte])
            default: result.append(byte)
            }
        }
        return result + [0x22]
    }
}

private struct JSONParser {
    private let bytes: [UInt8]
    private var position = 0
    private var count = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() -> JSONText? {
        guard let value = value(depth: 0) else { return nil }
        skipSpace()
        return position == bytes.count ? value : nil
    }

    private mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func word(_ text: String, _ value: JSONText) -> JSONText? {
        guard bytes[position...].starts(with: text.utf8) else { return nil }
        position += text.utf8.count
        return value
    }

    private mutating func value(depth: Int) -> JSONText? {
        count += 1
        guard depth <= JSONText.depthLimit, count <= JSONText.valueLimit else { return nil }
        skipSpace()
        guard position < bytes.count else { return nil }
        switch bytes[position] {
        case 0x7B: return object(depth: depth)
        case 0x5B: return array(depth: depth)
        case 0x22: return string().map { .string($0) }
        case 0x74: return word("true", .boolean(true))
        case 0x66: return word("false", .boolean(false))
        case 0x6E: return word("null", .null)
        default: return number()
        }
    }

    private mutating func number() -> JSONText? {
        let start = position
        while position < bytes.count, (0x30...0x39).contains(bytes[position]) || "+-.eE".utf8.contains(bytes[position]) { position += 1 }
        let text = Array(bytes[start..<position])
        return Double(Bytes.string(text)) == nil ? nil : .number(text)
    }

    private mutating func array(depth: Int) -> JSONText? {
        position += 1
        var values: [JSONText] = []
        if take(0x5D) { return .array(values) }
        repeat {
            guard let value = value(depth: depth + 1) else { return nil }
            values.append(value)
        } while take(0x2C)
        return take(0x5D) ? .array(values) : nil
    }

    private mutating func object(depth: Int) -> JSONText? {
        position += 1
        var members: [(key: [UInt8], value: JSONText)] = []
        if take(0x7D) { return .object(members) }
        repeat {
            skipSpace()
            guard position < bytes.count, bytes[position] == 0x22, let key = string(), take(0x3A), let value = value(depth: depth + 1) else {
                return nil
            }
            members.append((key, value))
        } while take(0x2C)
        return take(0x7D) ? .object(members) : nil
    }

    private mutating func string() -> [UInt8]? {
        position += 1
        var result: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case 0x22: return result
            case 0x5C:
                guard let text = escape() else { return nil }
                result += text
            default: result.append(byte)
            }
        }
        return nil
    }

    private mutating func escape() -> [UInt8]? {
        guard position < bytes.count else { return nil }
        let byte = bytes[position]
        position += 1
        switch byte {
        case 0x22, 0x5C, 0x2F: return [byte]
        case 0x6E: return [0x0A]
        case 0x72: return [0x0D]
        case 0x74: return [0x09]
        case 0x62: return [0x08]
        case 0x66: return [0x0C]
        case 0x75:
            guard var value = unit() else { return nil }
            // A pair of surrogates.
            if (0xD800...0xDBFF).contains(value), position + 1 < bytes.count, bytes[position] == 0x5C, bytes[position + 1] == 0x75 {
                position += 2
                guard let low = unit(), (0xDC00...0xDFFF).contains(low) else { return nil }
                value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00)
            }
            return Array(String(Character(Unicode.Scalar(value) ?? "\u{FFFD}")).utf8)
        default: return nil
        }
    }

    private mutating func unit() -> UInt32? {
        guard position + 4 <= bytes.count, let pair = Bytes.fromHexadecimal(bytes[position..<(position + 4)]) else { return nil }
        position += 4
        return UInt32(pair[0]) << 8 | UInt32(pair[1])
    }
}
