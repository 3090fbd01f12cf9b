/// Values of Neo4j's PackStream, read with bounded depth.
enum PackStream {
    indirect enum Value {
        case null
        case bool(Bool)
        case integer(Int)
        case float
        case bytes
        case text(String)
        case list([Value])
        case map([String: Value])
        case structure(tag: UInt8, fields: [Value])

        var text: String? { if case .text(let text) = self { text } else { nil } }
        subscript(key: String) -> Value? { if case .map(let members) = self { members[key] } else { nil } }
    }

    private static let deepest = 16

    /// Nil unless `bytes` are exactly one value.
    static func read(_ bytes: [UInt8]) -> Value? {
        var reader = ByteReader(bytes)
        guard let value = value(&reader, depth: 0), reader.isAtEnd else { return nil }
        return value
    }

    private static func value(_ reader: inout ByteReader, depth: Int) -> Value? {
        guard depth < deepest, let marker = reader.byte() else { return nil }
        switch marker {
        case 0x00...0x7F, 0xF0...0xFF: return .integer(Int(Int8(bitPattern: marker)))
        case 0x80...0x8F: return text(&reader, Int(marker & 0x0F))
        case 0x90...0x9F: return list(&reader, Int(marker & 0x0F), depth)
        case 0xA0...0xAF: return map(&reader, Int(marker & 0x0F), depth)
        case 0xB0...0xBF:
            guard let tag = reader.byte(), case .list(let fields) = list(&reader, Int(marker & 0x0F), depth) else { return nil }
            return .structure(tag: tag, fields: fields)
        case 0xC0: return .null
        case 0xC1: return reader.take(8).map { _ in .float }
        case 0xC2, 0xC3: return .bool(marker == 0xC3)
        case 0xC8...0xCB:
            let width = 1 << Int(marker - 0xC8)
            return reader.big(width).map { .integer(Int(truncatingIfNeeded: signed($0, width: width))) }
        case 0xCC...0xCE: return length(&reader, marker - 0xCC).flatMap { reader.take($0) }.map { _ in .bytes }
        case 0xD0...0xD2: return length(&reader, marker - 0xD0).flatMap { text(&reader, $0) }
        case 0xD4...0xD6: return length(&reader, marker - 0xD4).flatMap { list(&reader, $0, depth) }
        case 0xD8...0xDA: return length(&reader, marker - 0xD8).flatMap { map(&reader, $0, depth) }
        default: return nil
        }
    }

    private static func signed(_ bits: UInt64, width: Int) -> Int64 {
        let unused = 64 - width * 8
        return Int64(bitPattern: bits << UInt64(unused)) >> Int64(unused)
    }

    /// Of 1, 2 or 4 bytes; every element takes a byte at least, so that no size can be larger than what is left.
    private static func length(_ reader: inout ByteReader, _ power: UInt8) -> Int? {
        guard let length = reader.big(1 << Int(power)), length <= UInt64(reader.remaining) else { return nil }
        return Int(length)
    }

    private static func text(_ reader: inout ByteReader, _ count: Int) -> Value? {
        reader.take(count).map { .text(String(decoding: $0, as: UTF8.self)) }
    }

    private static func list(_ reader: inout ByteReader, _ count: Int, _ depth: Int) -> Value? {
        var elements: [Value] = []
        for _ in 0..<count {
            guard let element = value(&reader, depth: depth + 1) else { return nil }
            elements.append(element)
        }
        return .list(elements)
    }

    private static func map(_ reader: inout ByteReader, _ count: Int, _ depth: Int) -> Value? {
        var members: [String: Value] = [:]
        for _ in 0..<count {
            guard case .text(let key) = value(&reader, depth: depth + 1), let member = value(&reader, depth: depth + 1) else { return nil }
            members[key] = member
        }
        return .map(members)
    }
}
