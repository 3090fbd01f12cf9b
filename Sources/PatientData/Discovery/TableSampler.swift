import Datastores

/// Reads a sample of a table from many places of it: what came in lately is often another thing than what came in first.
struct TableSampler {
    /// Of one table, all rounds together.
    let rows: Int
    let rules: DiscoveryRules?

    struct Sample {
        var tallies: [ColumnTally]
        var rows = 0
        /// The sample is the table.
        var isComplete = false
        /// A few raw values by column, of those long enough to be notes or JSON; they live as long as the sample.
        var texts: [LongTexts]
    }

    private static let places = 10
    /// Of one table at most, so that the tallies of a wide one stay small.
    private static let cells = 2_000_000
    /// With so many different values a share is known to ±1 % (Wilson, 95 %).
    private static let enoughValues = 9_604
    private static let mostRounds = 6

    func sample(_ table: Table, of store: any Datastore, chunks: [TableChunk], hash: KeyedHash, progress: (Int) -> Void) throws -> Sample {
        var sample = Sample(tallies: table.columns.map { _ in ColumnTally(hash: hash, rules: rules) }, texts: table.columns.map { _ in LongTexts() })
        let limit = min(rows, max(1_000, Self.cells / max(1, table.columns.count)))
        let places = min(chunks.count, Self.places)
        for round in 0..<Self.mostRounds {
            let chosen = Self.places(places, of: chunks.count, round: round)
            guard round == 0 || (chunks.count > places && needsMore(sample)) else { break }
            for place in chosen {
                let before = sample.rows
                try store.scan(table, columns: table.columns.map(\.name), chunk: chunks[place], limit: max(1, limit / places)) { batch in
                    for (index, column) in batch.columns.enumerated() where index < sample.tallies.count {
                        sample.tallies[index].add(column)
                        sample.texts[index].add(column)
                    }
                    sample.rows += batch.rowCount
                    progress(sample.rows)
                    return sample.rows - before < max(1, limit / places)
                }
            }
        }
        sample.isComplete = chunks.count == 1 && sample.rows < limit
        return sample
    }

    /// Chunks spread evenly; every round others.
    private static func places(_ places: Int, of count: Int, round: Int) -> [Int] {
        guard count > places else { return round == 0 ? Array(0..<count) : [] }
        let step = count / places
        guard round < step else { return [] }
        return (0..<places).map { $0 * step + (round * 7) % step }
    }

    /// Whether a column holds so few values (most are null) that their share is known badly.
    private func needsMore(_ sample: Sample) -> Bool {
        sample.tallies.contains { tally in
            tally.values > 0 && tally.values < Self.enoughValues && tally.values * 4 < tally.rows
        }
    }
}

/// Some of a column's longer values.
struct LongTexts {
    private(set) var values: [[UInt8]] = []
    private static let most = 400
    private static let shortest = 24
    /// Documents and arrays begin so, however short they are.
    private static let brackets: Set<UInt8> = [0x7B, 0x5B]
    private static let longest = 32 << 10

    mutating func add(_ column: ColumnBatch) {
        guard values.count < Self.most else { return }
        // Few of each batch, so that all places of the table have a share.
        var taken = 0
        for row in 0..<column.count where !column.isNull[row] {
            let length = column.offsets[row + 1] - column.offsets[row]
            let start = column.offsets[row]
            guard length >= Self.shortest || (length > 2 && Self.brackets.contains(column.bytes[start])) else { continue }
            values.append(Array(column.bytes[start..<start + min(length, Self.longest)]))
            taken += 1
            guard taken < Self.most / 5, values.count < Self.most else { return }
        }
    }
}
