import Cryptography
import Datastores

/// Seals columns of a PostgreSQL table in a window: the rows stream out, are sealed, stream into a staging table, and then take the place of the old
/// ones, all while nobody else can get at the table.
///
/// One transaction changes the table; a kill at any instant leaves it as it was. The table stays the same object, so that grants, comments, triggers,
/// policies, sequences and publications need no copying. The old rows' files are deleted when it commits.
package struct RewriteMigration: Sendable {
    private let target: SealTarget
    private let request: SealRequest
    private let keys: SealingKeys
    private let progress: SealProgress
    private let checkpoint: Checkpoint?

    package init(target: SealTarget, request: SealRequest, keys: SealingKeys, progress: SealProgress = SealProgress(), checkpoint: Checkpoint? = nil)
    {
        self.target = target
        self.request = request
        self.keys = keys
        self.progress = progress
        self.checkpoint = checkpoint
    }

    package func seal() async throws -> SealReport {
        try keys.require(request.columns)
        let (request, keys, progress, checkpoint) = (request, keys, progress, checkpoint)
        let clock = ContinuousClock()
        let start = clock.now
        let counts = try await withTwoPostgreSQL(target.location, scope: target.scope, password: target.password) { main, side in
            let run = Run(main: main, side: side, request: request, keys: keys, progress: progress, checkpoint: checkpoint)
            return try run.seal()
        }
        var report = SealReport(
            table: request.displayName, operation: .seal, mode: .rewrite, cipher: request.algorithm.name, columns: request.columns.map(\.name))
        report.rows = counts.rows
        report.sealed = counts.changed
        report.skippedNull = counts.nulls
        report.seconds = start.duration(to: clock.now) / .seconds(1)
        report.rowsPerSecond = report.seconds > 0 ? Double(report.rows) / report.seconds : 0
        return report
    }
}

/// The work of one rewrite, on one thread, with two connections: `main` holds the lock and the transaction, `side` fills the staging table.
private struct Run {
    let main: PostgreSQLSession
    let side: PostgreSQLSession
    let request: SealRequest
    let keys: SealingKeys
    let progress: SealProgress
    let checkpoint: Checkpoint?

    private static let flushSize = 256 << 10

    private func quoted(_ name: String) -> String { PostgreSQLSession.identifier(name) }
    private var name: String { request.qualifiedName }
    private var staging: String { PostgreSQLState.staging(request) }

    private func run(_ session: PostgreSQLSession, _ sql: String) throws {
        try checkpoint?()
        try session.execute(sql)
    }

    private func snapshot() throws -> TableSnapshot {
        guard let table = try PostgreSQLSnapshot.read(main, schema: request.schema, table: request.table, columns: []) else {
            throw SealingError.noSuchTable(request.displayName)
        }
        let plan = SealPlanner.plan(request, on: table)
        guard plan.isPossible else { throw SealingError.blocked(plan.blockers) }
        return table
    }

    func seal() throws -> SealCounts {
        _ = try snapshot()
        try run(side, PostgreSQLState.tables)
        try run(main, "BEGIN; SET LOCAL lock_timeout = '10s'; LOCK TABLE \(name) IN ACCESS EXCLUSIVE MODE; SET LOCAL lock_timeout = 0")
        // Judged again: what was true before the lock may have changed.
        let table = try snapshot()
        progress.begin(total: table.estimatedRows)
        let counts = try copy(table)
        try replace(table, rows: counts.rows)
        try run(main, "ANALYZE \(name)")
        return counts
    }

    /// Generated columns make themselves.
    private func columns(_ table: TableSnapshot) -> [TableSnapshot.Column] { table.columns.filter { !$0.isGenerated } }

    private func wanted(_ column: TableSnapshot.Column) -> SealColumn? { request.columns.first { $0.name == column.name } }

    private var companions: [(name: String, type: String)] {
        request.columns.flatMap(\.companions).map { ($0.name, $0.postgreSQLType.name) }
    }

    private func copy(_ table: TableSnapshot) throws -> SealCounts {
        let columns = columns(table)
        let declarations = columns.map { column -> String in
            let own = quoted(column.name)
            return wanted(column) == nil || column.type == "bytea" ? own : "\(own)::text AS \(own)"
        }
        // `side` can't look at the table, which `main` has locked: the staging table is declared by its types.
        let types = columns.map { column in "\(quoted(column.name)) \(wanted(column) == nil || column.type == "bytea" ? column.declaration : "text")"
        }
        let fields = types + companions.map { "\(quoted($0.name)) \($0.type)" }
        try run(side, "BEGIN; DROP TABLE IF EXISTS \(staging); CREATE UNLOGGED TABLE \(staging) (\(fields.joined(separator: ", ")))")
        try checkpoint?()
        try side.beginCopyIn("COPY \(staging) FROM STDIN (FORMAT binary)")
        do {
            let counts = try stream(table, columns, declarations)
            try side.endCopyIn(isComplete: true)
            try run(side, "COMMIT")
            return counts
        } catch {
            try? side.endCopyIn(isComplete: false)
            throw error
        }
    }

    private func stream(_ table: TableSnapshot, _ columns: [TableSnapshot.Column], _ declarations: [String]) throws -> SealCounts {
        let ciphers = try columns.map { column in
            try wanted(column).map {
                try ColumnCipher($0, form: column.type == "bytea" ? .binary : .text, logicalName: request.logicalName(of: $0.name), keys: keys)
            }
        }
        let order = request.columns.compactMap { wanted in columns.firstIndex { $0.name == wanted.name } }
        let keyParts = table.primaryKey.count
        let keyList = table.primaryKey.map { quoted($0) + "::text" }
        var reader = CopyBinary()
        var writer = CopyBinaryWriter()
        var fields = [Range<Int>?](repeating: nil, count: 1 + keyParts + columns.count)
        var primaryKey = PrimaryKeyBytes()
        var counts = SealCounts()
        let fieldCount = columns.count + companions.count
        try main.copyOut("COPY (SELECT \((["ctid"] + keyList + declarations).joined(separator: ", ")) FROM ONLY \(name)) TO STDOUT (FORMAT binary)") {
            row in
            guard try reader.row(row, into: &fields) else { return }
            counts.rows += 1
            primaryKey.removeAll()
            for part in 1...keyParts { primaryKey.append(UnsafeRawBufferPointer(rebasing: row[fields[part] ?? 0..<0])) }
            writer.beginRow(fields: fieldCount)
            for (index, cipher) in ciphers.enumerated() {
                guard let range = fields[1 + keyParts + index] else {
                    if let cipher {
                        counts.nulls += 1
                        var nothing: [UInt8] = []
                        _ = try primaryKey.withBytes { try cipher.change(nil, primaryKey: $0, .seal, into: &nothing) }
                    }
                    writer.appendNull()
                    continue
                }
                let value = UnsafeRawBufferPointer(rebasing: row[range])
                guard let cipher else {
                    writer.append(value)
                    continue
                }
                guard cipher.column.hasMark || !ColumnCipher.isSealed(value, cipher.form) else {
                    throw SealingError.blocked([.lookalike(cipher.column.name)])
                }
                do {
                    _ = try primaryKey.withBytes { key in
                        try writer.appendField { try cipher.change(value, primaryKey: key, .seal, into: &$0) }
                    }
                } catch let failure as FormatPreservingCipher.Failure {
                    throw SealingError.cell(RowTransformer.place(row, fields, cipher.column.name), failure.description)
                }
                counts.changed += 1
            }
            for index in order { ciphers[index]?.companions.forEach { writer.append($0) } }
            if counts.rows % 1_024 == 0 { progress.add(1_024) }
            if writer.bytes.count >= Self.flushSize {
                try side.copyIn(writer.bytes)
                writer.removeAll()
            }
        }
        writer.finish()
        try side.copyIn(writer.bytes)
        return counts
    }

    /// The staged rows take the old ones' place.
    private func replace(_ table: TableSnapshot, rows: Int) throws {
        try PostgreSQLState.record(main, request, table)
        let triggers = table.triggers.map { quoted($0.name) }
        for trigger in triggers { try run(main, "ALTER TABLE \(name) DISABLE TRIGGER \(trigger)") }
        try run(main, "TRUNCATE ONLY \(name)")
        for index in PostgreSQLState.indexesToDrop(request, table) {
            try run(
                main,
                index.constraint.map { "ALTER TABLE \(name) DROP CONSTRAINT \(quoted($0))" }
                    ?? "DROP INDEX \(quoted(request.schema)).\(quoted(index.name))")
        }
        var changes: [String] = []
        for column in table.columns where wanted(column)?.protection == .envelope && column.type != "text" && column.type != "bytea" {
            if column.hasDefault { changes.append("ALTER COLUMN \(quoted(column.name)) DROP DEFAULT") }
            changes.append("ALTER COLUMN \(quoted(column.name)) TYPE text USING \(quoted(column.name))::text")
        }
        changes += companions.map { "ADD COLUMN \(quoted($0.name)) \($0.type)" }
        if !changes.isEmpty { try run(main, "ALTER TABLE \(name) \(changes.joined(separator: ", "))") }
        for column in table.columns where wanted(column)?.protection == .envelope && column.type != "text" && column.type != "bytea" {
            guard let expression = column.defaultExpression else { continue }
            try run(main, "ALTER TABLE \(name) ALTER COLUMN \(quoted(column.name)) SET DEFAULT (\(expression))::text")
        }
        let list = (columns(table).map(\.name) + companions.map(\.name)).map(quoted).joined(separator: ", ")
        try run(main, "INSERT INTO \(name) (\(list)) OVERRIDING SYSTEM VALUE SELECT \(list) FROM \(staging)")
        guard try main.rows("SELECT count(*) FROM ONLY \(name)").first?[0] == String(rows) else { throw SealingError.malformedAnswer }
        for column in request.columns {
            for companion in column.companions where companion.isIndexed {
                let indexName = quoted(companion.indexName(table: request.table))
                try run(main, "CREATE \(companion.isUnique ? "UNIQUE " : "")INDEX \(indexName) ON \(name) (\(quoted(companion.name)))")
            }
        }
        for trigger in table.triggers {
            try run(main, "ALTER TABLE \(name) ENABLE \(trigger.isAlways ? "ALWAYS " : "")TRIGGER \(quoted(trigger.name))")
        }
        if request.enforce {
            for column in request.columns {
                let form: ColumnForm = table.column(column.name)?.type == "bytea" ? .binary : .text
                try run(
                    main,
                    """
                    ALTER TABLE \(name) ADD CONSTRAINT \(quoted(Enforcement.name(of: column.name)))
                    CHECK (\(SealedCondition.isEnforced(column, form)))
                    """)
            }
        }
        for column in request.columns {
            try main.rows(
                "UPDATE suwen.sealed_column SET state = 'sealed' WHERE table_schema = $1 AND table_name = $2 AND column_name = $3",
                [request.schema, request.table, column.name])
        }
        try run(main, "DROP TABLE \(staging)")
        try run(main, "COMMIT")
    }
}
