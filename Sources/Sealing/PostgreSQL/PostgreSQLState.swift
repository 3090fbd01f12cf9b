import Cryptography
import Datastores

/// What a run keeps in the database it works on, in the schema `suwen`: which columns are sealed and what they were before, and how far a run has
/// come. No values of rows.
enum PostgreSQLState {
    static let tables = """
        CREATE SCHEMA IF NOT EXISTS suwen;
        CREATE TABLE IF NOT EXISTS suwen.sealed_column (
            table_schema text NOT NULL, table_name text NOT NULL, column_name text NOT NULL, type_name text NOT NULL, declaration text NOT NULL,
            collation_name text, default_expression text, protection text NOT NULL, indexes text NOT NULL, state text NOT NULL, started timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (table_schema, table_name, column_name));
        CREATE TABLE IF NOT EXISTS suwen.dropped_index (
            table_schema text NOT NULL, table_name text NOT NULL, index_name text NOT NULL, definition text NOT NULL, comment text,
            constraint_name text, constraint_definition text, constraint_comment text,
            PRIMARY KEY (table_schema, table_name, index_name));
        CREATE TABLE IF NOT EXISTS suwen.seal_progress (
            table_schema text NOT NULL, table_name text NOT NULL, operation text NOT NULL, worker int NOT NULL, next_page bigint NOT NULL,
            end_page bigint NOT NULL, rows_done bigint NOT NULL DEFAULT 0,
            PRIMARY KEY (table_schema, table_name, worker));
        """

    /// A column as an earlier run has recorded it.
    struct SealedColumn {
        var column: SealColumn
        var typeName: String
        var declaration: String
        var collation: String?
        var defaultExpression: String?
        var state: String

        var form: ColumnForm { typeName == "bytea" ? .binary : .text }
    }

    private static func exists(_ session: PostgreSQLSession) throws -> Bool {
        try session.rows("SELECT to_regclass('suwen.sealed_column') IS NOT NULL").first?[0] == "t"
    }

    /// The columns that are sealed or on the way.
    static func columns(_ session: PostgreSQLSession, schema: String, table: String) throws -> Set<String> {
        Set(try sealedColumns(session, schema: schema, table: table).map(\.column.name))
    }

    static func sealedColumns(_ session: PostgreSQLSession, schema: String, table: String) throws -> [SealedColumn] {
        guard try exists(session) else { return [] }
        return try session.rows(
            """
            SELECT column_name, type_name, declaration, collation_name, default_expression, protection, indexes, state FROM suwen.sealed_column
            WHERE table_schema = $1 AND table_name = $2 ORDER BY column_name
            """, [schema, table]
        ).map { row in
            guard let protection = row[5].flatMap(Protection.init(text:)), let indexes = row[6].flatMap(BlindIndexDefinition.list(text:)) else {
                throw SealingError.malformedAnswer
            }
            return SealedColumn(
                column: SealColumn(row[0] ?? "", protection: protection, indexes: indexes), typeName: row[1] ?? "", declaration: row[2] ?? "",
                collation: row[3], defaultExpression: row[4], state: row[7] ?? "")
        }
    }

    static func record(_ session: PostgreSQLSession, _ request: SealRequest, _ table: TableSnapshot) throws {
        for wanted in request.columns {
            guard let column = table.column(wanted.name) else { continue }
            try session.rows(
                """
                INSERT INTO suwen.sealed_column (table_schema, table_name, column_name, type_name, declaration, collation_name, default_expression,
                    protection, indexes, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'sealing') ON CONFLICT DO NOTHING
                """,
                [
                    table.schema, table.table, column.name, column.type, column.declaration, column.collation, column.defaultExpression,
                    wanted.protection.text, BlindIndexDefinition.text(wanted.indexes),
                ])
        }
        for index in indexesToDrop(request, table) {
            try session.rows(
                "INSERT INTO suwen.dropped_index VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
                [
                    table.schema, table.table, index.name, index.definition, index.comment, index.constraint, index.constraintDefinition,
                    index.constraintComment,
                ])
        }
    }

    /// Those that find nothing any more. Equal values stay equal where the form is preserved: indexes on them still find rows.
    static func indexesToDrop(_ request: SealRequest, _ table: TableSnapshot) -> [TableSnapshot.Index] {
        let names = Set(request.columns.filter { $0.protection == .envelope }.map(\.name))
        return table.indexes.filter { !$0.isPrimary && !names.isDisjoint(with: $0.columns) }
    }

    /// Where a rewrite puts the rows before they take the old ones' place. One that was killed leaves it behind, with the other columns as they are.
    static func staging(_ request: SealRequest) -> String {
        "suwen." + PostgreSQLSession.identifier("staging_" + SHA256.hex(request.displayName).prefix(16))
    }

    static func forget(_ session: PostgreSQLSession, schema: String, table: String) throws {
        for state in ["sealed_column", "dropped_index", "seal_progress"] {
            try session.rows("DELETE FROM suwen.\(state) WHERE table_schema = $1 AND table_name = $2", [schema, table])
        }
        guard try session.rows("SELECT EXISTS (SELECT FROM suwen.sealed_column)").first?[0] == "f" else { return }
        try session.execute("DROP TABLE suwen.sealed_column, suwen.dropped_index, suwen.seal_progress")
        // Whatever else is in there isn't ours to drop.
        let isEmpty = try session.rows("SELECT NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = 'suwen'::regnamespace)").first?[0] == "t"
        if isEmpty { try session.execute("DROP SCHEMA suwen") }
    }
}
