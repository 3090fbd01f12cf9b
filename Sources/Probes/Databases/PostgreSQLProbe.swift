import Findings

/// PostgreSQL, protocol 3.0. Logs in as `postgres` without a password and, once the server is ready for queries, asks for its version; a server
/// that admits nobody in plain text is asked again inside TLS.
struct PostgreSQLProbe: Probe {
    static let service = Service.postgreSQL
    static func finds(_ service: Service) -> Bool { [.postgreSQL, .kingbase].contains(service) }
    /// TLS begins after an `SSLRequest`.
    static let speaksInsideTLS = false

    private enum State { case askingForTLS, startup, authenticated, query }

    private var state = State.startup
    private var wantsTLS = false
    private var isSecure = false
    private var buffer: [UInt8] = []
    private var version: String?
    private var relative = PostgreSQLRelative()
    private var rows = 0
    /// What the plain attempt came to: it stands when TLS isn't to be had.
    private var plainResult: ProbeResult?

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction {
        buffer = []
        guard wantsTLS else { return .send(Self.startup) }
        state = .askingForTLS
        return .send(Self.sslRequest)
    }

    mutating func secured() -> ProbeAction {
        isSecure = true
        state = .startup
        return .send(Self.startup)
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer += bytes
        if state == .askingForTLS {
            // Exactly one byte: whatever comes with it was not sent inside TLS.
            guard buffer == [UInt8(ascii: "S")] else { return .done(plainResult ?? .other) }
            buffer = []
            return .startTLS()
        }
        var reader = ByteReader(buffer)
        while let type = reader.rest.first {
            guard Self.isKnown(type) else { return .done(state == .startup ? .other : open) }
            guard reader.remaining >= 5 else { break }
            let start = reader
            _ = reader.byte()
            guard let length = reader.big(4), (4...UInt64(ProbeLimits.bytes)).contains(length) else {
                return .done(state == .startup ? .other : open)
            }
            guard let body = reader.take(Int(length) - 4) else {
                reader = start
                break
            }
            if let action = message(type, body) {
                buffer = Array(reader.rest)
                return action
            }
        }
        buffer = Array(reader.rest)
        return .needMore
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        switch state {
        case .startup, .askingForTLS: .done(plainResult ?? .other)
        case .authenticated, .query: .done(open)
        }
    }

    /// Nil: read on.
    private mutating func message(_ type: UInt8, _ body: ArraySlice<UInt8>) -> ProbeAction? {
        switch (state, type) {
        case (.startup, UInt8(ascii: "R")):
            var reader = ByteReader(body)
            guard let kind = reader.big(4) else { return .done(.other) }
            relative.note(request: kind, reader.rest)
            // AuthenticationOk; 2…12 are the ways to ask for a proof, and 13 is one of openGauss.
            guard kind == 0 else { return (2...13).contains(kind) ? .done(required("exposure.password-asked")) : .done(.other) }
            state = .authenticated
            return nil
        case (.startup, UInt8(ascii: "E")): return refused(Self.sqlState(body))
        case (.authenticated, UInt8(ascii: "S")):
            var reader = ByteReader(body)
            if let name = reader.terminated(), let value = reader.terminated() {
                if name.elementsEqual("server_version".utf8) { version = PeerText.version(value) }
                relative.note(parameter: name, value)
            }
            return nil
        case (.authenticated, UInt8(ascii: "Z")):
            state = .query
            return .send(Self.query)
        case (.authenticated, UInt8(ascii: "E")):
            // Let in without a proof; only the role or the database by this name is missing (28000, 3D000).
            let code = Self.sqlState(body)
            guard code == "28000" || code == "3D000" else { return .done(reading(.unknown, "exposure.refused", ["reply": .text(code)])) }
            return .done(reading(.notRequired, "exposure.postgresql-no-role", ["reply": .text(code)]))
        case (.query, UInt8(ascii: "D")):
            rows += 1
            return nil
        case (.query, UInt8(ascii: "Z")), (.query, UInt8(ascii: "E")):
            return .done(open, farewell: Self.terminate)
        case (.startup, _): return .done(.other)
        default: return nil
        }
    }

    /// Before anybody was authenticated.
    private mutating func refused(_ code: String) -> ProbeAction {
        let facts = ["reply": Fact.text(code)]
        switch code {
        case "28000":
            // No entry of pg_hba.conf for this client: perhaps there is one for TLS.
            let result = reading(.required, "exposure.refused", facts)
            guard !wantsTLS else { return .done(result) }
            plainResult = result
            wantsTLS = true
            return .reconnect
        case "28P01": return .done(required("exposure.refused", facts))
        case "": return .done(.other)
        default: return .done(reading(.unknown, "exposure.busy", facts))
        }
    }

    private var open: ProbeResult {
        rows > 0 ? reading(.notRequired, "exposure.postgresql-session") : reading(.unknown, "exposure.session-broken")
    }

    private func required(_ key: String, _ facts: [String: Fact] = [:]) -> ProbeResult { reading(.required, key, facts) }

    private func reading(_ authentication: ServiceReading.Authentication, _ key: String, _ facts: [String: Fact] = [:]) -> ProbeResult {
        .recognised(
            ServiceReading(
                relative.service, authentication, product: relative.product, version: version, evidence: [Message(key, facts)], usesTLS: isSecure))
    }

    /// The field `C` of an ErrorResponse: five letters and digits, or nothing.
    private static func sqlState(_ body: ArraySlice<UInt8>) -> String {
        var reader = ByteReader(body)
        while let field = reader.byte(), field != 0, let value = reader.terminated() {
            guard field == UInt8(ascii: "C") else { continue }
            let isCode = value.count == 5 && value.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
            return isCode ? String(decoding: value, as: UTF8.self) : ""
        }
        return ""
    }

    private static func isKnown(_ type: UInt8) -> Bool { "RESKZNTDCIvA".utf8.contains(type) }

    private static let startup: [UInt8] = {
        var body: [UInt8] = []
        body.appendBig(UInt32(196_608))
        for text in ["user", "postgres", "database", "postgres", "application_name", "suwen"] { body.appendTerminated(text) }
        body.append(0)
        var message: [UInt8] = []
        message.appendBig(UInt32(body.count + 4))
        return message + body
    }()

    /// Length 8, code 80877103.
    private static let sslRequest: [UInt8] = [0, 0, 0, 8, 0x04, 0xD2, 0x16, 0x2F]

    private static let query: [UInt8] = {
        var body: [UInt8] = []
        body.appendTerminated("SHOW server_version")
        var message: [UInt8] = [UInt8(ascii: "Q")]
        message.appendBig(UInt32(body.count + 4))
        return message + body
    }()

    private static let terminate: [UInt8] = [UInt8(ascii: "X"), 0, 0, 0, 4]
}
