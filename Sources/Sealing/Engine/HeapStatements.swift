import Datastores

/// The statements that read what is pending and write what was made of it.
///
/// A row version is named by its place (`ctid`) and the transaction that wrote it (`xmin`), which is the compare-and-set: whoever changes the row in
/// between makes another version, and the UPDATE passes it by. The lock that reading takes lasts until the transaction ends, so that no VACUUM FULL
/// moves rows about in between. Places also are what a run remembers: unlike keys, they say nothing about anybody.
struct HeapStatements {
    let table: String
    let primaryKey: [String]
    let columns: [(column: SealColumn, form: ColumnForm)]
    let operation: SealOperation
    /// By column.
    let keyIDs: [String: UInt32]

    private static func quoted(_ name: String) -> String { PostgreSQLSession.identifier(name) }

    private var pending: String {
        columns.map { "(" + SealedCondition.isPending($0.column, $0.form, operation, keyID: keyIDs[$0.column.name] ?? 0) + ")" }
            .joined(separator: " OR ")
    }

    /// Fields: tid, xid, the key's parts as text, the columns.
    func read(pages: Range<Int>?) -> String {
        let keys = primaryKey.map { Self.quoted($0) + "::text" }
        let values = columns.map { Self.quoted($0.column.name) + ($0.form == .text ? "::text" : "") }
        let range = pages.map { "ctid >= '(\($0.lowerBound),0)'::tid AND ctid < '(\($0.upperBound),0)'::tid AND " } ?? ""
        return """
            COPY (SELECT \((["ctid", "xmin"] + keys + values).joined(separator: ", ")) FROM ONLY \(table) WHERE \(range)(\(pending)))
            TO STDOUT (FORMAT binary)
            """
    }

    var isAnyPending: String { "SELECT EXISTS (SELECT FROM ONLY \(table) WHERE \(pending))" }

    /// Takes the unique companions from cells that a writer has replaced by plaintext: the value that they belong to may be another row's by now.
    /// Nil without such companions. Names no row version, for it changes nothing but what is wrong in any of them.
    var releaseUnique: String? {
        let statements = columns.flatMap { column, form in
            column.indexes.filter { $0 == .unique }.map { index in
                let companion = Self.quoted(Companion.name(of: column.name, index))
                return """
                    UPDATE ONLY \(table) SET \(companion) = NULL
                    WHERE \(companion) IS NOT NULL AND (\(SealedCondition.isSealed(column.name, form))) IS NOT TRUE
                    """
            }
        }
        return statements.isEmpty ? nil : statements.joined(separator: "; ")
    }

    var types: [PostgreSQLType] { RowTransformer.types(operation, columns.map { ($0.column, $0.form) }, keyParts: primaryKey.count) }

    var update: String {
        let types = types
        let arrays = types.enumerated().map { "$\($0 + 1)::\(name(of: $1))[]" }.joined(separator: ", ")
        let names = types.indices.map { "u\($0)" }.joined(separator: ", ")
        var assignments: [String] = []
        var place = 2 + primaryKey.count
        for (column, _) in columns {
            let companions = operation == .unseal ? [] : column.indexes.map { Companion.name(of: column.name, $0) }
            for name in [column.name] + companions {
                assignments.append("\(Self.quoted(name)) = u.u\(place)")
                place += 1
            }
        }
        let keys = primaryKey.enumerated().map { "t.\(Self.quoted($1))::text = u.u\(2 + $0)" }
        return """
            UPDATE ONLY \(table) AS t SET \(assignments.joined(separator: ", ")) FROM unnest(\(arrays)) AS u(\(names))
            WHERE t.ctid = u.u0 AND t.xmin = u.u1 AND \(keys.joined(separator: " AND "))
            """
    }

    private func name(of type: PostgreSQLType) -> String {
        switch type {
        case .bytea: "bytea"
        case .int8: "bigint"
        case .text: "text"
        case .tid: "tid"
        case .xid: "xid"
        }
    }
}
