import Probes

/// Whether two bodies hold the same record, whatever their envelopes say about the request (its number, the time it took).
enum RecordComparison {
    static func areSame(_ first: [UInt8], _ second: [UInt8]) -> Bool {
        if first == second { return true }
        guard let first = JSON.read(first), let second = JSON.read(second) else { return false }
        return areSame(first, second, depth: 0)
    }

    /// Members of an envelope that differ from request to request.
    private static let fleeting: Set<String> = [
        "timestamp", "time", "servertime", "requestid", "request_id", "traceid", "trace_id", "cost", "took", "elapsed", "duration", "nonce", "sign",
    ]

    private static func areSame(_ first: JSON, _ second: JSON, depth: Int) -> Bool {
        switch (first, second) {
        case (.object(let left), .object(let right)):
            // Only the envelope's own: what is called so inside a record is part of it.
            let isEnvelope = depth == 0
            func kept(_ members: [(key: String, value: JSON)]) -> [(key: String, value: JSON)] {
                members.filter { !isEnvelope || !fleeting.contains($0.key.lowercased()) }.sorted { $0.key < $1.key }
            }
            let (left, right) = (kept(left), kept(right))
            return left.count == right.count && zip(left, right).allSatisfy { $0.key == $1.key && areSame($0.value, $1.value, depth: depth + 1) }
        case (.array(let left), .array(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { areSame($0, $1, depth: depth + 1) }
        case (.string(let left), .string(let right)): return left == right
        case (.number(let left), .number(let right)): return left == right
        case (.bool(let left), .bool(let right)): return left == right
        case (.null, .null): return true
        default: return false
        }
    }
}
