import Findings

/// LDAP (RFC 4511). Binds anonymously and reads the root DSE, which anybody may on any server and proves nothing; the proof is an entry below
/// one of the naming contexts, asked for without attributes. A server whose `disallow bind_anon` refuses the bind is asked all the same:
/// a client that never bound is as anonymous.
struct LDAPProbe: Probe {
    static let service = Service.ldap
    static let speaksInsideTLS = true

    private static let mostContexts = 3
    private static let longest = 256 << 10

    private enum State { case bind, startingTLS, root, context }

    private var state = State.bind
    private var buffer: [UInt8] = []
    private var request: UInt32 = 0
    private var isSecure = false
    /// The first refusal, in the server's words.
    private var refusal: LDAPWire.Result?
    private var product: String?
    private var version: String?
    private var contextCount = 0
    /// Distinguished names, never shown.
    private var contexts: [[UInt8]] = []
    private var base: [UInt8] = []
    private var entries = 0
    private var sawBase = false
    private var sawNothing = false
    private var trouble: LDAPWire.Result?

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction { ask(.bind) }

    mutating func secured() -> ProbeAction {
        isSecure = true
        buffer = []
        return ask(.bind)
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer += bytes
        while let first = buffer.first {
            guard first == BER.sequence else { return .done(broken) }
            switch BER.extent(of: buffer, longest: Self.longest) {
            case .incomplete: return .needMore
            case .invalid: return .done(broken)
            case .length(let length):
                guard buffer.count >= length else { return .needMore }
                guard let message = LDAPWire.read(buffer[..<length]) else { return .done(broken) }
                buffer.removeFirst(length)
                let action = answered(message.id, message.response)
                if action != .needMore { return action }
            }
        }
        return .needMore
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        if state == .bind, !isSecure { return .done(end == .closed && buffer.isEmpty ? .perhapsTLS : .other) }
        return .done(broken)
    }

    private var broken: ProbeResult {
        if let refusal { return refused(refusal) }
        return state == .bind && !isSecure ? .other : reading(.unknown, Message("exposure.session-broken"))
    }

    private mutating func ask(_ next: State) -> ProbeAction {
        state = next
        request += 1
        switch next {
        case .bind: return .send(LDAPWire.anonymousBind(request))
        case .startingTLS: return .send(LDAPWire.askForTLS(request))
        case .root:
            return .send(
                LDAPWire.search(
                    request, [], .base,
                    attributes: ["namingContexts", "defaultNamingContext", "supportedCapabilities", "vendorName", "vendorVersion", "objectClass"]))
        case .context:
            base = contexts.removeFirst()
            entries = 0
            // 1.1: no attribute at all (RFC 4511, 4.5.1.8).
            return .send(LDAPWire.search(request, base, .subtree, attributes: ["1.1"]))
        }
    }

    private mutating func answered(_ id: Int, _ response: LDAPWire.Response) -> ProbeAction {
        // A notice of disconnection (RFC 4511, 4.4.1).
        if id == 0, case .extended(let result) = response { return .done(state == .bind ? .other : decided(busy: result)) }
        guard id == Int(request) else { return .done(broken) }
        switch (state, response) {
        case (.bind, .bind(let result)): return bound(result)
        case (.startingTLS, .extended(let result)):
            guard result.code == 0, buffer.isEmpty else { return done(broken) }
            return .startTLS()
        case (.root, .entry(let name, let attributes)):
            guard name.isEmpty, let attributes = LDAPWire.attributes(attributes) else { return .done(broken) }
            note(attributes)
            return .needMore
        case (.root, .searchDone(let result)):
            if !contexts.isEmpty { return ask(.context) }
            if result.isRefusal, refusal == nil { refusal = result }
            if let refusal { return done(refused(refusal)) }
            return done(
                result.code == 0 || result.code == 32
                    ? reading(.unknown, Message("exposure.ldap-no-contexts")) : decided(busy: result))
        case (.context, .entry(let name, _)):
            entries += 1
            // Showing the root of the tree to anybody is a custom; what matters is below.
            if name.text.lowercased() == base[...].text.lowercased() { sawBase = true } else { return done(proven) }
            return entries > 2 ? done(broken) : .needMore
        case (.context, .searchDone(let result)): return searched(result)
        case (.root, .aside), (.context, .aside): return .needMore
        default: return .done(broken)
        }
    }

    private mutating func bound(_ result: LDAPWire.Result) -> ProbeAction {
        switch result.code {
        case 0: return ask(.root)
        case 51, 52: return done(decided(busy: result))
        default:
            refusal = result.isRefusal || result.code == 53 ? result : nil
            return result.code == 13 && !isSecure ? ask(.startingTLS) : ask(.root)
        }
    }

    private mutating func searched(_ result: LDAPWire.Result) -> ProbeAction {
        if result.isRefusal {
            refusal = refusal ?? result
            if result.code == 13, !isSecure {
                contexts = []
                return ask(.startingTLS)
            }
        } else if result.code == 0 || result.code == 32 {
            // The context exists, the server says so itself: what isn't shown is withheld.
            if entries == 0 { sawNothing = true }
        } else {
            trouble = result
        }
        if !contexts.isEmpty { return ask(.context) }
        if sawBase { return done(reading(.unknown, Message("exposure.ldap-root-only"))) }
        if let refusal { return done(refused(refusal)) }
        if let trouble { return done(decided(busy: trouble)) }
        return done(reading(.required, Message("exposure.ldap-nothing", ["contexts": .count(contextCount)])))
    }

    private mutating func note(_ attributes: [String: [ArraySlice<UInt8>]]) {
        let named = attributes["namingcontexts"] ?? []
        contextCount = named.count
        let first = attributes["defaultnamingcontext"]?.first.map { [$0] } ?? []
        let all = first + named.filter { context in !first.contains { $0.elementsEqual(context) } }
        contexts = all.filter { context in
            let name = context.text.lowercased()
            return (1...1_000).contains(context.count) && !["cn=config", "cn=schema", "cn=monitor"].contains { name.hasPrefix($0) }
        }.prefix(Self.mostContexts).map { Array($0) }
        let vendor = attributes["vendorname"]?.first?.text ?? ""
        if attributes["objectclass"]?.contains(where: { $0.elementsEqual("OpenLDAProotDSE".utf8) }) == true { product = "OpenLDAP" }
        // LDAP_CAP_ACTIVE_DIRECTORY_OID ([MS-ADTS], 3.1.1.3.4.3.1).
        if attributes["supportedcapabilities"]?.contains(where: { $0.elementsEqual("1.2.840.113556.1.4.800".utf8) }) == true {
            product = "Active Directory"
        }
        if vendor.hasPrefix("389 Project") { product = "389 Directory Server" }
        if vendor.hasPrefix("Apache Software Foundation") { product = "ApacheDS" }
        version = attributes["vendorversion"]?.first.flatMap { PeerText.version($0.split(separator: UInt8(ascii: "/")).last ?? $0) }
    }

    private var proven: ProbeResult { reading(.notRequired, Message("exposure.ldap-entry", ["contexts": .count(max(1, contextCount))])) }

    private func refused(_ result: LDAPWire.Result) -> ProbeResult {
        reading(.required, Message("exposure.refused", ["reply": .text(result.name)]))
    }

    private func decided(busy result: LDAPWire.Result) -> ProbeResult {
        reading(.unknown, Message("exposure.busy", ["reply": .text(result.name)]))
    }

    private func done(_ result: ProbeResult) -> ProbeAction { .done(result, farewell: LDAPWire.unbind) }

    private func reading(_ authentication: ServiceReading.Authentication, _ message: Message) -> ProbeResult {
        .recognised(
            ServiceReading(Self.service, authentication, product: product, version: version, evidence: [message], usesTLS: isSecure))
    }
}
