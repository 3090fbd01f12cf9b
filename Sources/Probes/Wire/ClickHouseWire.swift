/// Packets of ClickHouse's native protocol, as revision 54401 of it has them: numbers are LEB128, strings have their length in front.
enum ClickHouseWire {
    private static let revision: UInt64 = 54_401
    private static let blockInformation: [UInt8] = [1, 0, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0]

    enum Packet {
        case hello(version: String)
        /// With the only value, if the block holds a row: `UInt64`, one column.
        case data(UInt64?)
        case exception(code: Int32)
        /// Progress, profile and the like.
        case other
        case end
    }

    enum Reading {
        case incomplete, invalid
        case packet(Packet, length: Int)
    }

    static func hello(user: String, password: String) -> [UInt8] {
        number(0) + string("suwen") + number(1) + number(0) + number(revision) + string("") + string(user) + string(password)
    }

    /// A query, and the empty block that says that no data comes with it.
    static func query(_ text: String) -> [UInt8] {
        let client =
            [1] + string("") + string("") + string("0.0.0.0:0") + [1] + string("") + string("suwen") + string("suwen") + number(1) + number(0)
            + number(revision) + string("") + number(0)
        // No settings; all stages; no compression.
        return number(1) + string("") + client + string("") + number(2) + number(0) + string(text) + number(2) + string("") + blockInformation + [
            0, 0,
        ]
    }

    /// Reads the first packet of `bytes`.
    static func read(_ bytes: ArraySlice<UInt8>) -> Reading {
        var fields = Fields(bytes)
        guard let packet = packet(&fields) else { return fields.isInvalid ? .invalid : .incomplete }
        return .packet(packet, length: fields.consumed)
    }

    private static func packet(_ fields: inout Fields) -> Packet? {
        guard let kind = fields.number() else { return nil }
        switch kind {
        case 0: return hello(&fields)
        case 1, 7, 8: return block(&fields)
        case 2:
            guard let code = fields.int32(), fields.string() != nil, fields.string() != nil, fields.string() != nil, fields.flag() != nil else {
                return nil
            }
            return .exception(code: code)
        case 3: return fields.numbers(3).map { _ in .other }
        case 4: return .other
        case 5: return .end
        case 6:
            guard fields.numbers(3) != nil, fields.flag() != nil, fields.numbers(1) != nil, fields.flag() != nil else { return nil }
            return .other
        default: return fields.fail()
        }
    }

    private static func hello(_ fields: inout Fields) -> Packet? {
        guard let name = fields.string() else { return nil }
        guard name.starts(with: "ClickHouse".utf8) else { return fields.fail() }
        guard let numbers = fields.numbers(3) else { return nil }
        // Time zone, name of the machine, patch of the version: each since a revision of its own.
        guard numbers[2] < 54_058 || fields.string() != nil, numbers[2] < 54_372 || fields.string() != nil else { return nil }
        var patch: UInt64?
        if numbers[2] >= 54_401 {
            guard let number = fields.number() else { return nil }
            patch = number
        }
        return .hello(version: "\(numbers[0]).\(numbers[1])" + (patch.map { ".\($0)" } ?? ""))
    }

    private static func block(_ fields: inout Fields) -> Packet? {
        guard fields.string() != nil else { return nil }
        // Two fields of the block's information, each with its number, and the end.
        for _ in 0..<3 {
            guard let field = fields.number() else { return nil }
            if field == 0 { break }
            switch field {
            case 1: guard fields.flag() != nil else { return nil }
            case 2: guard fields.int32() != nil else { return nil }
            default: return fields.fail()
            }
        }
        guard let size = fields.numbers(2) else { return nil }
        guard size[0] <= 1, size[1] <= 1 else { return fields.fail() }
        guard size[0] == 1 else { return .data(nil) }
        guard fields.string() != nil, let type = fields.string() else { return nil }
        guard type.elementsEqual("UInt64".utf8) else { return fields.fail() }
        guard size[1] == 1 else { return .data(nil) }
        return fields.uint64().map { .data($0) }
    }

    private static func number(_ value: UInt64) -> [UInt8] {
        var rest = value
        var bytes: [UInt8] = []
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(truncatingIfNeeded: rest)]
    }

    private static func string(_ text: String) -> [UInt8] { number(UInt64(text.utf8.count)) + Array(text.utf8) }

    /// Reads fields; nil means that bytes are missing, or, when `isInvalid`, that no more bytes could mend it.
    private struct Fields {
        private var reader: ByteReader
        private let total: Int
        private(set) var isInvalid = false

        /// Stack traces come along with exceptions.
        private static let longest: UInt64 = 256 << 10

        init(_ bytes: ArraySlice<UInt8>) {
            reader = ByteReader(bytes)
            total = bytes.count
        }

        var consumed: Int { total - reader.remaining }

        mutating func fail() -> Packet? {
            isInvalid = true
            return nil
        }

        mutating func number() -> UInt64? {
            var value: UInt64 = 0
            for shift in stride(from: UInt64(0), to: 63, by: 7) {
                guard let byte = reader.byte() else { return nil }
                value |= UInt64(byte & 0x7F) << shift
                if byte < 0x80 { return value }
            }
            isInvalid = true
            return nil
        }

        mutating func numbers(_ count: Int) -> [UInt64]? {
            var numbers: [UInt64] = []
            for _ in 0..<count {
                guard let number = number() else { return nil }
                numbers.append(number)
            }
            return numbers
        }

        mutating func string() -> ArraySlice<UInt8>? {
            guard let length = number() else { return nil }
            guard length <= Self.longest else {
                isInvalid = true
                return nil
            }
            return reader.take(Int(length))
        }

        mutating func int32() -> Int32? { reader.little(4).map { Int32(truncatingIfNeeded: $0) } }
        mutating func uint64() -> UInt64? { reader.little(8) }

        mutating func flag() -> Bool? {
            guard let byte = reader.byte() else { return nil }
            isInvalid = byte > 1
            return isInvalid ? nil : byte == 1
        }
    }
}
