import Findings

/// The portmapper of ONC RPC, version 2 (RFC 1833, 3). Asks for the list of registered programs, which it gives to anybody: a service like this
/// demands no authentication by its nature, and is only identified. Where NFS is registered, the port of its mount service is told: that
/// service stands on a port of its own, which has to be looked at to see what is exported.
struct PortmapperProbe: Probe {
    static let service = Service.portmapper
    static let speaksInsideTLS = false

    private static let call: UInt32 = 0x5377_0001
    private static let most = 4_096

    private var replies = SunRPC.Replies()

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction { .send(SunRPC.call(Self.call, SunRPC.Program.portmapper, version: 2, procedure: 4)) }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        replies.append(bytes)
        switch replies.next(Self.call) {
        case .incomplete: return .needMore
        case .invalid: return .done(.other)
        case .reply(.success(let results)): return .done(Self.list(results).map { Self.reading($0) } ?? .other)
        // Access to it is limited (RFC 5531, 9), or it is limited to newer versions.
        case .reply(.authenticationError(let code)):
            return .done(Self.reading(.required, Message("exposure.refused", ["reply": .text("auth_stat \(code)")])))
        case .reply(.versionMismatch): return .done(Self.reading(.unknown, Message("exposure.identified-only")))
        case .reply: return .done(.other)
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction { .done(.other) }

    private static func list(_ results: ArraySlice<UInt8>) -> Message? {
        var reader = ByteReader(results)
        var count = 0
        var hasNFS = false
        var mountPort: UInt64?
        while let more = reader.flag() {
            guard more else {
                guard reader.isAtEnd, count > 0 else { return nil }
                guard hasNFS || mountPort != nil else { return Message("exposure.portmapper", ["programs": .count(count)]) }
                guard let mountPort else { return Message("exposure.portmapper-nfs", ["programs": .count(count)]) }
                return Message("exposure.portmapper-mount", ["programs": .count(count), "port": .text("\(mountPort)")])
            }
            guard let program = reader.big(4), reader.big(4) != nil, let transport = reader.big(4), let port = reader.big(4), port <= 65_535,
                count < most
            else { return nil }
            count += 1
            if program == UInt64(SunRPC.Program.nfs) { hasNFS = true }
            // IPPROTO_TCP.
            if program == UInt64(SunRPC.Program.mount), transport == 6 { mountPort = port }
        }
        return nil
    }

    private static func reading(_ message: Message) -> ProbeResult { reading(.unknown, message) }

    private static func reading(_ authentication: ServiceReading.Authentication, _ message: Message) -> ProbeResult {
        .recognised(ServiceReading(service, authentication, evidence: [message]))
    }
}
