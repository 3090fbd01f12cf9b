/// Packets of ZooKeeper's client protocol (`zookeeper.jute`): a length of four bytes, then fields, all big-endian.
enum ZooKeeperWire {
    enum ErrorCode {
        static let noAuth = -102
        static let authFailed = -115
        static let needsSASL = -124
    }

    enum Reading<Content> {
        case incomplete, invalid
        case content(Content)
    }

    /// A new session that ends by itself after four seconds (the shortest that the default configuration allows), should it not be closed.
    static let connect: [UInt8] = {
        var body: [UInt8] = []
        body.appendBig(Int32(0))
        body.appendBig(Int64(0))
        body.appendBig(Int32(4000))
        body.appendBig(Int64(0))
        body.appendBig(Int32(16))
        // An empty password, and no wish for a server that only reads.
        return packet(body + [UInt8](repeating: 0, count: 17))
    }()

    /// The children of the root, without a watch.
    static let children = request(number: 1, type: 8, [0, 0, 0, 1, UInt8(ascii: "/"), 0])
    static let close = request(number: 2, type: -11, [])

    private static func request(number: Int32, type: Int32, _ fields: [UInt8]) -> [UInt8] {
        var body: [UInt8] = []
        body.appendBig(number)
        body.appendBig(type)
        return packet(body + fields)
    }

    private static func packet(_ body: [UInt8]) -> [UInt8] { [UInt8](counted: body, width: 4) }

    /// Whether a session was given.
    static func session(_ bytes: ArraySlice<UInt8>) -> Reading<Bool> {
        var reader = ByteReader(bytes)
        guard let length = reader.big(4) else { return .incomplete }
        // The last byte, whether the server only reads, came with version 3.4.
        guard length == 36 || length == 37 else { return .invalid }
        guard let body = reader.take(Int(length)) else { return .incomplete }
        var fields = ByteReader(body)
        guard fields.big(4) == 0, let timeout = fields.big(4), timeout <= 3_600_000, let session = fields.big(8), fields.big(4) == 16 else {
            return .invalid
        }
        return .content(timeout > 0 && session != 0)
    }

    /// How many children there are, or the error.
    static func children(_ bytes: ArraySlice<UInt8>) -> Reading<Result<Int, ServerError>> {
        var reader = ByteReader(bytes)
        guard let length = reader.big(4) else { return .incomplete }
        guard (16..<UInt64(ProbeLimits.bytes)).contains(length) else { return .invalid }
        guard let body = reader.take(Int(length)) else { return .incomplete }
        var fields = ByteReader(body)
        guard fields.big(4) == 1, fields.take(8) != nil, let code = fields.big(4).map({ Int(Int32(truncatingIfNeeded: $0)) }) else { return .invalid }
        guard code == 0 else { return .content(.failure(ServerError(code: code))) }
        guard let count = fields.big(4), count <= length / 4 else { return .invalid }
        for _ in 0..<count where fields.counted(4) == nil { return .invalid }
        return fields.isAtEnd ? .content(.success(Int(count))) : .invalid
    }

    struct ServerError: Error { let code: Int }
}
