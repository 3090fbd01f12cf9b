import Datastores

extension ColumnForm {
    /// Nil for types whose values can't be replaced where they are: numbers, dates, enums, JSON, domains, arrays; and, by envelopes, blank-padded ones.
    /// `varchar` becomes `text` without a row being touched.
    package init?(_ column: TableSnapshot.Column, _ protection: Protection) {
        guard column.typeKind == "b" else { return nil }
        switch (column.type, protection) {
        case ("text", _), ("varchar", _), ("bpchar", .formatPreserving): self = .text
        case ("bytea", .envelope): self = .binary
        default: return nil
        }
    }
}

extension CompanionColumn {
    var postgreSQLType: PostgreSQLType {
        switch type {
        case .bytes: .bytea
        case .integer: .int8
        case .text: .text
        }
    }
}

extension SealRequest {
    var qualifiedName: String { PostgreSQLSession.identifier(schema) + "." + PostgreSQLSession.identifier(table) }
}
