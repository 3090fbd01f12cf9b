/// Messages of the MongoDB wire protocol: `OP_MSG`, and `OP_QUERY` for servers before 3.6, which know nothing else.
enum MongoDBWire {
    enum Dialect { case message, query }

    private enum OpCode {
        static let reply = 1
        static let query = 2004
        static let message = 2013
    }

    private static let headerLength = 16

    /// `command` on the `admin` database.
    static func command(_ command: (String, BSON.Field), dialect: Dialect, request: Int32) -> [UInt8] {
        var body: [UInt8] = []
        switch dialect {
        case .message:
            // No flags; one section of kind 0.
            body = [0, 0, 0, 0, 0] + BSON.document([command, ("$db", .string("admin"))])
        case .query:
            // secondaryOk, so that a replica's secondary answers too.
            body.appendLittle(Int32(4))
            body.appendTerminated("admin.$cmd")
            body.appendLittle(Int32(0))
            body.appendLittle(Int32(-1))
            body += BSON.document([command])
        }
        var message: [UInt8] = []
        message.appendLittle(Int32(truncatingIfNeeded: headerLength + body.count))
        message.appendLittle(request)
        message.appendLittle(Int32(0))
        message.appendLittle(Int32(dialect == .message ? OpCode.message : OpCode.query))
        return message + body
    }

    enum Reading {
        case incomplete
        /// No reply to this request.
        case invalid
        case reply([String: BSON.Value], length: Int)
    }

    /// Reads one reply off the front of `bytes`.
    static func read(_ bytes: [UInt8], dialect: Dialect, request: Int32) -> Reading {
        var reader = ByteReader(bytes)
        // A wrong length or opcode shows itself before the message is complete.
        guard let length = reader.littleInt32() else { return .incomplete }
        guard length >= headerLength + 5, length <= ProbeLimits.bytes else { return .invalid }
        guard let _ = reader.littleInt32(), let answered = reader.littleInt32(), let code = reader.littleInt32() else { return .incomplete }
        guard answered == Int(request), code == (dialect == .message ? OpCode.message : OpCode.reply) else { return .invalid }
        guard let body = reader.take(length - headerLength) else { return .incomplete }
        var content = ByteReader(body)
        switch dialect {
        case .message:
            guard let flags = content.little(4), flags & 0xFFFF & ~3 == 0, content.byte() == 0 else { return .invalid }
            // A checksum of four bytes follows when bit 0 says so.
            let document = flags & 1 == 1 ? content.rest.dropLast(4) : content.rest
            return BSON.fields(of: document).map { .reply($0, length: length) } ?? .invalid
        case .query:
            guard content.take(16) != nil, content.littleInt32() == 1, let fields = BSON.fields(of: content.rest) else { return .invalid }
            return .reply(fields, length: length)
        }
    }
}
