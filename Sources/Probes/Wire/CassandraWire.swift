/// Frames of Cassandra's native protocol, versions 3 and 4 (`native_protocol_v4.spec`): version, flags, stream, opcode, length, body.
enum CassandraWire {
    enum OpCode {
        static let error: UInt8 = 0x00
        static let startup: UInt8 = 0x01
        static let ready: UInt8 = 0x02
        static let authenticate: UInt8 = 0x03
        static let options: UInt8 = 0x05
        static let supported: UInt8 = 0x06
        static let query: UInt8 = 0x07
        static let result: UInt8 = 0x08
        static let authResponse: UInt8 = 0x0F
        static let authSuccess: UInt8 = 0x10
    }

    enum ErrorCode {
        static let protocolError = 0x000A
        static let badCredentials = 0x0100
        static let unauthorized = 0x2100
    }

    struct Frame {
        let version: UInt8
        let opcode: UInt8
        let body: ArraySlice<UInt8>
    }

    enum Reading {
        case incomplete, invalid
        case frame(Frame, length: Int)
    }

    /// All requests are made on stream 0.
    static func frame(_ opcode: UInt8, version: UInt8, _ body: [UInt8] = []) -> [UInt8] {
        [version, 0, 0, 0, opcode] + [UInt8](counted: body, width: 4)
    }

    static func startup(version: UInt8) -> [UInt8] {
        frame(OpCode.startup, version: version, [0, 1] + [UInt8](counted: "CQL_VERSION".utf8, width: 2) + [UInt8](counted: "3.0.0".utf8, width: 2))
    }

    /// `SASL` plain: nothing, user, password.
    static func authResponse(version: UInt8, user: String, password: String) -> [UInt8] {
        let token = [0] + Array(user.utf8) + [0] + Array(password.utf8)
        return frame(OpCode.authResponse, version: version, [UInt8](counted: token, width: 4))
    }

    /// With consistency ONE, and no flags.
    static func query(_ text: String, version: UInt8) -> [UInt8] {
        frame(OpCode.query, version: version, [UInt8](counted: text.utf8, width: 4) + [0, 1, 0])
    }

    /// Reads the first frame of `bytes`, which is a response on stream 0.
    static func read(_ bytes: ArraySlice<UInt8>) -> Reading {
        var reader = ByteReader(bytes)
        guard let first = reader.byte() else { return .incomplete }
        let version = first & 0x7F
        guard first & 0x80 != 0, (1...6).contains(version) else { return .invalid }
        guard let flags = reader.byte() else { return .incomplete }
        // Tracing, custom payload, warning, beta: never compression, which wasn't asked for.
        guard flags & ~0x1E == 0 else { return .invalid }
        guard let stream = reader.big(version < 3 ? 1 : 2) else { return .incomplete }
        guard stream == 0 else { return .invalid }
        guard let opcode = reader.byte() else { return .incomplete }
        guard opcode <= 0x10 else { return .invalid }
        guard let length = reader.big(4) else { return .incomplete }
        guard length < ProbeLimits.bytes else { return .invalid }
        guard let body = reader.take(Int(length)) else { return .incomplete }
        guard let content = content(of: body, flags: flags) else { return .invalid }
        return .frame(Frame(version: version, opcode: opcode, body: content), length: bytes.count - reader.remaining)
    }

    /// What remains after what the flags put in front.
    private static func content(of body: ArraySlice<UInt8>, flags: UInt8) -> ArraySlice<UInt8>? {
        var reader = ByteReader(body)
        if flags & 0x02 != 0, reader.take(16) == nil { return nil }
        if flags & 0x08 != 0 {
            guard let warnings = reader.big(2) else { return nil }
            for _ in 0..<warnings where reader.counted(2) == nil { return nil }
        }
        if flags & 0x04 != 0 {
            guard let entries = reader.big(2) else { return nil }
            for _ in 0..<entries { guard reader.counted(2) != nil, reader.counted(4) != nil else { return nil } }
        }
        return reader.rest
    }

    /// The keys of a SUPPORTED message; nil when it is none.
    static func supported(_ body: ArraySlice<UInt8>) -> Set<String>? {
        var reader = ByteReader(body)
        guard let count = reader.big(2), count <= 64 else { return nil }
        var keys: Set<String> = []
        for _ in 0..<count {
            guard let key = reader.counted(2), let values = reader.big(2) else { return nil }
            for _ in 0..<values where reader.counted(2) == nil { return nil }
            keys.insert(String(decoding: key, as: UTF8.self))
        }
        return reader.isAtEnd ? keys : nil
    }

    static func errorCode(_ body: ArraySlice<UInt8>) -> Int? {
        var reader = ByteReader(body)
        guard let code = reader.big(4), reader.counted(2) != nil else { return nil }
        return Int(code)
    }

    /// The only value of a result of one row and one column of text; nil when it is anything else.
    static func value(inResult body: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var reader = ByteReader(body)
        // Kind "rows"; the table named once for all columns.
        guard reader.big(4) == 2, let flags = reader.big(4), reader.big(4) == 1, flags & 0x06 == 0 else { return nil }
        guard reader.counted(2) != nil, reader.counted(2) != nil, reader.counted(2) != nil, let type = reader.big(2), [0x0A, 0x0D].contains(type),
            reader.big(4) == 1
        else { return nil }
        return reader.counted(4)
    }
}
