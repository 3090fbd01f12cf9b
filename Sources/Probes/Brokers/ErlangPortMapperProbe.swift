import Findings

/// Erlang's port mapper (epmd, "Erlang Distribution Protocol", NAMES_REQ). It knows no authentication and names the nodes of its machine to anybody:
/// they are counted.
struct ErlangPortMapperProbe: Probe {
    static let service = Service.erlangPortMapper
    static let speaksInsideTLS = false

    private let ports: [[UInt8]]
    private var buffer: [UInt8] = []

    init(_ peer: ProbePeer) {
        // It names the port that it listens on: the usual one, unless it was moved.
        ports = [4369, peer.port].map { [0, 0, UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    }

    mutating func connected() -> ProbeAction {
        buffer = []
        return .send([0, 1, UInt8(ascii: "n")])
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer += bytes
        // Its port, and lines; then it closes.
        let isOpening = ports.contains { zip(buffer, $0 + Array("name ".utf8)).allSatisfy(==) }
        return isOpening && buffer.count <= Self.longest ? .needMore : .done(.other)
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        guard end != .tooLong, buffer.count >= 4, buffer.count == 4 || buffer.last == 0x0A else { return .done(.other) }
        let lines = buffer.dropFirst(4).split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
        guard lines.allSatisfy(Self.isNode) else { return .done(.other) }
        return .done(
            .recognised(ServiceReading(Self.service, .unknown, evidence: [Message("exposure.epmd-nodes", ["nodes": .count(lines.count)])])))
    }

    private static func isNode(_ line: String) -> Bool {
        let words = line.split(separator: " ")
        return words.count == 5 && words[0] == "name" && words[2] == "at" && words[3] == "port" && UInt16(words[4]) != nil
    }

    private static let longest = 64 << 10
}
