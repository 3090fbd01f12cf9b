import Cryptography
import Datastores

/// What a run keeps in the file that it works on: which columns are sealed, and how far a run has come. No values of rows.
enum SQLiteState {
    static let tables = """
        CREATE TABLE IF NOT EXISTS suwen_sealed_column (
            table_name TEXT NOT NULL, column_name TEXT NOT NULL, declaration TEXT NOT NULL, protection TEXT NOT NULL, indexes TEXT NOT NULL,
            state TEXT NOT NULL, PRIMARY KEY (table_name, column_name)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS suwen_dropped_index (
            table_name TEXT NOT NULL, index_name TEXT NOT NULL, definition TEXT NOT NULL, PRIMARY KEY (table_name, index_name)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS suwen_seal_progress (
            table_name TEXT NOT NULL PRIMARY KEY, operation TEXT NOT NULL, next_row INTEGER, rows_done INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
        """
    private static let names = ["suwen_sealed_column", "suwen_dropped_index", "suwen_seal_progress"]
    static let vacuum = "vacuum"

    /// A column as an earlier run has recorded it.
    struct SealedColumn {
        var column: SealColumn
        var declaration: String
        var state: String
    }

    struct Progress {
        var operation: String
        /// The number of the last row that was looked at; nil at the beginning, or where rows have no number.
        var lastRow: Int64?
        var rowsDone: Int
    }

    private static func exists(_ session: SQLiteSession) throws -> Bool {
        try session.rows(
            "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name LIKE 'suwen~_%' ESCAPE '~' AND name IN (?, ?, ?)",
            names.map { .text($0) }
        )
        .first?[0] == .integer(3)
    }

    /// In the order in which they were sealed.
    static func sealedColumns(_ session: SQLiteSession, table: String) throws -> [SealedColumn] {
        guard try exists(session) else { return [] }
        return try session.rows(
            "SELECT column_name, protection, indexes, declaration, state FROM suwen_sealed_column WHERE table_name = ? ORDER BY column_name",
            [.text(table)]
        ).map { row in
            guard let protection = row[1].text.flatMap(Protection.init(text:)), let indexes = row[2].text.flatMap(BlindIndexDefinition.list(text:))
            else {
                throw SealingError.malformedAnswer
            }
            return SealedColumn(
                column: SealColumn(row[0].text ?? "", protection: protection, indexes: indexes), declaration: row[3].text ?? "",
                state: row[4].text ?? "")
        }
    }

    static func progress(_ session: SQLiteSession, table: String) throws -> Progress? {
        guard try exists(session) else { return nil }
        return try session.rows("SELECT operation, next_row, rows_done FROM suwen_seal_progress WHERE table_name = ?", [.text(table)]).first.map {
            row in
            Progress(operation: row[0].text ?? "", lastRow: row[1].integer, rowsDone: Int(row[2].integer ?? 0))
        }
    }

    static func record(_ session: SQLiteSession, _ request: SealRequest, _ table: SQLiteTable) throws {
        for wanted in request.columns {
            guard let column = table.column(wanted.name) else { continue }
            try session.rows(
                "INSERT INTO suwen_sealed_column VALUES (?, ?, ?, ?, ?, 'sealing') ON CONFLICT DO UPDATE SET state = 'sealing'",
                [table.name, column.name, column.declaration, wanted.protection.text, BlindIndexDefinition.text(wanted.indexes)].map { .text($0) })
        }
        for index in table.indexesToDrop(request) {
            guard let definition = index.definition else { continue }
            try session.rows(
                "INSERT INTO suwen_dropped_index VALUES (?, ?, ?) ON CONFLICT DO NOTHING", [table.name, index.name, definition].map { .text($0) })
        }
    }

    static func setState(_ session: SQLiteSession, table: String, columns: [String], _ state: String) throws {
        for column in columns {
            try session.rows(
                "UPDATE suwen_sealed_column SET state = ? WHERE table_name = ? AND column_name = ?", [.text(state), .text(table), .text(column)])
        }
    }

    static func setProgress(_ session: SQLiteSession, table: String, _ progress: Progress) throws {
        try session.rows(
            "INSERT OR REPLACE INTO suwen_seal_progress VALUES (?, ?, ?, ?)",
            [.text(table), .text(progress.operation), progress.lastRow.map { .integer($0) } ?? .null, .integer(Int64(progress.rowsDone))])
    }

    static func endProgress(_ session: SQLiteSession, table: String) throws {
        try session.rows("DELETE FROM suwen_seal_progress WHERE table_name = ?", [.text(table)])
    }

    static func droppedIndexes(_ session: SQLiteSession, table: String) throws -> [(name: String, definition: String)] {
        try session.rows("SELECT index_name, definition FROM suwen_dropped_index WHERE table_name = ? ORDER BY index_name", [.text(table)])
            .map { ($0[0].text ?? "", $0[1].text ?? "") }
    }

    static func forget(_ session: SQLiteSession, table: String) throws {
        for name in names { try session.rows("DELETE FROM \(name) WHERE table_name = ?", [.text(table)]) }
        guard try session.rows("SELECT EXISTS (SELECT 1 FROM suwen_sealed_column)").first?[0] == .integer(0) else { return }
        for name in names { try session.execute("DROP TABLE \(name)") }
    }
}
