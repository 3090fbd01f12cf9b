import Findings

/// SSH (RFC 4253, 4.2): reads the identification and closes. How one may log in is told only after the keys are exchanged.
struct SSHProbe: Probe {
    static let service = Service.ssh
    static let speaksFirst = true
    static let speaksInsideTLS = false

    /// A server may send other lines first.
    private static let mostLines = 50

    private var lines = LineBuffer.text
    private var count = 0

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction { .needMore }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        lines.append(bytes)
        while let line = lines.line() {
            if let reading = Self.reading(line) { return .done(.recognised(reading)) }
            count += 1
            guard count < Self.mostLines, !line.starts(with: "SSH-".utf8) else { return .done(.other) }
        }
        return lines.isTooLong ? .done(.other) : .needMore
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction { .done(.other) }

    /// `SSH-protoversion-softwareversion SP comments`, at most 255 bytes.
    private static func reading(_ line: ArraySlice<UInt8>) -> ServiceReading? {
        let parts = line.split(separator: UInt8(ascii: "-"), maxSplits: 2)
        guard line.count <= 255, parts.count == 3, parts[0].elementsEqual("SSH".utf8) else { return nil }
        let message: Message
        switch parts[1].text {
        case "2.0": message = Message("exposure.identified-only")
        case "1.99": message = Message("exposure.ssh-1-too")
        case "1.3", "1.5": message = Message("exposure.ssh-1")
        default: return nil
        }
        let software = parts[2].prefix { $0 != 0x20 }
        guard let mark = software.lastIndex(of: UInt8(ascii: "_")) else {
            return ServiceReading(service, .unknown, product: PeerText.version(software), evidence: [message])
        }
        let product = software.prefix { $0 != UInt8(ascii: "_") }
        return ServiceReading(
            service, .unknown, product: PeerText.version(product), version: PeerText.version(software[(mark + 1)...]), evidence: [message])
    }
}
