import Findings

/// Memcached. Asks for `stats` in the text protocol; a server that speaks only the binary one (it must, with SASL) is asked there.
struct MemcachedProbe: Probe {
    static let service = Service.memcached
    static let speaksInsideTLS = true

    private enum State { case text, binary }

    private var state = State.text
    private var buffer = LineBuffer()
    private var items: Int?
    private var version: String?
    private var statistics = 0

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction {
        buffer = LineBuffer()
        (items, version, statistics) = (nil, nil, 0)
        return .send(state == .text ? Array("stats\r\n".utf8) : Binary.statistics)
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer.append(bytes)
        return state == .text ? readText() : readBinary()
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        guard buffer.pending.isEmpty, statistics == 0, end == .closed else { return .done(.other) }
        guard state == .text else { return .done(.perhapsTLS) }
        state = .binary
        return .reconnect
    }

    private mutating func readText() -> ProbeAction {
        while let line = buffer.line() {
            if line.elementsEqual("END".utf8) { return .done(open()) }
            if line.starts(with: "CLIENT_ERROR unauthenticated".utf8) { return .done(Self.closed) }
            guard line.starts(with: "STAT ".utf8) else { return .done(.other) }
            let words = line.dropFirst(5).split(separator: 0x20, maxSplits: 1)
            guard words.count == 2 else { return .done(.other) }
            note(words[0], words[1])
        }
        let start = buffer.pending.prefix(5)
        guard "STAT ".utf8.starts(with: start) || "END\r\n".utf8.starts(with: start) || "CLIEN".utf8.starts(with: start), !buffer.isTooLong else {
            return .done(.other)
        }
        return .needMore
    }

    private mutating func readBinary() -> ProbeAction {
        while buffer.pending.count >= Binary.headerLength {
            guard let header = Binary.Header(buffer.pending), header.bodyLength < ProbeLimits.bytes else { return .done(.other) }
            guard let packet = buffer.take(Binary.headerLength + header.bodyLength) else { return .needMore }
            switch header.status {
            case 0:
                // The last statistic has no key (Memcached's protocol_binary.txt, 4.15).
                guard header.keyLength > 0 else { return .done(open()) }
                let body = packet.dropFirst(Binary.headerLength + header.extrasLength)
                note(body.prefix(header.keyLength), body.dropFirst(header.keyLength))
            case Binary.authenticationError: return .done(Self.closed)
            default: return .done(.other)
            }
        }
        return .needMore
    }

    private mutating func note(_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) {
        statistics += 1
        if name.elementsEqual("version".utf8) { version = PeerText.version(value) }
        if name.elementsEqual("curr_items".utf8) { items = decimal(value) }
    }

    private func open() -> ProbeResult {
        guard let items, items >= 0, let version else { return .other }
        return .recognised(
            ServiceReading(Self.service, .notRequired, version: version, evidence: [Message("exposure.memcached-items", ["items": .count(items)])]))
    }

    private static let closed = ProbeResult.recognised(
        ServiceReading(service, .required, evidence: [Message("exposure.refused", ["reply": "unauthenticated"])]))

    private enum Binary {
        static let headerLength = 24
        static let authenticationError = 0x20
        /// Magic 0x80, opcode 0x10, and nothing else.
        static let statistics: [UInt8] = [0x80, 0x10] + [UInt8](repeating: 0, count: 22)

        struct Header {
            let keyLength: Int
            let extrasLength: Int
            let status: Int
            let bodyLength: Int

            init?(_ bytes: ArraySlice<UInt8>) {
                var reader = ByteReader(bytes)
                guard reader.byte() == 0x81, reader.byte() == 0x10, let key = reader.big(2), let extras = reader.byte(), reader.byte() != nil,
                    let status = reader.big(2), let body = reader.big(4), UInt64(extras) + key <= body
                else { return nil }
                (keyLength, extrasLength, self.status, bodyLength) = (Int(key), Int(extras), Int(status), Int(body))
            }
        }
    }
}
