import Findings

/// Erlang's port mapper (epmd, "Erlang Distribution Protocol", NAMES_REQ). It knows no authentication and names the nodes of its machine to anybody:
/// they are counted.
struct ErlangPortMapperProbe: Probe {
    static let service = Service.erlangPortMapper
    static let speaksInsideTLS = false

    private var buffer: [UInt8] = []

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction {
        buffer = []
        return .send([0, 1, UInt8(ascii: "n")])
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer += bytes
        // Its own port, and lines; then it closes.
        let opening = Self.port + Array("name ".utf8)
        return zip(buffer, opening).allSatisfy(==) && buffer.count <= Self.longest ? .needMore : .done(.other)
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        guard end == .closed, buffer.count >= 4 else { return .done(.other) }
        let lines = buffer.dropFirst(4).split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
        guard lines.allSatisfy(Self.isNode) else { return .done(.other) }
        return .done(
            .recognised(ServiceReading(Self.service, .unknown, evidence: [Message("exposure.epmd-nodes", ["nodes": .count(lines.count)])])))
    }

    private static func isNode(_ line: String) -> Bool {
        let words = line.split(separator: " ")
        return words.count == 5 && words[0] == "name" && words[2] == "at" && words[3] == "port" && UInt16(words[4]) != nil
    }

    /// 4369.
    private static let port: [UInt8] = [0, 0, 0x11, 0x11]
    private static let longest = 64 << 10
}
