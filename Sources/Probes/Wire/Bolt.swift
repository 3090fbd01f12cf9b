/// Neo4j's Bolt protocol: the handshake, and messages in chunks.
enum Bolt {
    enum Tag {
        static let hello: UInt8 = 0x01
        static let goodbye: UInt8 = 0x02
        static let run: UInt8 = 0x10
        static let pull: UInt8 = 0x3F
        static let success: UInt8 = 0x70
        static let record: UInt8 = 0x71
        static let failure: UInt8 = 0x7F
    }

    /// The magic, and the versions that are spoken here: 5.0; 4.4 down to 4.2; 4.1; 3. In all of them HELLO carries the authentication.
    static let handshake: [UInt8] = [0x60, 0x60, 0xB0, 0x17, 0, 0, 0, 5, 0, 2, 4, 4, 0, 0, 1, 4, 0, 0, 0, 3]

    /// Major and minor, of one of the versions that ``handshake`` offers.
    static func version(_ bytes: [UInt8]) -> (major: UInt8, minor: UInt8)? {
        guard bytes.count == 4, bytes[0] == 0, bytes[1] == 0 else { return nil }
        switch (bytes[3], bytes[2]) {
        case (5, 0), (4, 1...4), (3, 0): return (bytes[3], bytes[2])
        default: return nil
        }
    }

    static func hello(account: DefaultAccount?) -> [UInt8] {
        var map = [("user_agent", "suwen/1"), ("scheme", account == nil ? "none" : "basic")]
        if let account { map += [("principal", account.user), ("credentials", account.password)] }
        return message(Tag.hello, [textMap(map)])
    }

    /// The statement in a transaction that may only read, and the first of its records.
    static func read(_ statement: String, major: UInt8) -> [UInt8] {
        let run = message(Tag.run, [text(statement), [0xA0], textMap([("mode", "r")])])
        // Before version 4 it is PULL_ALL, without a field.
        return run + (major < 4 ? message(Tag.pull, []) : message(Tag.pull, [[0xA1] + text("n") + [1]]))
    }

    static let goodbye = message(Tag.goodbye, [])

    private static func message(_ tag: UInt8, _ fields: [[UInt8]]) -> [UInt8] {
        let body = [0xB0 | UInt8(truncatingIfNeeded: fields.count), tag] + fields.flatMap { $0 }
        var chunk: [UInt8] = []
        chunk.appendBig(UInt16(truncatingIfNeeded: body.count))
        return chunk + body + [0, 0]
    }

    private static func textMap(_ members: [(String, String)]) -> [UInt8] {
        [0xA0 | UInt8(truncatingIfNeeded: members.count)] + members.flatMap { text($0.0) + text($0.1) }
    }

    private static func text(_ text: String) -> [UInt8] { [0xD0, UInt8(truncatingIfNeeded: text.utf8.count)] + Array(text.utf8) }

    /// Puts messages together from their chunks.
    struct Messages {
        private var buffer = LineBuffer()
        private var message: [UInt8] = []

        private static let longest = 64 << 10

        enum Reading {
            case incomplete, invalid
            case message(tag: UInt8, fields: [PackStream.Value])
        }

        mutating func append(_ bytes: [UInt8]) { buffer.append(bytes) }

        mutating func next() -> Reading {
            while true {
                var reader = ByteReader(buffer.pending)
                guard let length = reader.big(2) else { return .incomplete }
                guard length > 0 else {
                    _ = buffer.take(2)
                    // An empty message keeps the connection alive.
                    guard !message.isEmpty else { continue }
                    defer { message = [] }
                    guard case .structure(let tag, let fields) = PackStream.read(message) else { return .invalid }
                    return .message(tag: tag, fields: fields)
                }
                guard message.count + Int(length) <= Self.longest else { return .invalid }
                guard let chunk = buffer.take(2 + Int(length)) else { return .incomplete }
                message += chunk.dropFirst(2)
            }
        }
    }
}
