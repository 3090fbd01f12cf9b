/// Frames and methods of AMQP 0-9-1 (specification, sections 2.3 and 4.2).
enum AMQPWire {
    enum Method {
        static let start: UInt64 = 10 << 16 | 10
        static let tune: UInt64 = 10 << 16 | 30
        static let openOK: UInt64 = 10 << 16 | 41
        static let close: UInt64 = 10 << 16 | 50
    }

    private static let endOfFrame: UInt8 = 0xCE
    private static let longestFrame = 128 << 10

    static let header: [UInt8] = Array("AMQP".utf8) + [0, 0, 9, 1]

    enum Reading {
        case incomplete, invalid
        /// Another version of the protocol: the server's own header.
        case header(version: String)
        /// A heartbeat.
        case other(length: Int)
        case method(UInt64, fields: ArraySlice<UInt8>, length: Int)
    }

    /// Reads the first frame of `bytes`.
    static func read(_ bytes: ArraySlice<UInt8>) -> Reading {
        var reader = ByteReader(bytes)
        guard let type = reader.byte() else { return .incomplete }
        if type == header[0] { return otherVersion(bytes) }
        guard type == 1 || type == 8 else { return .invalid }
        guard let channel = reader.big(2) else { return .incomplete }
        guard channel == 0 else { return .invalid }
        guard let size = reader.big(4) else { return .incomplete }
        guard size <= longestFrame, type == 8 || size >= 4 else { return .invalid }
        guard let payload = reader.take(Int(size)), let end = reader.byte() else { return .incomplete }
        guard end == endOfFrame else { return .invalid }
        let length = Int(size) + 8
        var fields = ByteReader(payload)
        guard type == 1, let method = fields.big(4) else { return .other(length: length) }
        return .method(method, fields: fields.rest, length: length)
    }

    /// What follows it, such as the ways to log in of AMQP 1.0, isn't read.
    private static func otherVersion(_ bytes: ArraySlice<UInt8>) -> Reading {
        guard zip(bytes, header.prefix(4)).allSatisfy(==) else { return .invalid }
        guard bytes.count >= 8 else { return .incomplete }
        let named = Array(bytes.prefix(8))
        // A kind (plain, TLS, SASL), then three numbers. Nobody turns down the version that was asked for: that is an echo.
        guard named != header, named[4] <= 3, named[5] <= 1, named[6] <= 10, named[7] <= 10 else { return .invalid }
        return .header(version: named[5] == 1 ? "1.0" : "0-\(max(named[5], named[6]))")
    }

    struct Start {
        let product: String?
        let version: String?
        let mechanisms: [String]

        /// Nil unless it is a Connection.Start of 0-9.
        init?(_ fields: ArraySlice<UInt8>) {
            var reader = ByteReader(fields)
            guard reader.byte() == 0, reader.byte() == 9, let properties = reader.counted(4), let mechanisms = reader.counted(4),
                let locales = reader.counted(4), !locales.isEmpty, mechanisms.count <= 1024, let texts = AMQPWire.texts(properties)
            else { return nil }
            product = PeerText.version(texts["product"])
            version = PeerText.version(texts["version"])
            self.mechanisms = mechanisms.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// The long strings of a table; nil when it is broken.
    private static func texts(_ table: ArraySlice<UInt8>) -> [String: String]? {
        var reader = ByteReader(table)
        var texts: [String: String] = [:]
        while !reader.isAtEnd {
            guard let name = reader.counted(1), let type = reader.byte() else { return nil }
            if type == UInt8(ascii: "S") {
                guard let value = reader.counted(4) else { return nil }
                texts[String(decoding: name, as: UTF8.self)] = String(decoding: value.prefix(256), as: UTF8.self)
            } else {
                guard skip(type, &reader) else { return nil }
            }
        }
        return texts
    }

    private static func skip(_ type: UInt8, _ reader: inout ByteReader) -> Bool {
        switch type {
        case UInt8(ascii: "V"): true
        case UInt8(ascii: "t"), UInt8(ascii: "b"), UInt8(ascii: "B"): reader.take(1) != nil
        case UInt8(ascii: "s"), UInt8(ascii: "u"), UInt8(ascii: "U"): reader.take(2) != nil
        case UInt8(ascii: "I"), UInt8(ascii: "i"), UInt8(ascii: "f"): reader.take(4) != nil
        case UInt8(ascii: "D"): reader.take(5) != nil
        case UInt8(ascii: "l"), UInt8(ascii: "L"), UInt8(ascii: "d"), UInt8(ascii: "T"): reader.take(8) != nil
        case UInt8(ascii: "A"), UInt8(ascii: "F"), UInt8(ascii: "x"): reader.counted(4) != nil
        default: false
        }
    }

    /// Answers the server's greeting. That a refusal is told before the connection is closed must be asked for.
    static func startOK(mechanism: String, response: [UInt8]) -> [UInt8] {
        let refusal = shortString("authentication_failure_close") + [UInt8(ascii: "t"), 1]
        let properties =
            shortString("product") + [UInt8(ascii: "S")] + longString(Array("suwen".utf8)) + shortString("capabilities")
            + [UInt8(ascii: "F")] + longString(refusal)
        return method(10, 11, longString(properties) + shortString(mechanism) + longString(response) + shortString("en_US"))
    }

    /// Takes the limits that the server wishes, without heartbeats, and opens the virtual host `/`.
    static func openRoot(limits: ArraySlice<UInt8>) -> [UInt8] {
        method(10, 31, Array(limits.prefix(6)) + [0, 0]) + method(10, 40, shortString("/") + [0, 0])
    }

    /// Says goodbye: 200.
    static let close = method(10, 50, [0, 200] + shortString("bye") + [0, 0, 0, 0])
    static let closeOK = method(10, 51, [])

    private static func method(_ group: UInt16, _ number: UInt16, _ fields: [UInt8]) -> [UInt8] {
        var frame: [UInt8] = [1, 0, 0]
        frame.appendBig(UInt32(truncatingIfNeeded: fields.count + 4))
        frame.appendBig(group)
        frame.appendBig(number)
        return frame + fields + [endOfFrame]
    }

    private static func shortString(_ text: String) -> [UInt8] { [UInt8(truncatingIfNeeded: text.utf8.count)] + Array(text.utf8) }

    private static func longString(_ bytes: [UInt8]) -> [UInt8] {
        var string: [UInt8] = []
        string.appendBig(UInt32(truncatingIfNeeded: bytes.count))
        return string + bytes
    }
}
