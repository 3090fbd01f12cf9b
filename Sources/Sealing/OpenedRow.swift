/// Which rows of a sealed table are to be opened.
package enum SealSelection: Sendable, Hashable {
    case all(limit: Int?)
    /// By the primary key's parts, in its order, as text.
    case key([String])
    /// The rows whose column has this value (or, by `part`, ends or begins with it). Found by the column's companion; sealed columns only.
    case value(column: String, text: String, part: Part)

    package enum Part: String, Sendable, Hashable {
        case whole
        case suffix
        case prefix
    }
}

/// A row whose sealed cells are open. Values are text as the store writes it; bytes as hexadecimal; nil for NULL.
package struct OpenedRow: Sendable {
    /// The table's columns without companions, in its order.
    package var columns: [String]
    package var values: [String?]

    package init(columns: [String], values: [String?]) {
        self.columns = columns
        self.values = values
    }
}

/// What an operator has read.
package struct OpenSummary: Sendable, Hashable {
    package var rows = 0
    /// Rows whose index value matched though their value didn't: opened, and dropped.
    package var falseMatches = 0

    package init() {}
}
