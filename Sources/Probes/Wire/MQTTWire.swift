/// Control packets of MQTT 3.1.1 (level 4) and 5 (OASIS).
enum MQTTWire {
    enum Level: UInt8 { case four = 4, five = 5 }

    enum Kind {
        static let connectAcknowledgement: UInt8 = 2
        static let publish: UInt8 = 3
        static let subscribeAcknowledgement: UInt8 = 9
        static let pingResponse: UInt8 = 13
        static let disconnect: UInt8 = 14
    }

    static let version = "$SYS/broker/version"
    static let ping: [UInt8] = [0xC0, 0]

    enum Reading {
        case incomplete, invalid
        case packet(kind: UInt8, flags: UInt8, body: ArraySlice<UInt8>, length: Int)
    }

    /// A clean session without user name, password or will.
    static func connect(_ level: Level, client: String) -> [UInt8] {
        packet(0x10, string("MQTT") + [level.rawValue, 0x02, 0, 60] + none(level) + string(client))
    }

    /// At most once each.
    static func subscribe(_ level: Level, _ topics: [String]) -> [UInt8] {
        packet(0x82, [0, 1] + none(level) + topics.flatMap { string($0) + [0] })
    }

    /// Takes the subscriptions back, and says goodbye.
    static func leave(_ level: Level, _ topics: [String]) -> [UInt8] {
        packet(0xA2, [0, 2] + none(level) + topics.flatMap(string)) + [0xE0, 0]
    }

    /// Version 5 has properties: none.
    private static func none(_ level: Level) -> [UInt8] { level == .five ? [0] : [] }

    private static func packet(_ first: UInt8, _ body: [UInt8]) -> [UInt8] {
        var length: [UInt8] = []
        var rest = body.count
        repeat {
            length.append(UInt8(truncatingIfNeeded: rest & 0x7F) | (rest > 0x7F ? 0x80 : 0))
            rest >>= 7
        } while rest > 0
        return [first] + length + body
    }

    private static func string(_ text: String) -> [UInt8] { [UInt8](counted: text.utf8, width: 2) }

    /// Reads the first packet of `bytes`.
    static func read(_ bytes: ArraySlice<UInt8>) -> Reading {
        var reader = ByteReader(bytes)
        guard let first = reader.byte() else { return .incomplete }
        var length = 0
        for shift in [0, 7, 14, 21] {
            guard let byte = reader.byte() else { return .incomplete }
            length |= Int(byte & 0x7F) << shift
            if byte < 0x80 {
                guard length < ProbeLimits.bytes else { return .invalid }
                guard let body = reader.take(length) else { return .incomplete }
                return .packet(kind: first >> 4, flags: first & 0x0F, body: body, length: bytes.count - reader.remaining)
            }
        }
        return .invalid
    }

    /// The code of a CONNACK; nil when it is none.
    static func connectCode(_ body: ArraySlice<UInt8>, _ level: Level) -> UInt8? {
        var reader = ByteReader(body)
        // No session is present in a clean one.
        guard reader.byte() == 0, let code = reader.byte() else { return nil }
        // A server of version 3 answers so to version 5 as well.
        guard !reader.isAtEnd else { return code }
        guard level == .five, reader.properties() else { return nil }
        return reader.isAtEnd ? code : nil
    }

    /// The codes of a SUBACK for the only request; nil when it is none.
    static func subscribeCodes(_ body: ArraySlice<UInt8>, _ level: Level, topics: Int) -> [UInt8]? {
        var reader = ByteReader(body)
        guard reader.big(2) == 1, level == .four || reader.properties(), reader.remaining == topics else { return nil }
        return Array(reader.rest)
    }

    /// What was published about the broker's version; nil for anything else, of which nothing is kept.
    static func versionText(flags: UInt8, _ body: ArraySlice<UInt8>, _ level: Level) -> ArraySlice<UInt8>? {
        var reader = ByteReader(body)
        guard flags & 0x06 == 0, let topic = reader.counted(2), topic.elementsEqual(version.utf8), level == .four || reader.properties() else {
            return nil
        }
        return reader.rest.prefix(128)
    }
}

extension ByteReader {
    /// Passes over the properties of MQTT 5.
    fileprivate mutating func properties() -> Bool {
        var length = 0
        for shift in [0, 7, 14, 21] {
            guard let byte = byte() else { return false }
            length |= Int(byte & 0x7F) << shift
            if byte < 0x80 { return take(length) != nil }
        }
        return false
    }
}
