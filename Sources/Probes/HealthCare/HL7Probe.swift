import Findings

/// HL7 2.x over MLLP. Sends one empty block and reads what comes back; never a message, not even one without a patient: an engine files what it gets.
///
/// MLLP knows no authentication: an engine that answers a block takes messages from whoever can connect. Many engines ignore an empty block, and
/// then nothing is claimed.
struct HL7Probe: Probe {
    static let service = Service.hl7
    static let speaksInsideTLS = true

    private var buffer: [UInt8] = []

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction { .send(HL7Frame.empty) }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        // A block is read when it may have ended, so that a peer that sends byte by byte costs no search of it all each time.
        let mayEnd = buffer.last == HL7Frame.endOfBlock || bytes.contains(HL7Frame.endOfBlock)
        let hasBegun = buffer.count > 4
        buffer += bytes
        guard mayEnd || !hasBegun || buffer.count > HL7Frame.longest else { return .needMore }
        switch HL7Frame.read(buffer) {
        case .incomplete: return .needMore
        case .invalid: return .done(.other)
        case .frame(let frame): return .done(.recognised(Self.reading(of: frame)))
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction { .done(end == .closed && buffer.isEmpty ? .perhapsTLS : .other) }

    private static func reading(of frame: HL7Frame) -> ServiceReading {
        switch frame {
        case .acknowledgement(let code, let version):
            let facts: [String: Fact] = ["reply": .text(code), "version": .text(version ?? "2.x")]
            return ServiceReading(service, .notRequired, evidence: [Message("exposure.hl7-acknowledged", facts)])
        // Never acknowledged: its sender keeps it for whom it is meant.
        case .message: return ServiceReading(service, .notRequired, evidence: [Message("exposure.hl7-message")])
        case .committed: return ServiceReading(service, .notRequired, evidence: [Message("exposure.hl7-committed")])
        case .notCommitted: return ServiceReading(service, .unknown, evidence: [Message("exposure.hl7-not-committed")])
        }
    }
}
