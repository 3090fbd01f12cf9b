/// How a column's cells are sealed, by its type.
package enum ColumnForm: String, Sendable, Hashable, Codable {
    /// `text`, or `varchar`, which becomes `text` without a row being touched.
    case text
    /// `bytea`.
    case binary

    /// Nil for types whose values can't be replaced by envelopes where they are: blank-padded, numbers, dates, enums, JSON, domains, arrays.
    package init?(_ column: TableSnapshot.Column) {
        guard column.typeKind == "b" else { return nil }
        switch column.type {
        case "text", "varchar": self = .text
        case "bytea": self = .binary
        default: return nil
        }
    }
}

/// Names of what sealing adds to a table.
package enum Companion {
    /// The column that holds a search index.
    package static func name(of column: String, _ index: SearchIndex) -> String { column + index.suffix }
    /// The constraint that refuses plaintext.
    package static func enforcement(of column: String) -> String { column + "_suwen_sealed" }
    /// The database index on a companion column.
    package static func index(on companion: String, of table: String) -> String {
        var name = "\(table)_\(companion)"
        // PostgreSQL would cut it by itself, and then it couldn't be found again.
        while name.utf8.count > 59 { name.removeFirst() }
        return name + "_idx"
    }
}
