import Findings

/// SQL Server (MS-TDS). Sends only PRELOGIN (2.2.6.5), which comes before any login and tells the version and whether links are encrypted.
/// SQL Server has no account without a password, so nothing is tried.
struct SQLServerProbe: Probe {
    static let service = Service.sqlServer
    static let speaksInsideTLS = true

    private var buffer: [UInt8] = []

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction {
        buffer = []
        return .send(Self.prelogin)
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer += bytes
        // Type "tabular result", status "end of message".
        guard zip(buffer, [0x04, 0x01]).allSatisfy(==) else { return .done(.other) }
        var reader = ByteReader(buffer)
        _ = reader.take(2)
        guard let length = reader.big(2) else { return .needMore }
        guard (Self.headerLength + 7...Self.longest).contains(Int(length)) else { return .done(.other) }
        guard buffer.count >= Int(length) else { return .needMore }
        return .done(Self.reading(of: buffer[Self.headerLength..<Int(length)]) ?? .other)
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction { .done(buffer.isEmpty && end == .closed ? .perhapsTLS : .other) }

    private static let headerLength = 8
    private static let longest = 4096

    private enum Option {
        static let version: UInt8 = 0
        static let encryption: UInt8 = 1
        static let end: UInt8 = 0xFF
    }

    /// Nil unless the options are those of a PRELOGIN: a version first, each inside the message, none twice.
    private static func reading(of body: ArraySlice<UInt8>) -> ProbeResult? {
        var reader = ByteReader(body)
        var options: [UInt8: ArraySlice<UInt8>] = [:]
        var isFirst = true
        while true {
            guard let option = reader.byte() else { return nil }
            if option == Option.end { break }
            guard let offset = reader.big(2), let length = reader.big(2), Int(offset) + Int(length) <= body.count, options[option] == nil,
                !isFirst || option == Option.version
            else { return nil }
            options[option] = body.dropFirst(Int(offset)).prefix(Int(length))
            isFirst = false
        }
        guard let version = options[Option.version], version.count == 6, let encryption = options[Option.encryption], encryption.count == 1,
            let term = encryption.first.flatMap({ terms[$0] })
        else { return nil }
        var numbers = ByteReader(version)
        guard let major = numbers.byte(), let minor = numbers.byte(), let build = numbers.big(2) else { return nil }
        return .recognised(
            ServiceReading(
                service, .unknown, version: "\(major).\(minor).\(build)",
                evidence: [Message("exposure.identified-only"), Message("exposure.mssql-encryption", ["encryption": .term(term)])]))
    }

    /// What the server answers to "off, but possible".
    private static let terms: [UInt8: String] = [
        0: "exposure.encryption-login-only", 1: "exposure.encryption-required", 2: "exposure.encryption-none", 3: "exposure.encryption-required",
    ]

    private static let prelogin: [UInt8] = {
        let options: [(token: UInt8, value: [UInt8])] = [
            (Option.version, [9, 0, 0, 0, 0, 0]),
            // Off, but possible: the server then says what it would do.
            (Option.encryption, [0]),
            // The default instance; no thread; no multiple active result sets.
            (2, [0]), (3, [0, 0, 0, 0]), (4, [0]),
        ]
        var offset = options.count * 5 + 1
        var list: [UInt8] = []
        for option in options {
            list.append(option.token)
            list.appendBig(UInt16(truncatingIfNeeded: offset))
            list.appendBig(UInt16(truncatingIfNeeded: option.value.count))
            offset += option.value.count
        }
        let body = list + [Option.end] + options.flatMap(\.value)
        var packet: [UInt8] = [0x12, 0x01]
        packet.appendBig(UInt16(truncatingIfNeeded: headerLength + body.count))
        return packet + [0, 0, 0, 0] + body
    }()
}
