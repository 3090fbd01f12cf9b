import Datastores

/// What the schema says about a table that is to be sealed: everything that the planner judges, and no value of any row.
struct SQLiteTable {
    struct Column {
        var name: String
        var declaration: String
        var isNotNull: Bool
        /// The default as an expression.
        var defaultExpression: String?
        /// Place in the primary key, from 1; 0: not in it.
        var keyPlace: Int
        var isGenerated: Bool
        /// An argument of a virtual table.
        var isHidden: Bool

        /// https://www.sqlite.org/datatype3.html, section 3.1, rule 3 and its place in their order.
        var keepsEveryType: Bool {
            let type = declaration.uppercased()
            return type.isEmpty || type == "ANY" || type.contains("BLOB") && !["INT", "CHAR", "CLOB", "TEXT"].contains { type.contains($0) }
        }
    }

    struct Index {
        var name: String
        var isUnique: Bool
        /// `c` by CREATE INDEX, `u` by a UNIQUE constraint, `pk` of the primary key.
        var origin: String
        /// Nil for those of constraints.
        var definition: String?
        /// Columns that it uses, also in expressions and its condition.
        var columns: [String]
        /// Whether it is on whole columns of all rows, compared byte by byte.
        var isPlain: Bool
    }

    struct Trigger {
        var name: String
        var definition: String
        var event: SQLiteTriggerEvent
    }

    var name: String
    var definition: String
    var columns: [Column]
    var indexes: [Index] = []
    var triggers: [Trigger] = []
    var views: [(name: String, tokens: SQLiteTokens)] = []
    /// Full-text and other virtual tables that name this one.
    var virtualTables: [(name: String, tokens: SQLiteTokens)] = []
    /// Columns of this table that foreign keys use, with the other table where the key leads here.
    var foreignKeys: [(column: String, table: String?)] = []
    var isVirtual = false
    var isView = false
    var isStrict = false
    var hasRowID = true
    /// The column that is the row's number under another name.
    var rowIDColumn: String?
    var isReadOnly = false
    var isUTF16 = false
    var journalMode = ""
    var hasStatistics = false
    var rows = 0
    var pageSize = 4_096
    var pageCount = 0
    var freePages = 0
    /// Bytes on average of the first rows' values, by column.
    var widths: [String: Int] = [:]
    var recorded: [SQLiteState.SealedColumn] = []
    /// Columns that hold values which look like envelopes though no run of ours has sealed them.
    var lookalikes: Set<String> = []
    /// Columns that hold numbers.
    var numeric: Set<String> = []
    /// Columns that hold bytes.
    var binary: Set<String> = []
    /// Columns of the key that are NULL in some row.
    var nullKeys: Set<String> = []

    func column(_ name: String) -> Column? { columns.first { $0.name == name } }

    var primaryKey: [Column] { columns.filter { $0.keyPlace > 0 }.sorted { $0.keyPlace < $1.keyPlace } }

    var sealedColumns: Set<String> { Set(recorded.map(\.column.name)) }

    /// By what a row is found fastest: the row's number under a name that is free, or the primary key's columns. Quoted.
    var locator: [String] {
        if hasRowID {
            if let rowIDColumn { return [SQLiteSession.identifier(rowIDColumn)] }
            let taken = Set(columns.map { $0.name.lowercased() })
            if let free = ["rowid", "_rowid_", "oid"].first(where: { !taken.contains($0) }) { return [free] }
        }
        return primaryKey.map { SQLiteSession.identifier($0.name) }
    }

    /// Whether the locator is one integer, which a run can write down without telling anything about anybody.
    var isLocatedByNumber: Bool { hasRowID && (rowIDColumn != nil || locator.first.map { ["rowid", "_rowid_", "oid"].contains($0) } == true) }

    var userTriggers: [Trigger] {
        let ours = Set(columns.flatMap { SQLiteEnforcement.names(name, $0.name) })
        return triggers.filter { !ours.contains($0.name) }
    }

    /// Indexes by CREATE INDEX that find nothing any more. Equal values stay equal where the form is preserved: indexes on them still find rows.
    func indexesToDrop(_ request: SealRequest) -> [Index] {
        let names = Set(request.columns.filter { $0.protection == .envelope }.map(\.name))
        return indexes.filter { $0.origin == "c" && !names.isDisjoint(with: $0.columns) }
    }
}

extension SQLiteTable {
    /// - Parameter looksAtRows: whether to count, and to look what the requested columns hold.
    static func read(_ session: SQLiteSession, _ request: SealRequest, looksAtRows: Bool = false) throws -> SQLiteTable {
        let name = SQLiteValue.text(request.table)
        guard request.schema == "main",
            let row = try session.rows("SELECT type, wr, strict FROM pragma_table_list WHERE schema = 'main' AND name = ?", [name]).first,
            let definition = try session.rows("SELECT sql FROM sqlite_schema WHERE type IN ('table', 'view') AND name = ?", [name]).first?[0].text
        else { throw SealingError.noSuchTable(request.displayName) }
        var table = SQLiteTable(name: request.table, definition: definition, columns: try columns(session, name))
        table.isView = row[0].text == "view"
        table.isVirtual = row[0].text == "virtual" || row[0].text == "shadow"
        table.hasRowID = row[1].integer == 0
        table.isStrict = row[2].integer == 1
        table.isReadOnly = session.isReadOnly
        table.isUTF16 = try session.rows("PRAGMA encoding").first?[0].text != "UTF-8"
        table.journalMode = try session.rows("PRAGMA journal_mode").first?[0].text ?? ""
        table.pageSize = try number(session, "PRAGMA page_size")
        table.pageCount = try number(session, "PRAGMA page_count")
        table.freePages = try number(session, "PRAGMA freelist_count")
        table.hasStatistics = try number(session, "SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_stat1'") > 0
        try table.addIndexes(session, name)
        try table.addDependents(session, name)
        table.recorded = try SQLiteState.sealedColumns(session, table: request.table)
        if looksAtRows, !table.isView, !table.isVirtual { try table.lookAtRows(session, request) }
        return table
    }

    private static func number(_ session: SQLiteSession, _ sql: String) throws -> Int { Int(try session.rows(sql).first?[0].integer ?? 0) }

    private static func columns(_ session: SQLiteSession, _ name: SQLiteValue) throws -> [Column] {
        try session.rows("SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?) ORDER BY cid", [name]).map { row in
            Column(
                name: row[0].text ?? "", declaration: row[1].text ?? "", isNotNull: row[2].integer == 1, defaultExpression: row[3].text,
                keyPlace: Int(row[4].integer ?? 0), isGenerated: (row[5].integer ?? 0) > 1, isHidden: row[5].integer == 1)
        }
    }

    private mutating func addIndexes(_ session: SQLiteSession, _ name: SQLiteValue) throws {
        let rows = try session.rows(
            """
            SELECT l.name, l."unique", l.origin, l.partial, s.sql FROM pragma_index_list(?1) l
            LEFT JOIN sqlite_schema s ON s.type = 'index' AND s.name = l.name ORDER BY l.seq DESC
            """, [name])
        for row in rows {
            let parts = try session.rows("SELECT cid, name, coll FROM pragma_index_xinfo(?) WHERE key = 1 ORDER BY seqno", [row[0]])
            var used = parts.compactMap { $0[1].text }
            let tokens = row[4].text.map { SQLiteTokens($0) }
            used += columns.map(\.name).filter { column in !used.contains(column) && tokens?.uses(column) == true && column != row[0].text }
            indexes.append(
                Index(
                    name: row[0].text ?? "", isUnique: row[1].integer == 1, origin: row[2].text ?? "", definition: row[4].text, columns: used,
                    isPlain: row[3].integer == 0 && parts.allSatisfy { ($0[0].integer ?? -2) >= 0 && $0[2].text == "BINARY" }))
        }
        if hasRowID, primaryKey.count == 1, !indexes.contains(where: { $0.origin == "pk" }) { rowIDColumn = primaryKey.first?.name }
    }

    private mutating func addDependents(_ session: SQLiteSession, _ name: SQLiteValue) throws {
        foreignKeys = try session.rows("SELECT \"from\", NULL FROM pragma_foreign_key_list(?)", [name]).map { ($0[0].text ?? "", nil) }
        foreignKeys += try session.rows(
            """
            SELECT f."to", l.name FROM pragma_table_list l, pragma_foreign_key_list(l.name) f
            WHERE l.schema = 'main' AND l.type = 'table' AND f."table" = ?1 COLLATE NOCASE AND f."to" IS NOT NULL
            """, [name]
        ).map { ($0[0].text ?? "", $0[1].text) }
        for row in try session.rows(
            "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND (type IN ('trigger', 'view') OR type = 'table' AND rootpage = 0) ORDER BY rowid"
        ) {
            guard let type = row[0].text, let other = row[1].text, let sql = row[3].text else { continue }
            let tokens = SQLiteTokens(sql)
            switch type {
            case "trigger" where row[2].text?.lowercased() == self.name.lowercased():
                triggers.append(Trigger(name: other, definition: sql, event: SQLiteTriggerEvent(sql)))
            case "view" where tokens.uses(self.name): views.append((other, tokens))
            case "table" where other != self.name && tokens.uses(self.name): virtualTables.append((other, tokens))
            default: break
            }
        }
    }

    /// Reads the table once.
    private mutating func lookAtRows(_ session: SQLiteSession, _ request: SealRequest) throws {
        let quoted = SQLiteSession.identifier(name)
        let wanted = request.columns.map(\.name).filter { column($0) != nil }
        let keys = rowIDColumn == nil ? primaryKey.filter { !$0.isNotNull }.map(\.name) : []
        let looks = wanted.flatMap { column in
            let own = SQLiteSession.identifier(column)
            return [
                "max(\(SQLiteCondition.isSealed(column)))", "max(typeof(\(own)) IN ('integer', 'real'))", "max(typeof(\(own)) = 'blob')",
                "CAST(avg(length(CAST(\(own) AS BLOB))) AS INTEGER)",
            ]
        }
        let nulls = keys.map { "max(\(SQLiteSession.identifier($0)) IS NULL)" }
        guard let row = try session.rows("SELECT \((["count(*)"] + looks + nulls).joined(separator: ", ")) FROM \(quoted)").first else { return }
        rows = Int(row[0].integer ?? 0)
        for (index, column) in wanted.enumerated() {
            widths[column] = row[4 + index * 4].integer.map { Int($0) }
            guard !sealedColumns.contains(column) else { continue }
            if row[1 + index * 4] == .integer(1) { lookalikes.insert(column) }
            if row[2 + index * 4] == .integer(1) { numeric.insert(column) }
            if row[3 + index * 4] == .integer(1) { binary.insert(column) }
        }
        for (index, column) in keys.enumerated() where row[1 + wanted.count * 4 + index] == .integer(1) { nullKeys.insert(column) }
    }
}
