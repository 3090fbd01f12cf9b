package import Datastores
package import ReferenceData

/// What is read of all rows of a table, and what for.
package struct ScanPlan: Sendable, Hashable, Codable {
    package struct Column: Sendable, Hashable, Codable {
        var name: String
        /// What the sample showed.
        var kind: DataKind
        /// Whether the sample's values came again and again.
        var repeats: Bool
    }

    var columns: [Column]
    var persons: PersonPlan?
    private let version: String?
    /// By entry of ``persons``: its place in ``columns``.
    let personColumns: [Int]

    /// Nil when there is nothing to be read.
    /// - Parameters:
    ///   - isFull: all columns; otherwise those by which persons are counted.
    ///   - version: of the table's data, where the store knows one: what was read of another version doesn't count.
    package init?(_ columns: [ColumnExamination], isFull: Bool, version: String? = nil) {
        self.version = version
        persons = PersonPlan(columns)
        let names = Set(persons?.entries.map(\.column) ?? [])
        let wanted = columns.filter { $0.path == nil && (isFull || names.contains($0.column.name)) }
        guard !wanted.isEmpty else { return nil }
        self.columns = wanted.map { Column(name: $0.column.name, kind: $0.verdict.kind, repeats: $0.repeats) }
        personColumns = (persons?.entries ?? []).map { entry in wanted.firstIndex { $0.column.name == entry.column } ?? 0 }
    }
}

/// Counts one chunk of a table: its columns, and its persons.
package struct ChunkScanner {
    private var columns: [ColumnScanner]
    private var persons: PersonCounter?
    private let personColumns: [Int]
    private(set) var rows = 0

    package init(_ plan: ScanPlan, hash: KeyedHash, today: CivilDate) {
        columns = plan.columns.map { ColumnScanner(kind: $0.kind, repeats: $0.repeats) }
        persons = plan.persons.map { PersonCounter(plan: $0, hash: hash, today: today) }
        personColumns = plan.personColumns
    }

    package mutating func add(_ batch: Batch) {
        rows += batch.rowCount
        for index in columns.indices where index < batch.columns.count { columns[index].add(batch.columns[index]) }
        persons?.add(personColumns.map { batch.columns[$0] })
    }

    package var counts: [ColumnCounts] { columns.map(\.counts) }
    var marks: [[UInt64]] { persons?.marks ?? [] }
}
