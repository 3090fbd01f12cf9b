import Findings

/// SMB 2 and 3 ([MS-SMB2]). Asks for a session as nobody, lists the shares over `IPC$`, and opens the top folder of up to eight of them for
/// listing, without listing it. That nobody gets a session and a list is the custom of many servers; that nobody may open a share's folder is the
/// finding. A server that knows only SMB 1 is named as such.
struct SMBProbe: Probe {
    static let service = Service.smb
    static let speaksInsideTLS = false

    private static let mostTested = 8
    private static let mostRequests = 64

    private enum State { case negotiate, oldNegotiate, session, authentication, inside, pipe, bind, list, share, folder }

    private let host: String
    private let isExpected: Bool
    private var state = State.negotiate
    private var buffer: [UInt8] = []
    private var context = SMB2Wire.Context()
    private var requests = 0
    private var negotiated: SMB2Wire.Negotiated?
    private var version: String?
    private var product: String?
    private var pipe: [UInt8] = []
    private var answers = DCERPC.Answers()
    private var shares: [ShareList.Share] = []
    private var tested = 0
    private var readable = 0
    private var refused = 0

    init(_ peer: ProbePeer) {
        // A server's name with anything else in it isn't one; no server minds.
        host = peer.host.utf8.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "\\") } ? peer.host : "localhost"
        isExpected = peer.expected == Self.service
    }

    mutating func connected() -> ProbeAction {
        buffer = []
        guard state != .oldNegotiate else { return .send(SMB2Wire.oldNegotiate) }
        return .send(SMB2Wire.negotiate(context))
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer += bytes
        while true {
            // A session message of the transport, then the protocol's own four bytes.
            guard buffer.first.map({ $0 == 0 }) ?? true else { return .done(broken) }
            var reader = ByteReader(buffer)
            guard let length = reader.big(4) else { return .needMore }
            let mark: [UInt8] = state == .oldNegotiate ? [0xFF, 0x53, 0x4D, 0x42] : [0xFE, 0x53, 0x4D, 0x42]
            guard length >= 32, length <= UInt64(SMB2Wire.longest), mark.starts(with: reader.rest.prefix(4)) else { return .done(broken) }
            guard let packet = reader.take(Int(length)) else { return .needMore }
            buffer.removeFirst(4 + Int(length))
            if state == .oldNegotiate {
                return .done(SMB2Wire.isOldNegotiation(packet) ? reading(.unknown, Message("exposure.smb-1-only")) : .other)
            }
            guard let response = SMB2Wire.Response(packet) else { return .done(broken) }
            // The answer proper comes later.
            if response.status == SMB2Wire.Status.pending { continue }
            guard response.message == context.message else { return .done(broken) }
            return answered(response)
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        guard state == .negotiate, buffer.isEmpty, end == .closed || isExpected && end == .silent else { return .done(broken) }
        state = .oldNegotiate
        return .reconnect
    }

    private var broken: ProbeResult {
        if readable > 0 { return verdict }
        return negotiated == nil ? .other : reading(.unknown, Message("exposure.session-broken"))
    }

    private mutating func answered(_ response: SMB2Wire.Response) -> ProbeAction {
        switch state {
        case .negotiate:
            guard response.command == SMB2Wire.Command.negotiate.rawValue, response.status == 0, let agreed = SMB2Wire.Negotiated(response) else {
                return .done(.other)
            }
            negotiated = agreed
            return ask(.session) { SMB2Wire.sessionSetup($0, token: NTLM.negotiate) }
        case .session:
            context.session = response.session
            guard response.status == SMB2Wire.Status.moreProcessing else { return ending(response) }
            guard let token = SMB2Wire.securityToken(response), let told = NTLM.version(inChallenge: token) else { return .done(broken) }
            note(told)
            return ask(.authentication) { SMB2Wire.sessionSetup($0, token: NTLM.authenticate) }
        case .authentication:
            guard response.status == 0 else { return ending(response) }
            guard SMB2Wire.isSession(response), response.session == context.session else { return .done(broken) }
            let host = host
            return ask(.inside) { SMB2Wire.treeConnect($0, host: host, share: SMB2Wire.utf16("IPC$")) }
        case .inside:
            guard response.status == 0 else { return ending(response) }
            guard SMB2Wire.shareKind(response) == .pipe else { return .done(broken) }
            context.tree = response.tree
            return ask(.pipe) { SMB2Wire.create($0, .pipe) }
        case .pipe:
            guard response.status == 0 else { return ending(response) }
            guard let file = SMB2Wire.file(response) else { return .done(broken) }
            pipe = file
            return ask(.bind) { SMB2Wire.transceive($0, file, DCERPC.bind(.serverService)) }
        case .bind, .list: return piped(response)
        case .share, .folder: return tried(response)
        case .oldNegotiate: return .done(.other)
        }
    }

    /// The server service's answers, over as many reads as they take.
    private mutating func piped(_ response: SMB2Wire.Response) -> ProbeAction {
        guard response.status == 0 || response.status == SMB2Wire.Status.bufferOverflow else { return ending(response) }
        guard let output = SMB2Wire.output(response) else { return .done(broken) }
        answers.append(output)
        let file = pipe
        switch answers.next(call: state == .bind ? 1 : 2) {
        case .incomplete: return ask(state) { SMB2Wire.read($0, file) }
        case .invalid: return .done(broken)
        case .answer(.bound) where state == .bind:
            return ask(.list) { SMB2Wire.transceive($0, file, DCERPC.request(ShareList.operation, call: 2, ShareList.arguments)) }
        case .answer(.response(let results)) where state == .list:
            switch ShareList.read(results) {
            case .shares(let all):
                shares = all.filter(\.isDisk)
                return next()
            case .refused: return done(reading(.required, Message("exposure.refused", ["reply": "NetrShareEnum: ACCESS_DENIED"])))
            case .failed(let code): return done(reading(.unknown, Message("exposure.busy", ["reply": .text("NetrShareEnum: \(code)")])))
            case nil: return done(broken)
            }
        // nca_s_fault_access_denied, in either of its numbers ([MS-RPCE], 2.2.1.1).
        case .answer(.fault(5)), .answer(.fault(0x1C00_0009)):
            return done(reading(.required, Message("exposure.refused", ["reply": "NetrShareEnum: ACCESS_DENIED"])))
        case .answer: return done(broken)
        }
    }

    private mutating func next() -> ProbeAction {
        guard tested < min(shares.count, Self.mostTested) else { return done(verdict) }
        let (host, name) = (host, shares[tested].name)
        tested += 1
        return ask(.share) { SMB2Wire.treeConnect($0, host: host, share: name) }
    }

    private mutating func tried(_ response: SMB2Wire.Response) -> ProbeAction {
        guard response.status == 0 else {
            if SMB2Wire.Status.refusals[response.status] != nil { refused += 1 }
            return next()
        }
        if state == .share {
            guard SMB2Wire.shareKind(response) == .disk else { return next() }
            context.tree = response.tree
            return ask(.folder) { SMB2Wire.create($0, .folder) }
        }
        if SMB2Wire.file(response) != nil { readable += 1 }
        return next()
    }

    private var verdict: ProbeResult {
        let facts = ["readable": Fact.count(readable), "tested": .count(tested), "shares": .count(shares.count)]
        if readable > 0 { return reading(.notRequired, Message("exposure.smb-readable", facts)) }
        if shares.isEmpty { return reading(.unknown, Message("exposure.smb-no-shares")) }
        return refused == shares.count
            ? reading(.required, Message("exposure.smb-closed", facts)) : reading(.unknown, Message("exposure.smb-undecided", facts))
    }

    /// A status other than success, before any share was reached.
    private func ending(_ response: SMB2Wire.Response) -> ProbeAction {
        let reply = ["reply": Fact.text(SMB2Wire.Status.name(response.status))]
        let isRefusal = SMB2Wire.Status.refusals[response.status] != nil
        return done(reading(isRefusal ? .required : .unknown, Message(isRefusal ? "exposure.refused" : "exposure.busy", reply)))
    }

    private mutating func ask(_ next: State, _ request: (SMB2Wire.Context) -> [UInt8]) -> ProbeAction {
        requests += 1
        guard requests <= Self.mostRequests else { return .done(broken) }
        state = next
        context.message += 1
        return .send(request(context))
    }

    /// Samba tells a version of Windows that never was.
    private mutating func note(_ told: String) {
        if told == "6.1.0" {
            product = "Samba"
        } else if !told.isEmpty {
            (product, version) = ("Windows", PeerText.version(told))
        }
    }

    private func done(_ result: ProbeResult) -> ProbeAction {
        guard context.session != 0 else { return .done(result) }
        var context = context
        context.message += 1
        return .done(result, farewell: SMB2Wire.logoff(context))
    }

    private func reading(_ authentication: ServiceReading.Authentication, _ message: Message) -> ProbeResult {
        let dialect = negotiated.map {
            [Message($0.requiresSigning ? "exposure.smb-signed" : "exposure.smb-unsigned", ["dialect": .text($0.dialect)])]
        }
        return .recognised(ServiceReading(Self.service, authentication, product: product, version: version, evidence: [message] + (dialect ?? [])))
    }
}
