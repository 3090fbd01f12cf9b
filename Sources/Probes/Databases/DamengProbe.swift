import Findings

/// 达梦 DM. The protocol isn't published; what independent drivers agree on is its frame of 64 bytes with a checksum, and the STARTUP message that
/// opens every connection before any login. Only an answer that fits them exactly counts: the version, or the server's own refusal to start.
struct DamengProbe: Probe {
    static let service = Service.dameng
    static let speaksInsideTLS = true

    private var buffer: [UInt8] = []

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction {
        buffer = []
        return .send(Self.startup)
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer += bytes
        var reader = ByteReader(buffer)
        guard reader.take(4) != nil, let kind = reader.little(2) else { return .needMore }
        guard kind == Kind.started || kind == Kind.refused else { return .done(.other) }
        guard let length = reader.littleInt32(), let code = reader.littleInt32(), reader.take(5) != nil, let checksum = reader.byte() else {
            return .needMore
        }
        guard buffer.prefix(19).reduce(0, ^) == checksum, (12...Self.longest).contains(length), (kind == Kind.started) == (code >= 0) else {
            return .done(.other)
        }
        guard buffer.count >= Self.headerLength + length else { return .needMore }
        let body = buffer[Self.headerLength..<Self.headerLength + length]
        guard kind == Kind.refused ? Self.isRefusal(body) : Self.version(in: body) != nil else { return .done(.other) }
        return .done(
            .recognised(
                ServiceReading(
                    Self.service, .unknown, version: kind == Kind.started ? Self.version(in: body) : nil,
                    evidence: [Message("exposure.identified-only")])))
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction { .done(buffer.isEmpty && end == .closed ? .perhapsTLS : .other) }

    private enum Kind {
        static let startup: UInt8 = 200
        static let started: UInt64 = 228
        static let refused: UInt64 = 187
    }

    private static let headerLength = 64
    private static let longest = 8192

    /// After 16 bytes: the length of the version, and the version: numbers with dots.
    private static func version(in body: ArraySlice<UInt8>) -> String? {
        var reader = ByteReader(body)
        guard reader.take(16) != nil, let length = reader.little(4), (5...32).contains(length), let text = reader.take(Int(length)),
            text.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }), text.contains(UInt8(ascii: "."))
        else { return nil }
        return PeerText.version(text)
    }

    /// After 8 bytes: the length of the message, and the message.
    private static func isRefusal(_ body: ArraySlice<UInt8>) -> Bool {
        var reader = ByteReader(body)
        guard reader.take(8) != nil, let length = reader.little(4), length > 0 else { return false }
        return length <= UInt64(reader.remaining)
    }

    private static let startup: [UInt8] = {
        var body: [UInt8] = []
        let version = "8.1.1.126"
        body.appendLittle(Int32(version.utf8.count))
        body.appendTerminated(version)
        // The key that a login would be encrypted with: none follows.
        body.appendLittle(Int32(64))
        body += (0..<64).map { _ in UInt8.random(in: 1...255) }
        var header: [UInt8] = [0, 0, 0, 0, Kind.startup, 0]
        header.appendLittle(Int32(body.count))
        header += [UInt8](repeating: 0, count: 9)
        header.append(header.reduce(0, ^))
        return header + [UInt8](repeating: 0, count: headerLength - header.count) + body
    }()
}
