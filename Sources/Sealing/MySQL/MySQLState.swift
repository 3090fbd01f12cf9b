import Cryptography
import Datastores

/// What a run keeps in the database it works on: which columns are sealed and what they were before, and how far a run has come. Of rows, only
/// the keys where a run under way stands.
package enum MySQLState {
    private static let name = "varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL"
    static let tables = [
        """
        CREATE TABLE IF NOT EXISTS suwen_sealed_column (
            table_name \(name), column_name \(name), type_name varchar(64) NOT NULL, declaration mediumtext NOT NULL, definition mediumtext NOT NULL,
            protection mediumtext NOT NULL, indexes text NOT NULL, state varchar(16) NOT NULL, started datetime NOT NULL,
            PRIMARY KEY (table_name, column_name)) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
        """,
        """
        CREATE TABLE IF NOT EXISTS suwen_dropped_index (
            table_name \(name), index_name \(name), place int NOT NULL, definition text NOT NULL, is_dropped int NOT NULL,
            PRIMARY KEY (table_name, index_name)) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
        """,
        """
        CREATE TABLE IF NOT EXISTS suwen_seal_progress (
            table_name \(name), operation varchar(16) NOT NULL, worker int NOT NULL, next_key mediumtext, end_key mediumtext,
            is_done int NOT NULL DEFAULT 0, rows_done bigint NOT NULL DEFAULT 0,
            PRIMARY KEY (table_name, worker)) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
        """,
    ]
    static let tableNames = ["suwen_sealed_column", "suwen_dropped_index", "suwen_seal_progress"]

    /// A column as an earlier run has recorded it.
    package struct SealedColumn: Sendable, Hashable {
        package var column: SealColumn
        package var typeName: String
        package var declaration: String
        package var definition: String
        /// `sealing`, `sealed`, `unsealing`; `rewriting` until the new table has taken the old one's place.
        package var state: String

        var form: ColumnForm { MySQLTable.Column(name: column.name, type: typeName, declaration: "", definition: "").form }
    }

    struct RecordedIndex {
        var name: String
        var definition: String
        var isDropped: Bool
    }

    static func path(_ schema: String, _ table: String) -> String { MySQLSession.identifier(schema) + "." + MySQLSession.identifier(table) }

    static func exists(_ session: MySQLSession, _ schema: String, _ table: String) throws -> Bool {
        try !session.rows(
            """
            SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = \(MySQLSession.literal(schema)) AND TABLE_NAME = \(MySQLSession.literal(table))
            """
        ).isEmpty
    }

    static func sealedColumns(_ session: MySQLSession, schema: String, table: String) throws -> [SealedColumn] {
        guard try exists(session, schema, "suwen_sealed_column") else { return [] }
        return try session.rows(
            """
            SELECT column_name, type_name, declaration, definition, protection, indexes, state FROM \(path(schema, "suwen_sealed_column"))
            WHERE table_name = \(MySQLSession.literal(table)) ORDER BY column_name
            """
        ).map { row in
            guard let protection = row[4].flatMap(Protection.init(text:)), let indexes = row[5].flatMap(BlindIndexDefinition.list(text:)) else {
                throw SealingError.malformedAnswer
            }
            return SealedColumn(
                column: SealColumn(row[0] ?? "", protection: protection, indexes: indexes), typeName: row[1] ?? "", declaration: row[2] ?? "",
                definition: row[3] ?? "", state: row[6] ?? "")
        }
    }

    /// Records what is there before anything is changed; what was recorded before stays.
    static func record(_ session: MySQLSession, _ request: SealRequest, _ table: MySQLTable, state: String) throws {
        let name = MySQLSession.literal(request.table)
        for wanted in request.columns {
            guard let column = table.column(wanted.name) else { continue }
            let values = [
                column.name, column.type, column.declaration, column.definition, wanted.protection.text, BlindIndexDefinition.text(wanted.indexes),
            ]
            try session.execute(
                """
                INSERT IGNORE INTO \(path(request.schema, "suwen_sealed_column"))
                VALUES (\(name), \(values.map(MySQLSession.literal).joined(separator: ", ")), \(MySQLSession.literal(state)), UTC_TIMESTAMP())
                """)
        }
        let dropped = Set(indexesToDrop(request, table).map(\.name))
        let companions = Set((request.columns + table.sealed.map(\.column)).flatMap(\.companions).map { $0.mySQLIndexName(table: request.table) })
        for (place, index) in table.indexes.enumerated() where !companions.contains(index.name) {
            try session.execute(
                """
                INSERT INTO \(path(request.schema, "suwen_dropped_index"))
                VALUES (\(name), \(MySQLSession.literal(index.name)), \(place), \(MySQLSession.literal(index.definition)), \(dropped.contains(index.name) ? 1 : 0))
                ON DUPLICATE KEY UPDATE is_dropped = GREATEST(is_dropped, VALUES(is_dropped))
                """)
        }
    }

    static func recordedIndexes(_ session: MySQLSession, _ request: SealRequest) throws -> [RecordedIndex] {
        try session.rows(
            """
            SELECT index_name, definition, is_dropped FROM \(path(request.schema, "suwen_dropped_index"))
            WHERE table_name = \(MySQLSession.literal(request.table)) ORDER BY place, index_name
            """
        ).map { RecordedIndex(name: $0[0] ?? "", definition: $0[1] ?? "", isDropped: $0[2] == "1") }
    }

    /// Those that find nothing any more. Equal values stay equal where the form is preserved: indexes on them still find rows.
    static func indexesToDrop(_ request: SealRequest, _ table: MySQLTable) -> [MySQLTable.Index] {
        let names = Set(request.columns.filter { $0.protection == .envelope }.map(\.name))
        return table.indexes.filter { !names.isDisjoint(with: $0.columns) }
    }

    /// Of the request's columns.
    static func setState(_ session: MySQLSession, _ request: SealRequest, _ state: String) throws {
        try session.execute(
            """
            UPDATE \(path(request.schema, "suwen_sealed_column")) SET state = \(MySQLSession.literal(state))
            WHERE table_name = \(MySQLSession.literal(request.table))
            AND column_name IN (\(request.columns.map { MySQLSession.literal($0.name) }.joined(separator: ", ")))
            """)
    }

    /// The new table has taken the old one's place, with whatever columns were sealed in it.
    static func endRewriting(_ session: MySQLSession, _ request: SealRequest) throws {
        try session.execute(
            """
            UPDATE \(path(request.schema, "suwen_sealed_column")) SET state = 'sealed'
            WHERE table_name = \(MySQLSession.literal(request.table)) AND state = 'rewriting'
            """)
    }

    static func clearProgress(_ session: MySQLSession, _ request: SealRequest) throws {
        try session.execute(
            "DELETE FROM \(path(request.schema, "suwen_seal_progress")) WHERE table_name = \(MySQLSession.literal(request.table))")
    }

    /// In one transaction, whose end is the caller's.
    static func forget(_ session: MySQLSession, _ request: SealRequest) throws {
        for table in tableNames.reversed() {
            try session.execute("DELETE FROM \(path(request.schema, table)) WHERE table_name = \(MySQLSession.literal(request.table))")
        }
    }

    static func dropIfEmpty(_ session: MySQLSession, _ schema: String) throws {
        guard try exists(session, schema, "suwen_sealed_column") else { return }
        guard try session.rows("SELECT 1 FROM \(path(schema, "suwen_sealed_column")) LIMIT 1").isEmpty else { return }
        // What tells whether there is any state goes last.
        try session.execute("DROP TABLE IF EXISTS \(tableNames.reversed().map { path(schema, $0) }.joined(separator: ", "))")
    }

    /// Where a rewrite puts the rows before they take the old ones' place, and where the old ones go until they are dropped.
    /// Their names come behind the table's own in the order in which the server takes locks, so that a RENAME waits for the table first.
    static func staging(_ request: SealRequest) -> String { request.table + "_suwen_new" }
    static func replaced(_ request: SealRequest) -> String { request.table + "_suwen_old" }

    /// The name of the lock that keeps a second run out.
    static func lockName(_ request: SealRequest, _ worker: Int) -> String { "suwen seal \(SHA256.hex(request.displayName).prefix(24)) \(worker)" }
}
