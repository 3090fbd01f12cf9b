import Findings

/// The port on which Elasticsearch's and OpenSearch's nodes talk with each other. To an HTTP request it says in one fixed sentence that it is none.
struct ElasticsearchTransportProbe: Probe {
    static let service = Service.elasticsearchTransport
    static let speaksInsideTLS = true

    private var buffer: [UInt8] = []

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction {
        buffer = []
        return .send(Array("GET / HTTP/1.0\r\n\r\n".utf8))
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer += bytes
        let texts = Self.texts.filter { zip(buffer, $0).allSatisfy(==) }
        guard !texts.isEmpty else { return .done(.other) }
        // Nothing follows the sentence; the server closes.
        guard texts.contains(where: { buffer.count > $0.count }) else { return .needMore }
        return .done(.other)
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        guard Self.texts.contains(buffer) else { return .done(buffer.isEmpty && end == .closed ? .perhapsTLS : .other) }
        return .done(.recognised(ServiceReading(Self.service, .unknown, evidence: [Message("exposure.identified-only")])))
    }

    /// Today's words, and those of older versions.
    private static let texts = ["This is not an HTTP port", "This is not a HTTP port"].map { Array($0.utf8) }
}
