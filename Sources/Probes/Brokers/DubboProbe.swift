import Findings

/// Dubbo. Sends a heartbeat, as its clients do all the time, and knows the answer by its number.
struct DubboProbe: Probe {
    static let service = Service.dubbo
    static let speaksInsideTLS = true

    private var buffer: [UInt8] = []

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction {
        buffer = []
        // Magic; request, two-way, event, Hessian 2; no status; number; the length of the body: nothing (`N`).
        return .send(Self.magic + [0xE2, 0] + Self.number + [0, 0, 0, 1, UInt8(ascii: "N")])
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer += bytes
        guard zip(buffer, Self.magic).allSatisfy(==) else { return .done(.other) }
        guard buffer.count >= 16 else { return .needMore }
        // A response (bit 7 is clear) that is an event (bit 5), with the status OK and our number, and hardly a body.
        let isAnswer = buffer[2] & 0xA0 == 0x20 && buffer[3] == 20 && Array(buffer[4..<12]) == Self.number && Array(buffer[12..<15]) == [0, 0, 0]
        return .done(
            isAnswer ? .recognised(ServiceReading(Self.service, .unknown, evidence: [Message("exposure.identified-only")])) : .other)
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction { .done(buffer.isEmpty && end == .closed ? .perhapsTLS : .other) }

    private static let number = Array("suwen".utf8) + [0, 0, 1]
    private static let magic: [UInt8] = [0xDA, 0xBB]
}
