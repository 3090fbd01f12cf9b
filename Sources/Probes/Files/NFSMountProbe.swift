import Findings

/// The mount service of NFS version 3 (RFC 1813, appendix I). Reads the list of exports, which it gives to anybody: how many there are, and how many
/// are meant for every address. That list is a statement, not a proof: mounting would be one, but is noted down by the server, so nothing is mounted.
struct NFSMountProbe: Probe {
    static let service = Service.nfsMount
    static let speaksInsideTLS = false

    private static let call: UInt32 = 0x5377_0002
    private static let most = 4_096

    private var replies = SunRPC.Replies()

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction { .send(SunRPC.call(Self.call, SunRPC.Program.mount, version: 3, procedure: 5)) }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        replies.append(bytes)
        switch replies.next(Self.call) {
        case .incomplete: return .needMore
        case .invalid: return .done(.other)
        case .reply(.success(let results)):
            guard let facts = Self.list(results) else { return .done(.other) }
            return .done(Self.reading(.unknown, Message("exposure.nfs-exports", facts)))
        case .reply(.authenticationError(let code)):
            return .done(Self.reading(.required, Message("exposure.refused", ["reply": .text("auth_stat \(code)")])))
        case .reply(.versionMismatch): return .done(Self.reading(.unknown, Message("exposure.identified-only")))
        case .reply: return .done(.other)
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction { .done(.other) }

    private static func list(_ results: ArraySlice<UInt8>) -> [String: Fact]? {
        var reader = ByteReader(results)
        var exports = 0
        var everyone = 0
        while let more = reader.flag() {
            guard more else { return reader.isAtEnd ? ["exports": .count(exports), "everyone": .count(everyone)] : nil }
            guard exports < most, let path = reader.opaque(), path.count <= 1_024, let isForAll = groups(&reader) else { return nil }
            exports += 1
            if isForAll { everyone += 1 }
        }
        return nil
    }

    /// True when the export names nobody, or `*`.
    private static func groups(_ reader: inout ByteReader) -> Bool? {
        var count = 0
        var isForAll = false
        while let more = reader.flag() {
            guard more else { return isForAll || count == 0 }
            guard count < most, let name = reader.opaque(), name.count <= 255 else { return nil }
            count += 1
            if name.elementsEqual([UInt8(ascii: "*")]) { isForAll = true }
        }
        return nil
    }

    private static func reading(_ authentication: ServiceReading.Authentication, _ message: Message) -> ProbeResult {
        .recognised(ServiceReading(service, authentication, evidence: [message]))
    }
}
