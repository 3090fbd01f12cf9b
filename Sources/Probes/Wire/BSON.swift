/// The little of BSON (bsonspec.org 1.1) that commands and their replies need.
enum BSON {
    enum Value: Hashable {
        case number(Double)
        case text(String)
        case other
    }

    /// A document of the given fields, in order.
    static func document(_ fields: [(String, Field)]) -> [UInt8] {
        var body: [UInt8] = []
        for (name, field) in fields {
            switch field {
            case .int32(let value):
                body.append(0x10)
                body.appendTerminated(name)
                body.appendLittle(value)
            case .string(let value):
                body.append(0x02)
                body.appendTerminated(name)
                body.appendLittle(Int32(truncatingIfNeeded: value.utf8.count + 1))
                body.appendTerminated(value)
            }
        }
        var document: [UInt8] = []
        document.appendLittle(Int32(truncatingIfNeeded: body.count + 5))
        return document + body + [0]
    }

    enum Field {
        case int32(Int32)
        case string(String)
    }

    /// The document's own fields; nil unless `bytes` are exactly one well-formed document (what nested ones hold isn't looked at).
    static func fields(of bytes: ArraySlice<UInt8>) -> [String: Value]? {
        var reader = ByteReader(bytes)
        guard let length = reader.littleInt32(), length == bytes.count, bytes.last == 0 else { return nil }
        var fields: [String: Value] = [:]
        while let type = reader.byte() {
            if type == 0 { return reader.isAtEnd ? fields : nil }
            guard let name = reader.terminated(), let value = value(of: type, &reader) else { return nil }
            fields[String(decoding: name, as: UTF8.self)] = value
        }
        return nil
    }

    private static func value(of type: UInt8, _ reader: inout ByteReader) -> Value? {
        switch type {
        case 0x01: return reader.little(8).map { .number(Double(bitPattern: $0)) }
        case 0x10: return reader.littleInt32().map { .number(Double($0)) }
        case 0x12: return reader.little(8).map { .number(Double(Int64(bitPattern: $0))) }
        case 0x08: return reader.byte().map { .number($0 == 0 ? 0 : 1) }
        case 0x02:
            guard let length = reader.littleInt32(), length >= 1, let text = reader.take(length), text.last == 0 else { return nil }
            return .text(String(decoding: text.dropLast(), as: UTF8.self))
        case 0x03, 0x04, 0x0F:
            // Documents, arrays and scoped code count their own length field.
            guard let length = reader.littleInt32(), length >= 5, reader.take(length - 4) != nil else { return nil }
            return .other
        default: return skip(type, &reader) ? .other : nil
        }
    }

    private static func skip(_ type: UInt8, _ reader: inout ByteReader) -> Bool {
        switch type {
        case 0x06, 0x0A, 0x7F, 0xFF: return true
        case 0x07: return reader.take(12) != nil
        case 0x09, 0x11: return reader.take(8) != nil
        case 0x13: return reader.take(16) != nil
        case 0x0D, 0x0E: return reader.littleInt32().flatMap { reader.take($0) } != nil
        case 0x05: return reader.littleInt32().flatMap { $0 >= 0 ? reader.take($0 + 1) : nil } != nil
        case 0x0B: return reader.terminated() != nil && reader.terminated() != nil
        case 0x0C: return reader.littleInt32().flatMap { $0 >= 0 ? reader.take($0 + 12) : nil } != nil
        default: return false
        }
    }
}
