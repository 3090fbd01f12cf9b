import Findings

/// MongoDB. After `hello` and `buildInfo`, which anybody may send, asks for the names of the logs (`getLog: "*"`), which needs a privilege: on a
/// server with access control `listDatabases` answers an anonymous client with an empty list, and proves nothing.
struct MongoDBProbe: Probe {
    static let service = Service.mongoDB
    static let speaksInsideTLS = true

    private enum State { case hello, build, log }

    private var state = State.hello
    private var dialect = MongoDBWire.Dialect.message
    private var request: Int32 = 0
    private var buffer: [UInt8] = []
    private var version: String?

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction {
        buffer = []
        state = .hello
        // Servers before 3.6 and their dialect know only isMaster.
        return ask((dialect == .message ? "hello" : "isMaster", .int32(1)))
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer += bytes
        switch MongoDBWire.read(buffer, dialect: dialect, request: request) {
        case .incomplete: return .needMore
        case .invalid: return .done(state == .hello ? .other : reading(.unknown, Message("exposure.session-broken")))
        case .reply(let fields, let length):
            buffer.removeFirst(length)
            return answered(fields)
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        guard state == .hello else { return .done(reading(.unknown, Message("exposure.session-broken"))) }
        guard buffer.isEmpty, end == .closed else { return .done(.other) }
        guard dialect == .message else { return .done(.perhapsTLS) }
        dialect = .query
        return .reconnect
    }

    private mutating func answered(_ fields: [String: BSON.Value]) -> ProbeAction {
        guard case .number(let ok) = fields["ok"] else {
            return .done(state == .hello ? .other : reading(.unknown, Message("exposure.session-broken")))
        }
        switch state {
        case .hello:
            // Servers before 4.4 don't know hello, and say so in MongoDB's way.
            state = .build
            return ask(("buildInfo", .int32(1)))
        case .build:
            if case .text(let text) = fields["version"] { version = PeerText.version(text) }
            state = .log
            return ask(("getLog", .string("*")))
        case .log:
            if ok == 1, fields["names"] != nil { return .done(reading(.notRequired, Message("exposure.mongodb-log"))) }
            var code = 0
            if case .number(let number) = fields["code"] { code = Int(exactly: number) ?? 0 }
            // Unauthorized, AuthenticationFailed, and what servers before 3.0 say without a code.
            var isRefusal = code == 13 || code == 18
            if code == 0, case .text(let text) = fields["errmsg"] { isRefusal = text.hasPrefix("unauthorized") || text.hasPrefix("not authorized") }
            return .done(
                reading(isRefusal ? .required : .unknown, Message(isRefusal ? "exposure.refused" : "exposure.busy", ["reply": .text("\(code)")])))
        }
    }

    private mutating func ask(_ command: (String, BSON.Field)) -> ProbeAction {
        request += 1
        return .send(MongoDBWire.command(command, dialect: dialect, request: request))
    }

    private func reading(_ authentication: ServiceReading.Authentication, _ message: Message) -> ProbeResult {
        .recognised(ServiceReading(Self.service, authentication, version: version, evidence: [message]))
    }
}
