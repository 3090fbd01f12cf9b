import Datastores
import Findings

/// The first look at a store: its tables, a sample of each, and what that shows.
struct StoreSurvey: Sendable {
    struct Item: Sendable {
        var examination: TableExamination
        /// Nil where nothing more is to be read.
        var plan: ScanPlan?
        var chunks: [TableChunk]
    }

    var result = StoreExamination()
    var items: [Item] = []
    var remarks: [DatastoreRemark] = []

    /// Of all tables, by the store's own estimates; nil when it has none of some.
    var estimatedRows: Int? {
        items.allSatisfy { $0.examination.table.estimatedRows != nil }
            ? items.reduce(0) { $0 + max($1.examination.table.estimatedRows ?? 0, $1.examination.sampledRows) } : nil
    }

    /// - Throws: what keeps the store from being examined at all. What goes wrong with single tables is part of the result.
    /// - Parameter name: of the store, as it was declared.
    init(of store: any Datastore, named name: String, options: DiscoveryOptions, hash: KeyedHash, progress: (Int) -> Void) throws {
        result.product = store.product
        let tables = try store.tables()
        result.views = (try? store.views()) ?? []
        result.bytes = try? store.size()
        result.access = .of(store)
        let sampler = TableSampler(rows: options.sampleRows, rules: options.rules)
        var done = 0
        for table in tables where !table.columns.isEmpty {
            do {
                let chunks = try store.chunks(of: table)
                let sample = try sampler.sample(table, of: store, chunks: chunks, hash: hash) { progress(done + $0) }
                done += sample.rows
                items.append(Self.item(table, sample, chunks, name, options, version: try store.version(of: table)))
            } catch let error as DatastoreError {
                result.problems.append(.tableFailed(table, error))
                // A lost connection is lost for the tables behind it as well.
                if error.endsConversation { break }
            }
        }
        remarks = store.remarks
        if let rules = options.rules {
            let suppressed = tables.reduce(0) { sum, table in
                sum + table.columns.count { rules.suppresses(store: name, table: table, column: $0.name) }
            }
            if suppressed > 0 { result.remarks.append(Message("patient-data.suppressed", ["count": .count(suppressed)])) }
        }
    }

    private static func item(
        _ table: Table, _ sample: TableSampler.Sample, _ chunks: [TableChunk], _ store: String, _ options: DiscoveryOptions, version: String?
    ) -> Item {
        var examination = TableExamination(
            table: table, name: table.displayName, rows: sample.isComplete ? sample.rows : max(sample.rows, table.estimatedRows ?? 0),
            sampledRows: sample.rows, columns: columns(of: table, sample, store, options.rules))
        examination.columns += NestedValues.columns(of: table, sample, names: examination.columns.map(\.displayName), rules: options.rules)
        let plan = sample.rows > 0 ? ScanPlan(examination.columns, isFull: options.isFull, version: version) : nil
        return Item(examination: examination, plan: plan, chunks: chunks)
    }

    private static func columns(
        of table: Table, _ sample: TableSampler.Sample, _ store: String, _ rules: DiscoveryRules?
    ) -> [ColumnExamination] {
        let classifier = ColumnClassifier(rules: rules)
        let verdicts = classifier.verdicts(on: table, tallies: sample.tallies, isComplete: sample.isComplete, store: store)
        let names = SafeNames.of(table)
        return table.columns.indices.map { index in
            let tally = sample.tallies[index]
            var column = ColumnExamination(column: table.columns[index], displayName: names[index], verdict: verdicts[index])
            column.distinct = tally.distinct
            column.isCounted = sample.isComplete
            if !column.column.type.lowercased().hasPrefix("json") { column.embedded = sample.texts[index].embedded(in: verdicts[index]) }
            column.repeats = tally.values >= 500 && tally.distinct * 4 < tally.values
            return column
        }
    }
}

extension Message {
    static func tableFailed(_ table: Table, _ error: DatastoreError) -> Message {
        Message("patient-data.table-failed", ["table": .text(table.displayName), "why": .message(error.message)])
    }
}
