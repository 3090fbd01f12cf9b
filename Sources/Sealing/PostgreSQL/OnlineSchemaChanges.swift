import Datastores
import Foundation

/// What is changed on the table before and after its rows: column types, companions, indexes, the constraint. Each is done again without harm.
struct OnlineSchemaChanges {
    let session: PostgreSQLSession
    let request: SealRequest
    let checkpoint: Checkpoint?
    private static let attempts = 30

    private func quoted(_ name: String) -> String { PostgreSQLSession.identifier(name) }
    private var name: String { request.qualifiedName }

    private func run(_ sql: String) throws {
        try checkpoint?()
        try session.execute(sql)
    }

    /// One transaction. Everybody else queues up behind an ALTER TABLE that waits for a lock: rather give up soon, and try again.
    private func transaction(_ body: () throws -> Void) throws {
        for attempt in 1... {
            do {
                try run("BEGIN; SET LOCAL lock_timeout = '2s'")
                try body()
                return try run("COMMIT")
            } catch let failure as PostgreSQLFailure {
                guard failure.sqlState == "55P03" || failure.sqlState == "40P01", attempt < Self.attempts else { throw failure }
                try session.execute("ROLLBACK")
                Thread.sleep(forTimeInterval: 0.1 * Double(attempt))
            }
        }
    }

    /// Makes room for envelopes, and records what was there.
    func prepare(_ table: TableSnapshot) throws {
        try transaction {
            try run(PostgreSQLState.tables)
            try PostgreSQLState.record(session, request, table)
            try run("DROP TABLE IF EXISTS \(PostgreSQLState.staging(request))")
            var changes: [String] = []
            for wanted in request.columns {
                guard let column = table.column(wanted.name) else { continue }
                if column.type == "varchar", wanted.protection == .envelope {
                    // A type without a limit takes every value that is there: no row is looked at, no index built anew.
                    let collation = column.collation.map { " COLLATE \($0)" } ?? ""
                    changes.append("ALTER COLUMN \(quoted(column.name)) TYPE text\(collation)")
                }
                changes += wanted.companions.map { "ADD COLUMN IF NOT EXISTS \(quoted($0.name)) \($0.postgreSQLType.name)" }
            }
            if !changes.isEmpty { try run("ALTER TABLE \(name) \(changes.joined(separator: ", "))") }
        }
    }

    /// Indexes on the companions, built beside writers. One that was left half-built is built again.
    func createIndexes() throws {
        for column in request.columns {
            for companion in column.companions where companion.isIndexed {
                let indexName = companion.indexName(table: request.table)
                let path = quoted(request.schema) + "." + quoted(indexName)
                let state = try session.rows("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass($1)", [path]).first?[0]
                if state == "t" { continue }
                if state == "f" { try run("DROP INDEX CONCURRENTLY \(path)") }
                try run(
                    "CREATE \(companion.isUnique ? "UNIQUE " : "")INDEX CONCURRENTLY \(quoted(indexName)) ON \(name) (\(quoted(companion.name)))")
            }
        }
    }

    /// The indexes on what was readable; their definitions were recorded by ``prepare(_:)``.
    func dropPlainIndexes() throws {
        guard let table = try PostgreSQLSnapshot.read(session, schema: request.schema, table: request.table, columns: []) else { return }
        for index in PostgreSQLState.indexesToDrop(request, table) {
            if let constraint = index.constraint {
                try transaction { try run("ALTER TABLE \(name) DROP CONSTRAINT \(quoted(constraint))") }
            } else {
                try run("DROP INDEX CONCURRENTLY IF EXISTS \(quoted(request.schema)).\(quoted(index.name))")
            }
        }
    }

    /// From now on plaintext that comes in is refused, and NULL with a companion; rows that are there aren't looked at yet.
    func refusePlaintext(_ forms: [String: ColumnForm]) throws {
        let there = Set(
            try session.rows("SELECT conname FROM pg_constraint WHERE conrelid = to_regclass($1) AND contype = 'c'", [name]).compactMap { $0[0] })
        let changes = request.columns.filter { !there.contains(Enforcement.name(of: $0.name)) }.map { column in
            """
            ADD CONSTRAINT \(quoted(Enforcement.name(of: column.name)))
            CHECK (\(SealedCondition.isEnforced(column, forms[column.name] ?? .text))) NOT VALID
            """
        }
        guard !changes.isEmpty else { return }
        try transaction { try run("ALTER TABLE \(name) \(changes.joined(separator: ", "))") }
    }

    /// Looks at all rows, beside writers.
    func validateConstraints() throws {
        for column in request.columns {
            try run("ALTER TABLE \(name) VALIDATE CONSTRAINT \(quoted(Enforcement.name(of: column.name)))")
        }
    }

    func finishSealing() throws {
        let names = request.columns.map { PostgreSQLSession.literal($0.name) }.joined(separator: ", ")
        try run(
            """
            BEGIN; UPDATE suwen.sealed_column SET state = 'sealed' WHERE table_schema = \(PostgreSQLSession.literal(request.schema))
            AND table_name = \(PostgreSQLSession.literal(request.table)) AND column_name IN (\(names));
            DELETE FROM suwen.seal_progress WHERE table_schema = \(PostgreSQLSession.literal(request.schema))
            AND table_name = \(PostgreSQLSession.literal(request.table)); COMMIT
            """)
        // The statistics quote frequent values: these are sealed ones from now on.
        try run("ANALYZE \(name)")
    }

    // MARK: - Unsealing

    /// Lets plaintext in again.
    func prepareUnsealing() throws {
        try transaction {
            try run(
                "ALTER TABLE \(name) "
                    + request.columns.map { "DROP CONSTRAINT IF EXISTS \(quoted(Enforcement.name(of: $0.name)))" }.joined(separator: ", "))
            try session.rows(
                "UPDATE suwen.sealed_column SET state = 'unsealing' WHERE table_schema = $1 AND table_name = $2", [request.schema, request.table])
        }
    }

    /// Gives the columns their types, defaults and indexes back, and takes away what sealing had added, in one transaction that nobody else gets
    /// into. False, and nothing done, when a sealed cell has come in meanwhile.
    func finishUnsealing(_ columns: [PostgreSQLState.SealedColumn], isAnySealed: String) throws -> Bool {
        var isDone = false
        try transaction {
            try run("LOCK TABLE \(name) IN ACCESS EXCLUSIVE MODE")
            guard try session.rows(isAnySealed).first?[0] == "f" else { return }
            var drops: [String] = []
            var types: [String] = []
            for column in columns {
                let own = quoted(column.column.name)
                drops += column.column.companions.map { "DROP COLUMN IF EXISTS \(quoted($0.name))" }
                guard column.column.protection == .envelope, column.typeName != "text", column.typeName != "bytea" else { continue }
                if column.defaultExpression != nil { types.append("ALTER COLUMN \(own) DROP DEFAULT") }
                let collation = column.collation.map { " COLLATE \($0)" } ?? ""
                types.append("ALTER COLUMN \(own) TYPE \(column.declaration)\(collation) USING \(own)::\(column.declaration)")
                if let expression = column.defaultExpression { types.append("ALTER COLUMN \(own) SET DEFAULT \(expression)") }
            }
            if !drops.isEmpty { try run("ALTER TABLE \(name) \(drops.joined(separator: ", "))") }
            if !types.isEmpty { try run("ALTER TABLE \(name) \(types.joined(separator: ", "))") }
            try restoreIndexes()
            try PostgreSQLState.forget(session, schema: request.schema, table: request.table)
            isDone = true
        }
        return isDone
    }

    private func restoreIndexes() throws {
        let dropped = try session.rows(
            """
            SELECT index_name, definition, comment, constraint_name, constraint_definition, constraint_comment FROM suwen.dropped_index
            WHERE table_schema = $1 AND table_name = $2 ORDER BY index_name
            """, [request.schema, request.table])
        for row in dropped {
            guard let index = row[0], let definition = row[1] else { continue }
            let path = quoted(request.schema) + "." + quoted(index)
            if try session.rows("SELECT to_regclass($1) IS NULL", [path]).first?[0] == "t" {
                if let constraint = row[3], let text = row[4] {
                    try run("ALTER TABLE \(name) ADD CONSTRAINT \(quoted(constraint)) \(text)")
                    if let comment = row[5] {
                        try run("COMMENT ON CONSTRAINT \(quoted(constraint)) ON \(name) IS \(PostgreSQLSession.literal(comment))")
                    }
                } else {
                    try run(definition)
                }
                if let comment = row[2] { try run("COMMENT ON INDEX \(path) IS \(PostgreSQLSession.literal(comment))") }
            }
        }
    }
}
