package import Datastores
package import Findings

/// What was found in one column.
package struct ColumnExamination: Sendable {
    package var column: Column
    /// The place inside the column's JSON values or arrays that is meant; nil for the column itself.
    package var path: String?
    /// For people; see ``SafeNames``.
    package var displayName: String
    package var verdict: ColumnVerdict
    package var grade: Grade?
    /// What the values of a column of notes hold here and there: kinds, and the share of the sampled values that hold one.
    package var embedded: [DataKind: Double] = [:]
    /// Rows with a readable value of the kind; estimated from the sample unless all were read.
    package var clearRows = 0
    /// Different values: counted where all rows were sampled, estimated by a sketch where all were read, of the sample otherwise.
    package var distinct = 0
    /// Whether that is of all rows.
    package var isCounted = false
    /// The sample's values came again and again.
    var repeats = false

    package init(column: Column, path: String? = nil, displayName: String, verdict: ColumnVerdict) {
        self.column = column
        self.path = path
        self.displayName = displayName
        self.verdict = verdict
    }
}

/// What was found in one table.
package struct TableExamination: Sendable {
    package var table: Table
    /// For people.
    package var name: String
    /// All of the table's where that is known; the store's estimate otherwise.
    package var rows: Int
    /// Rows that the verdicts rest on.
    package var sampledRows: Int
    package var columns: [ColumnExamination]
    /// Whether every row was read, and every column of it.
    package var isFull = false

    /// Columns that identify persons: readable or protected.
    var identifiers: [ColumnExamination] {
        columns.filter { $0.verdict.kind.isDirectIdentifier && $0.verdict.protection != .empty }
    }
}

/// What was found in one store.
package struct StoreExamination: Sendable {
    package var product = ""
    package var tables: [TableExamination] = []
    /// Listed, not read.
    package var views: [String] = []
    /// On disk; nil when the store doesn't tell.
    package var bytes: Int?
    package var persons: PersonCount?
    /// Who may do what.
    var access = AccessReading.unasked
    /// What could not be read.
    package var problems: [Message] = []
    /// How it was read, where that could be otherwise.
    package var remarks: [Message] = []

    var columnCount: Int { tables.reduce(0) { $0 + $1.columns.count } }
}

/// What became of one store.
package enum StoreResult: Sendable {
    case examined(StoreExamination)
    case unexamined(Message)
}
