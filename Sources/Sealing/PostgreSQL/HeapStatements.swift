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

    private func condition(_ make: (SealColumn, ColumnForm) -> String?) -> String? {
        let conditions = columns.compactMap { make($0.column, $0.form) }.map { "(\($0))" }
        return conditions.isEmpty ? nil : conditions.joined(separator: " OR ")
    }

    /// What SQL knows to be pending.
    private var pending: String? {
        condition { SealedCondition.isPending($0, $1, operation, keyID: keyIDs[$0.name] ?? 0) }
    }

    /// What is read: also the rows of which only a mark tells.
    private var candidates: String {
        let undecided = condition { column, _ in SealedCondition.mayBePending(column, operation) }
        return [pending, undecided].compactMap(\.self).joined(separator: " OR ")
    }

    /// Whether a row that is read may turn out to be done already.
    var hasUndecidedRows: Bool { columns.contains { SealedCondition.mayBePending($0.column, operation) != nil } }

    var fieldCount: Int { 2 + primaryKey.count + columns.count + columns.count { $0.column.hasMark } + (hasUndecidedRows ? 1 : 0) }

    /// Fields: tid, xid, the key's parts as text, the columns, the marks of those that have one, and whether SQL knows the row to be pending, where it
    /// doesn't know it of every row.
    func read(pages: Range<Int>?) -> String {
        let keys = primaryKey.map { Self.quoted($0) + "::text" }
        let values = columns.map { Self.quoted($0.column.name) + ($0.form == .text ? "::text" : "") }
        let marks = columns.filter(\.column.hasMark).compactMap { $0.column.companions.first.map { Self.quoted($0.name) } }
        let flag = hasUndecidedRows ? ["coalesce(\(pending ?? "false"), false)"] : []
        let range = pages.map { "ctid >= '(\($0.lowerBound),0)'::tid AND ctid < '(\($0.upperBound),0)'::tid AND " } ?? ""
        return """
            COPY (SELECT \((["ctid", "xmin"] + keys + values + marks + flag).joined(separator: ", ")) FROM ONLY \(table) WHERE \(range)(\(candidates)))
            TO STDOUT (FORMAT binary)
            """
    }

    var isAnyPending: String { "SELECT EXISTS (SELECT FROM ONLY \(table) WHERE \(pending ?? "false"))" }

    /// Takes the unique companions from cells that a writer has replaced by plaintext: the value that they belong to may be another row's by now.
    /// Nil without such companions. Names no row version, for it changes nothing but what is wrong in any of them.
    var releaseUnique: String? {
        let statements = columns.flatMap { column, form in
            column.companions.filter(\.isUnique).map { companion in
                let name = Self.quoted(companion.name)
                return """
                    UPDATE ONLY \(table) SET \(name) = NULL
                    WHERE \(name) IS NOT NULL AND (\(SealedCondition.isSealed(column.name, form))) IS NOT TRUE
                    """
            }
        }
        return statements.isEmpty ? nil : statements.joined(separator: "; ")
    }

    var types: [PostgreSQLType] { RowTransformer.types(operation, columns.map { ($0.column, $0.form) }, keyParts: primaryKey.count) }

    var update: String {
        let types = types
        let arrays = types.enumerated().map { "$\($0 + 1)::\($1.name)[]" }.joined(separator: ", ")
        let names = types.indices.map { "u\($0)" }.joined(separator: ", ")
        let targets = columns.flatMap { column, _ in [column.name] + column.written(operation).map(\.name) }
        let assignments = targets.enumerated().map { "\(Self.quoted($1)) = u.u\(2 + primaryKey.count + $0)" }
        let keys = primaryKey.enumerated().map { "t.\(Self.quoted($1))::text = u.u\(2 + $0)" }
        return """
            UPDATE ONLY \(table) AS t SET \(assignments.joined(separator: ", ")) FROM unnest(\(arrays)) AS u(\(names))
            WHERE t.ctid = u.u0 AND t.xmin = u.u1 AND \(keys.joined(separator: " AND "))
            """
    }
}
