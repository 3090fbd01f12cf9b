/// Commands of ActiveMQ's OpenWire, version 1, loosely encoded: a length, a type, fields.
enum OpenWire {
    enum Kind {
        static let wireFormat: UInt8 = 1
        static let connection: UInt8 = 3
        static let shutdown: UInt8 = 11
        static let response: UInt8 = 30
        static let exception: UInt8 = 31
    }

    enum Reading {
        case incomplete, invalid
        case command(kind: UInt8, fields: ArraySlice<UInt8>, length: Int)
    }

    private static let magic = Array("ActiveMQ".utf8)
    private static let longest = 256 << 10

    /// The oldest version, nothing cached, nothing packed, no stack traces.
    static let wireFormat: [UInt8] = {
        let options = ["CacheEnabled", "TightEncodingEnabled", "SizePrefixDisabled", "StackTraceEnabled", "TcpNoDelayEnabled"]
        var properties: [UInt8] = []
        properties.appendBig(UInt32(options.count + 1))
        for option in options { properties += string(option) + [MapType.bool, 0] }
        properties += string("MaxInactivityDuration") + [MapType.long] + [UInt8](repeating: 0, count: 8)
        var body = [Kind.wireFormat] + magic + [0, 0, 0, 1, 1]
        body.appendBig(UInt32(properties.count))
        return framed(body + properties)
    }()

    /// Number 1, wants an answer; without user and password.
    static func connection(identifier: String) -> [UInt8] {
        let connection: [UInt8] = [1, 120, 1] + string(identifier)
        // Client, password, user, path: none but the first; neither a broker nor managed.
        return framed([Kind.connection, 0, 0, 0, 1, 1] + connection + [1] + string(identifier) + [0, 0, 0, 0, 0, 0])
    }

    static let shutdown = framed([Kind.shutdown, 0, 0, 0, 2, 0])

    private static func framed(_ body: [UInt8]) -> [UInt8] { [UInt8](counted: body, width: 4) }

    private static func string(_ text: String) -> [UInt8] { [UInt8](counted: text.utf8, width: 2) }

    /// Reads the first command of `bytes`.
    static func read(_ bytes: ArraySlice<UInt8>) -> Reading {
        var reader = ByteReader(bytes)
        guard let length = reader.big(4) else { return .incomplete }
        guard (1...UInt64(longest)).contains(length) else { return .invalid }
        guard let kind = reader.rest.first else { return .incomplete }
        guard kind <= 127 else { return .invalid }
        // What opens a connection says who it is before it is complete.
        if kind == Kind.wireFormat, !zip(reader.rest.dropFirst(), magic).allSatisfy(==) { return .invalid }
        guard let body = reader.take(Int(length)) else { return .incomplete }
        return .command(kind: kind, fields: body.dropFirst(), length: Int(length) + 4)
    }

    struct WireFormat {
        let provider: String?
        let version: String?

        /// Nil unless these are the fields of a WireFormatInfo.
        init?(_ fields: ArraySlice<UInt8>) {
            // An echo.
            guard !fields.elementsEqual(OpenWire.wireFormat.dropFirst(5)) else { return nil }
            var reader = ByteReader(fields)
            guard let start = reader.take(magic.count), start.elementsEqual(magic), let number = reader.big(4), (1...64).contains(number),
                let hasProperties = reader.byte(), hasProperties <= 1
            else { return nil }
            guard hasProperties == 1 else {
                (provider, version) = (nil, nil)
                return
            }
            guard let properties = reader.counted(4), let texts = OpenWire.texts(properties) else { return nil }
            provider = PeerText.version(texts["ProviderName"])
            version = PeerText.version(texts["ProviderVersion"])
        }
    }

    /// The class of the exception in an ExceptionResponse to command 1; empty when it doesn't say.
    static func exception(_ fields: ArraySlice<UInt8>) -> String? {
        var reader = ByteReader(fields)
        guard reader.take(5) != nil, reader.big(4) == 1, let isPresent = reader.byte() else { return nil }
        guard isPresent == 1, reader.byte() == 1 else { return "" }
        return reader.counted(2).map { String(decoding: $0.prefix(200), as: UTF8.self) }
    }

    static func answersConnection(_ fields: ArraySlice<UInt8>) -> Bool {
        var reader = ByteReader(fields)
        return reader.take(5) != nil && reader.big(4) == 1
    }

    /// Types in a map of primitive values.
    private enum MapType {
        static let bool: UInt8 = 1
        static let long: UInt8 = 6
    }

    /// The strings of a map of primitive values; nil when it is broken.
    private static func texts(_ map: ArraySlice<UInt8>) -> [String: String]? {
        var reader = ByteReader(map)
        guard let count = reader.big(4), count <= 64 else { return nil }
        var texts: [String: String] = [:]
        for _ in 0..<count {
            guard let name = reader.counted(2), let type = reader.byte() else { return nil }
            switch type {
            case 0: break
            case MapType.bool, 2: guard reader.take(1) != nil else { return nil }
            case 3, 4: guard reader.take(2) != nil else { return nil }
            case 5, 8: guard reader.take(4) != nil else { return nil }
            case MapType.long, 7: guard reader.take(8) != nil else { return nil }
            case 9, 13:
                guard let value = reader.counted(type == 9 ? 2 : 4) else { return nil }
                texts[String(decoding: name, as: UTF8.self)] = String(decoding: value.prefix(256), as: UTF8.self)
            case 10: guard reader.counted(4) != nil else { return nil }
            default: return nil
            }
        }
        return texts
    }
}
