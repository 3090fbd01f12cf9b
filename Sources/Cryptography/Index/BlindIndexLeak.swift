/// What somebody who has a copy of the table, and no key, learns from an index. For the plan that a person reads before sealing.
package enum BlindIndexLeak: Hashable, Sendable {
    /// Full length, unique column: no equal values in one table; but a value that stands in two copies or backups is recognised.
    case recognisableAcrossCopies(index: String)
    /// Full length, column with duplicates: which rows have equal values, and how frequent each value is.
    case equality(index: String)
    /// Truncated: rows fall into groups; equal values are always in one group, with others.
    case groups(index: String, bits: Int, rowsPerGroup: Double)
    /// The values are no more than the groups: the sizes of the groups are the frequencies of the values.
    case frequencies(index: String)
    /// The index shows which rows agree in a part of the value.
    case partOfValue(index: String)
    /// All truncated indexes of a row together tell rows apart: fewer than two share them by chance.
    case combinationIdentifies(bits: Int, safe: Int)
    /// Safe, and slow: a search opens more than √R cells.
    case manyFalsePositives(bits: Int, atLeast: Int)

    /// The key of the wording.
    package var messageKey: String {
        switch self {
        case .recognisableAcrossCopies: "sealing.leak.recognisable-across-copies"
        case .equality: "sealing.leak.equality"
        case .groups: "sealing.leak.groups"
        case .frequencies: "sealing.leak.frequencies"
        case .partOfValue: "sealing.leak.part-of-value"
        case .combinationIdentifies: "sealing.leak.combination-identifies"
        case .manyFalsePositives: "sealing.leak.many-false-positives"
        }
    }

    static func all(
        requests: [BlindIndexPlan.Request], entries: [BlindIndexPlan.Entry], usedBits: Double, safeBits: ClosedRange<Int>
    ) -> [BlindIndexLeak] {
        var leaks: [BlindIndexLeak] = []
        var hasTruncated = false
        for (request, entry) in zip(requests, entries) {
            switch entry.width {
            case .full: leaks.append(request.unique ? .recognisableAcrossCopies(index: entry.name) : .equality(index: entry.name))
            case .bits(let bits):
                hasTruncated = true
                leaks.append(.groups(index: entry.name, bits: bits, rowsPerGroup: entry.rowsPerLookup))
                if let domainBits = request.domainBits, domainBits <= Double(bits) { leaks.append(.frequencies(index: entry.name)) }
            }
            if request.isPart { leaks.append(.partOfValue(index: entry.name)) }
        }
        if hasTruncated {
            let bits = Int(usedBits.rounded(.up))
            if bits > safeBits.upperBound { leaks.append(.combinationIdentifies(bits: bits, safe: safeBits.upperBound)) }
            if bits < safeBits.lowerBound { leaks.append(.manyFalsePositives(bits: bits, atLeast: safeBits.lowerBound)) }
        }
        return leaks
    }
}
