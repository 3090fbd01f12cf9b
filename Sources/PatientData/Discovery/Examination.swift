import Datastores
import Findings

/// What was found in one column.
struct ColumnExamination: Sendable {
    var column: Column
    /// For people; see ``SafeNames``.
    var displayName: String
    var verdict: ColumnVerdict
    var grade: Grade?
    /// Rows with a readable value of the kind; estimated from the sample.
    var clearRows = 0
}

/// What was found in one table.
struct TableExamination: Sendable {
    /// For people.
    var name: String
    /// All of the table's where that is known; the store's estimate otherwise.
    var rows: Int
    /// Rows that the verdicts rest on.
    var sampledRows: Int
    var columns: [ColumnExamination]

    /// Columns that identify persons: readable or protected.
    var identifiers: [ColumnExamination] {
        columns.filter { $0.verdict.kind.isDirectIdentifier && $0.verdict.protection != .empty }
    }
}

/// What was found in one store.
struct StoreExamination: Sendable {
    var product = ""
    var tables: [TableExamination] = []
    var persons = PersonTally()
    /// What could not be read.
    var problems: [Message] = []
    /// How it was read, where that could be otherwise.
    var remarks: [Message] = []

    var columnCount: Int { tables.reduce(0) { $0 + $1.columns.count } }
}
