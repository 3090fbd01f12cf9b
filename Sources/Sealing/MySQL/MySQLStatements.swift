import Datastores

/// The statements that read what is pending and write what was made of it.
///
/// `FOR UPDATE SKIP LOCKED` gives the rows that nobody else holds, and holds them until the transaction ends: from reading to writing nobody changes
/// them, which is stronger than comparing when writing, and nothing waits for a lock. A row that a writer holds is left for a later sweep.
struct MySQLStatements: Sendable {
    let table: MySQLTable
    let key: MySQLKey
    let columns: [MySQLSealedColumn]
    let operation: SealOperation
    /// By column.
    let keyIDs: [String: UInt32]

    private var path: String { "\(table.qualifiedName) FORCE INDEX (PRIMARY)" }

    /// What SQL knows to be pending.
    var pending: String {
        let there = Set(table.columns.map(\.name))
        let conditions = columns.compactMap {
            MySQLCondition.isPending($0.column, $0.form, operation, keyID: keyIDs[$0.column.name] ?? 0, there: there)
        }.map { "(\($0))" }
        return conditions.isEmpty ? "FALSE" : conditions.joined(separator: " OR ")
    }

    /// Whether only a mark's key tells if a row is done.
    var hasUndecidedRows: Bool { operation != .unseal && columns.contains(where: \.column.hasMark) }

    private func range(_ last: MySQLKey.Value?, _ end: MySQLKey.Value?) -> [String] {
        [last.map { key.isAfter($0) }, end.map { key.isUpTo($0) }].compactMap(\.self)
    }

    private func condition(_ conditions: [String]) -> String { conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ") }

    private var fields: String { MySQLRowTransformer.fields(columns, key) }

    /// The next rows of a range, locked.
    func next(after last: MySQLKey.Value?, upTo end: MySQLKey.Value?, limit: Int) -> String {
        "SELECT \(fields) FROM \(path)\(condition(range(last, end))) ORDER BY \(key.list) LIMIT \(limit) FOR UPDATE SKIP LOCKED"
    }

    /// Rows by key, locked, if they are still pending, or may be; at the end whether SQL knows that they are.
    func these(_ keys: [MySQLKey.Value]) -> String {
        let still = hasUndecidedRows ? [] : ["(\(pending))"]
        return "SELECT \(fields), COALESCE(\(pending), 0) FROM \(path)\(condition([key.isOneOf(keys)] + still)) FOR UPDATE SKIP LOCKED"
    }

    /// Rows that are pending, or may be, without a lock, and at the end whether SQL knows that they are.
    func search(after last: MySQLKey.Value?, limit: Int) -> String {
        let conditions = range(last, nil) + (hasUndecidedRows ? [] : ["(\(pending))"])
        let list = hasUndecidedRows ? fields + ", COALESCE(\(pending), 0)" : key.list
        return "SELECT \(list) FROM \(path)\(condition(conditions)) ORDER BY \(key.list) LIMIT \(limit)"
    }

    /// Where that is told.
    var flagField: Int { key.parts.count + 2 * columns.count + columns.count { $0.column.hasMark } }

    var isAnyPending: String { "SELECT EXISTS (SELECT 1 FROM \(table.qualifiedName) WHERE \(pending))" }

    /// The key in the middle, or wherever, to share the work.
    func key(at offset: Int) -> String { "SELECT \(key.list) FROM \(path) ORDER BY \(key.list) LIMIT 1 OFFSET \(offset)" }

    /// Columns that follow every UPDATE don't follow ours.
    private func unmoved(by targets: [String]) -> [String] {
        table.columns.filter { $0.followsUpdates && !targets.contains($0.name) }.map { MySQLSession.identifier($0.name) }.map { "\($0) = \($0)" }
    }

    /// Takes the unique companions from cells that a writer has replaced by plaintext: the value that they belong to may be another row's by now.
    var releaseUnique: [String] {
        guard operation == .seal else { return [] }
        return columns.flatMap { column in
            column.column.companions.filter(\.isUnique).map { companion in
                let name = MySQLSession.identifier(companion.name)
                return """
                    UPDATE \(table.qualifiedName) SET \((["\(name) = NULL"] + unmoved(by: [])).joined(separator: ", "))
                    WHERE \(name) IS NOT NULL AND (\(MySQLCondition.isSealed(column.column.name, column.form))) IS NOT TRUE
                    """
            }
        }
    }

    var update: String {
        let targets = columns.flatMap { column in [column.column.name] + column.column.written(operation).map(\.name) }
        let assignments = targets.map { MySQLSession.identifier($0) + " = ?" } + unmoved(by: targets)
        return "UPDATE \(table.qualifiedName) SET \(assignments.joined(separator: ", ")) WHERE \(key.isEqual)"
    }
}
