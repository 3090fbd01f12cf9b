/// DCE remote procedure calls, connection-oriented (C706, 12.6; [MS-RPCE]), little-endian, without authentication.
enum DCERPC {
    struct Interface {
        let bytes: [UInt8]
        let version: UInt32

        /// The endpoint mapper: e1af8308-5d1f-11c9-91a4-08002b14a0fa.
        static let endpointMapper = Interface(
            bytes: [0x08, 0x83, 0xAF, 0xE1, 0x1F, 0x5D, 0xC9, 0x11, 0x91, 0xA4, 0x08, 0x00, 0x2B, 0x14, 0xA0, 0xFA], version: 3)
        /// The server service ([MS-SRVS]): 4b324fc8-1670-01d3-1278-5a47bf6ee188.
        static let serverService = Interface(
            bytes: [0xC8, 0x4F, 0x32, 0x4B, 0x70, 0x16, 0xD3, 0x01, 0x12, 0x78, 0x5A, 0x47, 0xBF, 0x6E, 0xE1, 0x88], version: 3)
        /// NDR: 8a885d04-1ceb-11c9-9fe8-08002b104860.
        static let transfer = Interface(
            bytes: [0x04, 0x5D, 0x88, 0x8A, 0xEB, 0x1C, 0xC9, 0x11, 0x9F, 0xE8, 0x08, 0x00, 0x2B, 0x10, 0x48, 0x60], version: 2)
    }

    private static let headerLength = 16
    private static let mostFragment: UInt16 = 4_280

    static func bind(_ interface: Interface) -> [UInt8] {
        var body: [UInt8] = []
        body.appendLittle(mostFragment)
        body.appendLittle(mostFragment)
        body.appendLittle(UInt32(0))
        body += [1, 0, 0, 0, 0, 0, 1, 0] + interface.bytes
        body.appendLittle(interface.version)
        body += Interface.transfer.bytes
        body.appendLittle(Interface.transfer.version)
        return packet(11, call: 1, body)
    }

    static func request(_ operation: UInt16, call: UInt32, _ arguments: [UInt8]) -> [UInt8] {
        var body: [UInt8] = []
        body.appendLittle(UInt32(truncatingIfNeeded: arguments.count))
        body.appendLittle(UInt16(0))
        body.appendLittle(operation)
        return packet(0, call: call, body + arguments)
    }

    private static func packet(_ type: UInt8, call: UInt32, _ body: [UInt8]) -> [UInt8] {
        var header: [UInt8] = [5, 0, type, 3, 0x10, 0, 0, 0]
        header.appendLittle(UInt16(truncatingIfNeeded: headerLength + body.count))
        header.appendLittle(UInt16(0))
        header.appendLittle(call)
        return header + body
    }

    enum Answer {
        case bound
        case notBound
        case fault(UInt64)
        /// The results, all fragments joined.
        case response([UInt8])
    }

    enum Progress {
        case incomplete, invalid
        case answer(Answer)
    }

    /// Reads answers from bytes that come in pieces.
    struct Answers {
        private var buffer: [UInt8] = []
        private var results: [UInt8] = []

        private static let longest = 512 << 10

        var isEmpty: Bool { buffer.isEmpty && results.isEmpty }

        mutating func append(_ bytes: some Collection<UInt8>) { buffer += bytes }

        mutating func next(call: UInt32) -> Progress {
            while true {
                guard [5, 0].starts(with: buffer.prefix(2)) else { return .invalid }
                var reader = ByteReader(buffer)
                guard reader.take(2) != nil, let type = reader.byte(), let flags = reader.byte(), let representation = reader.take(4),
                    let length = reader.little(2), let authentication = reader.little(2), let number = reader.little(4)
                else { return .incomplete }
                guard representation.first == 0x10, authentication == 0, number == UInt64(call), length >= headerLength else { return .invalid }
                guard let body = reader.take(Int(length) - headerLength) else { return .incomplete }
                buffer.removeFirst(Int(length))
                var fragment = ByteReader(body)
                switch type {
                case 12: return bindResult(&fragment).map { .answer($0 ? .bound : .notBound) } ?? .invalid
                case 13: return .answer(.notBound)
                case 3: return fragment.take(8) == nil ? .invalid : fragment.little(4).map { .answer(.fault($0)) } ?? .invalid
                case 2:
                    guard fragment.take(8) != nil, results.count + fragment.remaining <= Self.longest else { return .invalid }
                    results += fragment.rest
                    guard flags & 2 != 0 else { continue }
                    defer { results = [] }
                    return .answer(.response(results))
                default: return .invalid
                }
            }
        }

        /// Whether the one context that was proposed is accepted.
        private func bindResult(_ body: inout ByteReader) -> Bool? {
            guard body.take(8) != nil, let length = body.little(2), body.take(Int(length)) != nil,
                // The results are aligned to four bytes from the packet's start; the body begins at 16.
                body.take((4 - (10 + Int(length)) % 4) % 4) != nil, body.byte() == 1, body.take(3) != nil, let result = body.little(2)
            else { return nil }
            return result == 0
        }
    }
}
