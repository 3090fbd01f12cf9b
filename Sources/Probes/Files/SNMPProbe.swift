import Findings

/// SNMP over UDP. Reads two objects of the system group with the community `public`, which vendors document as their default, in version 2c
/// (RFC 3416). An agent that keeps silent is looked for with version 3's discovery (RFC 3414, 4), and asked in version 1 when that is all it may know.
struct SNMPProbe: Probe {
    static let service = Service.snmp
    static let transport = ProbeTransport.udp
    static let speaksInsideTLS = false

    private enum State { case second, third, first }

    private var state = State.second
    private static let request: UInt32 = 0x5377_656E

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction {
        switch state {
        case .second: .send(Self.get(version: 1))
        case .third: .send(Self.discovery)
        case .first: .send(Self.get(version: 0))
        }
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        switch state {
        case .second: .done(Self.answered(bytes, version: 1))
        case .third: .done(Self.isReport(bytes) ? Self.reading(.required, Message("exposure.snmp-silent")) : .other)
        case .first: .done(Self.answered(bytes, version: 0))
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        // Nobody listens there.
        guard end == .silent else { return .done(.other) }
        switch state {
        case .second: state = .third
        case .third: state = .first
        case .first: return .done(.other)
        }
        return .reconnect
    }

    private static func answered(_ bytes: [UInt8], version: Int) -> ProbeResult {
        var outer = ByteReader(bytes)
        guard let content = outer.element(BER.sequence), outer.isAtEnd else { return .other }
        var reader = ByteReader(content)
        guard reader.number() == version, reader.element(BER.octetString)?.elementsEqual(community.utf8) == true,
            let body = reader.element(0xA2), reader.isAtEnd
        else { return .other }
        var pdu = ByteReader(body)
        guard pdu.number() == Int(request), let status = pdu.number(), (0...18).contains(status), pdu.number() != nil,
            let bindings = pdu.element(BER.sequence), pdu.isAtEnd
        else { return .other }
        // authorizationError and noAccess (RFC 3416, 3).
        if status == 16 || status == 6 { return reading(.required, Message("exposure.refused", ["reply": .text("error-status \(status)")])) }
        guard status == 0 else { return reading(.unknown, Message("exposure.busy", ["reply": .text("error-status \(status)")])) }
        guard let values = values(bindings) else { return .other }
        let facts = ["objects": Fact.count(values.count), "version": Fact.text(version == 1 ? "2c" : "1")]
        guard !values.isEmpty else { return reading(.unknown, Message("exposure.snmp-hidden", facts)) }
        return reading(.notRequired, Message("exposure.snmp-public", facts), product: values.lazy.compactMap(product).first)
    }

    /// What the objects hold, leaving out those that the community may not see (their value is an exception, RFC 3416, 3); nil for anything else.
    private static func values(_ bindings: ArraySlice<UInt8>) -> [(tag: UInt8, content: ArraySlice<UInt8>)]? {
        var values: [(tag: UInt8, content: ArraySlice<UInt8>)] = []
        var reader = ByteReader(bindings)
        while !reader.isAtEnd {
            guard let binding = reader.element(BER.sequence) else { return nil }
            var pair = ByteReader(binding)
            guard let name = pair.element(BER.objectIdentifier), name.starts(with: system), let value = pair.element(), pair.isAtEnd else {
                return nil
            }
            switch value.tag {
            case 0x80, 0x81, 0x82, BER.null: break
            case BER.octetString, BER.objectIdentifier: values.append(value)
            default: return nil
            }
        }
        return values
    }

    /// By the private enterprise number (IANA) that sysObjectID begins with.
    private static func product(_ value: (tag: UInt8, content: ArraySlice<UInt8>)) -> String? {
        guard value.tag == BER.objectIdentifier, value.content.starts(with: enterprises) else { return nil }
        var number = 0
        for byte in value.content.dropFirst(enterprises.count).prefix(5) {
            number = number << 7 | Int(byte & 0x7F)
            if byte & 0x80 == 0 { return products[number] }
        }
        return nil
    }

    private static let products = [
        9: "Cisco", 11: "HP", 311: "Microsoft", 318: "APC", 674: "Dell", 2011: "Huawei", 2636: "Juniper", 3902: "ZTE", 4881: "Ruijie",
        6574: "Synology",
        8072: "Net-SNMP", 12356: "Fortinet", 14988: "MikroTik", 25506: "H3C", 39165: "Hikvision",
    ]

    private static func isReport(_ bytes: [UInt8]) -> Bool {
        var outer = ByteReader(bytes)
        guard let content = outer.element(BER.sequence), outer.isAtEnd else { return false }
        var reader = ByteReader(content)
        guard reader.number() == 3, let header = reader.element(BER.sequence), let parameters = reader.element(BER.octetString),
            let scoped = reader.element(BER.sequence)
        else { return false }
        var head = ByteReader(header)
        guard head.number() == Int(request) else { return false }
        var security = ByteReader(parameters)
        guard let usm = security.element(BER.sequence) else { return false }
        var engine = ByteReader(usm)
        // SnmpEngineID is 5 to 32 bytes long (RFC 3411, 5).
        guard let id = engine.element(BER.octetString), (5...32).contains(id.count) else { return false }
        var pdu = ByteReader(scoped)
        return pdu.element(BER.octetString) != nil && pdu.element(BER.octetString) != nil && pdu.element(0xA8) != nil
    }

    private static let community = "public"
    /// 1.3.6.1.2.1.1
    private static let system: [UInt8] = [0x2B, 6, 1, 2, 1, 1]
    /// 1.3.6.1.4.1
    private static let enterprises: [UInt8] = [0x2B, 6, 1, 4, 1]

    /// sysDescr.0 and sysObjectID.0 (RFC 3418).
    private static func get(version: UInt32) -> [UInt8] {
        let names = [system + [1, 0], system + [2, 0]].flatMap { BER.sequence(BER.element(BER.objectIdentifier, $0), BER.element(BER.null, [])) }
        return BER.sequence(BER.number(version), BER.octets(community), pdu(names))
    }

    private static func pdu(_ bindings: [UInt8]) -> [UInt8] {
        BER.element(0xA0, BER.number(request) + BER.number(0) + BER.number(0) + BER.element(BER.sequence, bindings))
    }

    private static let discovery: [UInt8] = {
        let empty = BER.octets("")
        let header = BER.sequence(BER.number(request), BER.number(65_507), BER.element(BER.octetString, [4]), BER.number(3))
        let security = BER.element(BER.octetString, BER.sequence(empty, BER.number(0), BER.number(0), empty, empty, empty))
        return BER.sequence(BER.number(3), header, security, BER.sequence(empty, empty, pdu([])))
    }()

    private static func reading(_ authentication: ServiceReading.Authentication, _ message: Message, product: String? = nil) -> ProbeResult {
        .recognised(ServiceReading(service, authentication, product: product, evidence: [message]))
    }
}
