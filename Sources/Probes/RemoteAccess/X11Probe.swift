import Findings

/// X11 (X Window System Protocol, 8): the connection setup without authorisation. Success means that any client may watch the screen and type; the
/// connection is closed there.
struct X11Probe: Probe {
    static let service = Service.x11
    static let speaksInsideTLS = false

    private var buffer: [UInt8] = []

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction {
        // Little-endian, version 11.0, no authorisation protocol, no data.
        .send([0x6C, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer += bytes
        var reader = ByteReader(buffer)
        guard let status = reader.byte() else { return .needMore }
        guard status <= 2 else { return .done(.other) }
        guard let reasonLength = reader.byte(), let major = reader.little(2), let minor = reader.little(2), let words = reader.little(2) else {
            return .needMore
        }
        // Authenticate doesn't tell a version: five unused bytes.
        guard status == 2 || major == 11 && minor <= 1, words > 0 else { return .done(.other) }
        guard let body = reader.take(Int(words) * 4) else { return .needMore }
        guard reader.isAtEnd else { return .done(.other) }
        switch status {
        case 0:
            guard Int(reasonLength) <= body.count, reasonLength > 0 else { return .done(.other) }
            return .done(Self.refused(body.prefix(Int(reasonLength)).text.lowercased()))
        case 1: return .done(Self.admitted(body))
        default:
            let text = body.prefix { $0 != 0 }
            guard !text.isEmpty, text.allSatisfy({ (0x20...0x7E).contains($0) || $0 == 0x0A }) else { return .done(.other) }
            return .done(.recognised(ServiceReading(Self.service, .required, evidence: [Message("exposure.refused", ["reply": "Authenticate"])])))
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction { .done(.other) }

    private static func admitted(_ body: ArraySlice<UInt8>) -> ProbeResult {
        var reader = ByteReader(body)
        guard let release = reader.little(4), reader.take(12) != nil, let vendorLength = reader.little(2), reader.take(2) != nil,
            let screens = reader.byte(), let formats = reader.byte(), reader.take(10) != nil,
            let vendor = reader.take(Int(vendorLength)), reader.take((4 - Int(vendorLength) % 4) % 4) != nil, screens > 0,
            reader.remaining >= Int(formats) * 8 + Int(screens) * 40
        else { return .other }
        let isXOrg = vendor.elementsEqual("The X.Org Foundation".utf8)
        return .recognised(
            ServiceReading(
                service, .notRequired, product: isXOrg ? "X.Org" : nil, version: isXOrg ? version(release) : nil,
                evidence: [Message("exposure.x11-open", ["screens": .count(Int(screens))])]))
    }

    /// X.Org counts 1.20.14 as 12014000, and from 21.1 on 21.1.7 as 12101007.
    private static func version(_ release: UInt64) -> String? {
        guard release >= 10_000_000 else { return nil }
        let (minor, patch, snap) = (release / 100_000 % 100, release / 1_000 % 100, release % 1_000)
        return minor >= 21 ? "\(minor).\(patch).\(snap)" : "1.\(minor).\(patch)"
    }

    private static func refused(_ reason: String) -> ProbeResult {
        let isRefusal = reason.contains("authori") || reason.contains("no protocol specified")
        return .recognised(
            ServiceReading(
                service, isRefusal ? .required : .unknown,
                evidence: [Message(isRefusal ? "exposure.refused" : "exposure.busy", ["reply": "Failed"])]))
    }
}
