import Cryptography

extension BlindIndexDefinition {
    /// Whether an index can be made so: 1…63 bits, 1…16 characters; a full one of the whole value as it is, since it keeps the column unique.
    var isSound: Bool {
        let hasWidth = if case .bits(let bits) = width { 1...63 ~= bits } else { normaliser == .exact && part == .whole }
        switch part {
        case .whole: return hasWidth
        case .prefix(let characters), .suffix(let characters): return hasWidth && 1...16 ~= characters
        }
    }
}

extension SealColumn {
    /// What its indexes reveal together.
    /// - Parameter rows: of the table; nil when it was never counted.
    func leaks(rows: Int?) -> [SealPlan.Warning] {
        let requests = indexes.map { index in
            var request = BlindIndexPlan.Request(name: name, isPart: index.part != .whole)
            if case .bits(let bits) = index.width { request.bits = bits } else { (request.full, request.unique) = (true, true) }
            return request
        }
        // Of bits out of range nothing can be said; they are a blocker.
        guard !requests.isEmpty, let plan = try? BlindIndexPlan(rows: rows ?? 0, requests: requests) else { return [] }
        return plan.leaks.map { .indexLeaks(column: name, $0) }
    }
}
