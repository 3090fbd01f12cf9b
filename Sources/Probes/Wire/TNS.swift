/// Packets of Oracle's Transparent Network Substrate: length, checksum (unused), type, flags, checksum (unused), body.
enum TNS {
    enum Kind: UInt8 {
        case accept = 2
        case refuse = 4
        case redirect = 5
        case resend = 11
    }

    enum Reading {
        case incomplete, invalid
        case packet(Kind, version: String?)
    }

    private static let headerLength = 8
    private static let longest = 4096

    /// Reads the first packet of `bytes`.
    static func read(_ bytes: [UInt8]) -> Reading {
        var reader = ByteReader(bytes)
        guard let length = reader.big(2) else { return .incomplete }
        guard (headerLength...longest).contains(Int(length)) else { return .invalid }
        guard let checksum = reader.big(2) else { return .incomplete }
        guard checksum == 0 else { return .invalid }
        guard let type = reader.byte() else { return .incomplete }
        guard let kind = Kind(rawValue: type) else { return .invalid }
        guard bytes.count >= Int(length) else { return .incomplete }
        let body = bytes[headerLength..<Int(length)]
        switch kind {
        case .resend: return body.isEmpty ? .packet(kind, version: nil) : .invalid
        case .accept:
            // The version of the protocol, and the options and sizes that follow.
            var reader = ByteReader(body)
            guard let version = reader.big(2), (300...399).contains(version), body.count >= 16 else { return .invalid }
            return .packet(kind, version: nil)
        case .redirect:
            return contains(body, "(ADDRESS") || contains(body, "(DESCRIPTION") ? .packet(kind, version: nil) : .invalid
        case .refuse:
            // Two reasons, the length of the text, the text.
            var reader = ByteReader(body)
            guard reader.take(2) != nil, let count = reader.big(2), let text = reader.take(Int(count)), contains(text, "(DESCRIPTION=") else {
                return .invalid
            }
            return .packet(kind, version: version(in: text))
        }
    }

    private static func contains(_ bytes: ArraySlice<UInt8>, _ text: String) -> Bool {
        String(decoding: bytes, as: UTF8.self).contains(text)
    }

    /// `VSNNUM`: 8, 4, 8, 4 and 8 bits of the version until Oracle 12, and 8, 8, 4, 8 and 4 bits since 18.
    private static func version(in text: ArraySlice<UInt8>) -> String? {
        guard let found = String(decoding: text, as: UTF8.self).split(separator: "(VSNNUM=", maxSplits: 1).dropFirst().first,
            let number = UInt32(found.prefix { $0 != ")" })
        else { return nil }
        let widths: [UInt32] = number >> 24 >= 18 ? [8, 8, 4, 8, 4] : [8, 4, 8, 4, 8]
        var shift: UInt32 = 32
        return widths.map { width in
            shift -= width
            return String(number >> shift & (1 << width - 1))
        }.joined(separator: ".")
    }

    /// A CONNECT packet of version 313 (which takes 300 too) for a named service.
    static func connect(service: String) -> [UInt8] {
        let data = Array(
            "(DESCRIPTION=(CONNECT_DATA=(SERVICE_NAME=\(service))(CID=(PROGRAM=suwen)(HOST=suwen)(USER=suwen))))".utf8)
        let offset = 58
        var packet: [UInt8] = []
        packet.appendBig(UInt16(truncatingIfNeeded: offset + data.count))
        packet += [0, 0, 1, 0, 0, 0]
        // Version, oldest version, options, session data unit, transport data unit, characteristics, line turnaround, 1 in our byte order.
        for value: UInt16 in [313, 300, 0, 2048, 32767, 0x4F98, 0, 1] { packet.appendBig(value) }
        packet.appendBig(UInt16(truncatingIfNeeded: data.count))
        packet.appendBig(UInt16(truncatingIfNeeded: offset))
        // No limit of connect data; no flags; no tracing.
        packet += [UInt8](repeating: 0, count: offset - packet.count)
        return packet + data
    }
}
