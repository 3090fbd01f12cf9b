import Findings

/// Redis (RESP2). Asks for `DBSIZE`, which an unauthenticated client may not: the reply is the number of keys. Then `INFO server` for the version.
struct RedisProbe: Probe {
    static let service = Service.redis
    static let speaksInsideTLS = true

    private enum State {
        case size
        /// The first line of the bulk string that answers `INFO`.
        case information(keys: Int)
        case text(keys: Int, length: Int)
    }

    private var state = State.size
    private var buffer = LineBuffer()

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction { .send(Self.command("DBSIZE")) }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer.append(bytes)
        while true {
            switch state {
            case .size:
                guard let first = buffer.pending.first else { return .needMore }
                // Whoever doesn't begin like Redis is somebody else, whether or not a line ever ends.
                guard first == UInt8(ascii: ":") || first == UInt8(ascii: "-") else { return .done(.other) }
                guard let line = buffer.line() else { return buffer.isTooLong ? .done(.other) : .needMore }
                if first == UInt8(ascii: "-") { return .done(Self.verdict(onError: line.dropFirst())) }
                guard let keys = decimal(line.dropFirst()), keys >= 0 else { return .done(.other) }
                state = .information(keys: keys)
                return .send(Self.command("INFO", "server"))
            case .information(let keys):
                guard let line = buffer.line() else { return buffer.isTooLong ? .done(Self.open(keys, nil)) : .needMore }
                guard line.first == UInt8(ascii: "$"), let length = decimal(line.dropFirst()), (0..<ProbeLimits.bytes).contains(length) else {
                    return .done(Self.open(keys, nil))
                }
                state = .text(keys: keys, length: length)
            case .text(let keys, let length):
                guard let text = buffer.take(length) else { return .needMore }
                return .done(Self.open(keys, RedisRelative(information: text)))
            }
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        switch state {
        case .size: .done(end == .closed && buffer.pending.isEmpty ? .perhapsTLS : .other)
        // The size was told: that is the proof; the version is a courtesy.
        case .information(let keys), .text(let keys, _): .done(Self.open(keys, nil))
        }
    }

    private static func open(_ keys: Int, _ relative: RedisRelative?) -> ProbeResult {
        .recognised(
            ServiceReading(
                service, .notRequired, product: relative?.product, version: relative?.version,
                evidence: [Message("exposure.redis-size", ["keys": .count(keys)])]))
    }

    /// Error codes of the server's `server.c` and `acl.c`: authentication is checked before anything else that could fail.
    private static func verdict(onError line: ArraySlice<UInt8>) -> ProbeResult {
        let code = PeerText.code(line)
        let reply = ["reply": Fact.text(code)]
        switch code {
        case "NOAUTH", "NOPERM", "WRONGPASS": return .recognised(ServiceReading(service, .required, evidence: [Message("exposure.refused", reply)]))
        case "DENIED": return .recognised(ServiceReading(service, .required, evidence: [Message("exposure.redis-protected")]))
        case "LOADING", "BUSY", "MASTERDOWN", "CLUSTERDOWN", "MISCONF", "TRYAGAIN":
            return .recognised(ServiceReading(service, .unknown, evidence: [Message("exposure.busy", reply)]))
        case "ERR":
            let text = String(decoding: line.prefix(200), as: UTF8.self)
            if text.contains("operation not permitted") {
                // Redis 2.4 and older.
                return .recognised(ServiceReading(service, .required, evidence: [Message("exposure.refused", reply)]))
            }
            guard text.contains("unknown command") || text.contains("max number of clients") else { return .other }
            return .recognised(ServiceReading(service, .unknown, evidence: [Message("exposure.busy", reply)]))
        default: return .other
        }
    }

    private static func command(_ words: String...) -> [UInt8] {
        Array(("*\(words.count)\r\n" + words.map { "$\($0.utf8.count)\r\n\($0)\r\n" }.joined()).utf8)
    }
}
