import Cryptography
import Datastores
import Dispatch
import Foundation
import Synchronization

/// Seals columns of a table in a window: the rows stream out, are sealed, and stream into a new table, which then takes the old one's place, all while
/// nobody can write; readers go on.
///
/// The old table is kept until the new one has as many rows. They change places in one statement, RENAME TABLE, atomic also when the server dies (MariaDB
/// 10.6, MySQL 8.0). The statement waits for the lock that keeps writers out, and is the first to get the table when that is given up. Should the
/// connection that holds the lock die, the RENAME must fail: a table in its way, which only the holder can take away, sees to that.
struct MySQLRewrite: Sendable {
    let target: SealTarget
    let request: SealRequest
    let keys: SealingKeys
    let progress: SealProgress
    let checkpoint: Checkpoint?

    func seal() async throws -> SealReport {
        try keys.require(request.columns)
        let start = ContinuousClock.now
        let run = self
        let counts = try await target.connectMySQL(2) { sessions in try Run(rewrite: run, lock: sessions[0], side: sessions[1]).seal() }
        var report = SealReport(
            table: request.displayName, operation: .seal, mode: .rewrite, cipher: request.cipherName(keys), columns: request.columns.map(\.name))
        report.rows = counts.rows
        report.sealed = counts.changed
        report.skippedNull = counts.nulls
        report.seconds = start.duration(to: .now) / .seconds(1)
        report.rowsPerSecond = report.seconds > 0 ? Double(report.rows) / report.seconds : 0
        return report
    }
}

/// One rewrite. `lock` keeps writers out; `side` changes tables.
private struct Run {
    let rewrite: MySQLRewrite
    let lock: MySQLSession
    let side: MySQLSession
    private static let patience = 200

    private var request: SealRequest { rewrite.request }
    private func path(_ table: String) -> String { MySQLState.path(request.schema, table) }
    private var name: String { path(request.table) }
    private var staging: String { path(MySQLState.staging(request)) }
    private var replaced: String { path(MySQLState.replaced(request)) }
    private func quoted(_ name: String) -> String { MySQLSession.identifier(name) }

    private func run(_ session: MySQLSession, _ sql: String) throws {
        try rewrite.checkpoint?()
        try session.execute(sql)
    }

    private func judged(scans: Bool) throws -> MySQLTable {
        let scanned = scans ? request.columns.map(\.name) : []
        guard let table = try MySQLSnapshot.read(side, request, scanned: scanned) else { throw SealingError.noSuchTable(request.displayName) }
        let plan = MySQLPlanner.plan(request, on: table)
        guard plan.isPossible else { throw SealingError.blocked(plan.blockers) }
        return table
    }

    func seal() throws -> SealCounts {
        try MySQLMigration.lock(side, request, 0)
        let changes = MySQLSchemaChanges(session: side, request: request, checkpoint: rewrite.checkpoint)
        try changes.recover()
        _ = try judged(scans: false)
        for statement in MySQLState.tables { try run(side, statement.replacing("EXISTS suwen", with: "EXISTS \(quoted(request.schema)).suwen")) }
        try run(side, "CREATE TABLE \(staging) LIKE \(name)")
        try run(side, "CREATE TABLE \(replaced) (in_the_way int) ENGINE = InnoDB")
        try lock.execute("SET SESSION lock_wait_timeout = 10")
        try run(lock, "LOCK TABLES \(name) READ, \(replaced) WRITE")
        // Judged again, and measured: what was true before the lock may have changed.
        let table = try judged(scans: true)
        try run(side, "START TRANSACTION")
        try MySQLState.record(side, request, table, state: "rewriting")
        try run(side, "COMMIT")
        rewrite.progress.begin(total: table.estimatedRows)
        let columns = try self.columns(table)
        try shape(table, columns)
        let counts = try copy(table, columns)
        guard let inserted = try side.rows("SELECT COUNT(*) FROM \(staging)").first?[0], inserted == String(counts.rows) else {
            throw SealingError.malformedAnswer
        }
        try finish(table)
        try swap()
        try run(side, "DROP TABLE \(replaced)")
        try MySQLState.endRewriting(side, request)
        try run(side, "ANALYZE TABLE \(name)")
        return counts
    }

    // MARK: - The new table

    /// Generated columns make themselves.
    private func columns(_ table: MySQLTable) throws -> [MySQLCopiedColumn] {
        table.columns.filter { $0.expression == nil }.map { column in
            MySQLCopiedColumn(
                column, sealed: request.columns.first { $0.name == column.name }, longest: table.longest[column.name], isMariaDB: table.isMariaDB)
        }
    }

    /// The new table without indexes: they are built from all rows at once.
    private func shape(_ table: MySQLTable, _ columns: [MySQLCopiedColumn]) throws {
        var changes = table.indexes.map { "DROP INDEX \(quoted($0.name))" }
        var companions: [String] = []
        for column in columns {
            guard let sealed = column.sealed else { continue }
            var definition = column.target.map { column.column.definition(as: $0) } ?? column.column.definitionWithoutCheck
            let refusal = MySQLCondition.refusal(sealed.column, column.form)
            if request.enforce {
                if table.isMariaDB {
                    definition += " " + refusal
                } else {
                    companions.append("ADD CONSTRAINT \(quoted(Enforcement.name(of: column.column.name))) \(refusal)")
                }
            }
            if definition != column.column.definition { changes.append("MODIFY COLUMN \(quoted(column.column.name)) \(definition)") }
            companions += sealed.column.companions.map {
                "ADD COLUMN \(quoted($0.name)) \($0.mySQLDefinition(isMariaDB: table.isMariaDB, version: table.version))"
            }
        }
        changes += companions
        if !changes.isEmpty { try run(side, "ALTER TABLE \(staging) \(changes.joined(separator: ", "))") }
    }

    private func finish(_ table: MySQLTable) throws {
        let dropped = Set(MySQLState.indexesToDrop(request, table).map(\.name))
        var changes = table.indexes.filter { !dropped.contains($0.name) }.map { "ADD " + $0.definition }
        changes += MySQLSchemaChanges.companionIndexes(request).map { "ADD " + $0.definition }
        if let next = table.autoIncrement { changes.append("AUTO_INCREMENT = \(next)") }
        if !changes.isEmpty { try run(side, "ALTER TABLE \(staging) \(changes.joined(separator: ", "))") }
    }

    /// The RENAME waits until the lock is given up, and comes before everybody else's statements then.
    private func swap() throws {
        try side.execute("SET SESSION lock_wait_timeout = 60")
        try rewrite.checkpoint?()
        try side.begin("RENAME TABLE \(name) TO \(replaced), \(staging) TO \(name)")
        do {
            for attempt in 0... {
                let state = try lock.rows("SELECT STATE FROM information_schema.PROCESSLIST WHERE ID = \(side.identifier)").first?[0]
                if state?.contains("metadata lock") ?? false { break }
                guard attempt < Self.patience else { throw SealingError.anotherRun(request.displayName) }
                Thread.sleep(forTimeInterval: 0.05)
            }
            try run(lock, "DROP TABLE \(replaced)")
            try run(lock, "UNLOCK TABLES")
        } catch {
            // With the holder's connection its lock goes, and the RENAME fails at the table that is in its way.
            try? lock.execute("UNLOCK TABLES")
            try? side.finish()
            throw error
        }
        try side.finish()
    }

    // MARK: - Rows

    private func copy(_ table: MySQLTable, _ columns: [MySQLCopiedColumn]) throws -> SealCounts {
        guard let key = MySQLKey(table) else { throw SealingError.blocked([.noPrimaryKey]) }
        let estimate = table.estimatedRows ?? 0
        let workers = max(1, min(2, request.workers, estimate / 2_000))
        var middle: MySQLKey.Value?
        if workers > 1 {
            let sql = "SELECT \(key.list) FROM \(name) FORCE INDEX (PRIMARY) ORDER BY \(key.list) LIMIT 1 OFFSET \(estimate / 2)"
            try side.stream(sql) { middle = try MySQLKey.value($0, count: key.parts.count) }
        }
        let conditions = middle.map { [" WHERE " + key.isUpTo($0), " WHERE " + key.isAfter($0)] } ?? [""]
        let outcome = Outcome()
        let group = DispatchGroup()
        let (rewrite, staging, name) = (rewrite, staging, name)
        for condition in conditions {
            group.enter()
            // This thread is the connections' own, and may wait.
            Task {
                do {
                    let counts = try await rewrite.target.connectMySQL(2) { sessions in
                        let copier = try MySQLCopier(
                            rewrite: rewrite, reader: sessions[0], writer: sessions[1], key: key, columns: columns, into: staging)
                        return try copier.copy("\(name) FORCE INDEX (PRIMARY)\(condition) ORDER BY \(key.list)")
                    }
                    outcome.add(counts)
                } catch { outcome.fail(error) }
                group.leave()
            }
        }
        group.wait()
        return try outcome.counts()
    }
}

/// What the copiers have done together.
private final class Outcome: Sendable {
    private let state = Mutex<(counts: SealCounts, error: (any Error)?)>((SealCounts(), nil))

    func add(_ counts: SealCounts) {
        state.withLock { $0.counts += counts }
    }

    func fail(_ error: any Error) { state.withLock { $0.error = $0.error ?? error } }

    func counts() throws -> SealCounts {
        let (counts, error) = state.withLock { ($0.counts, $0.error) }
        if let error { throw error }
        return counts
    }
}

/// A column on its way into the new table.
struct MySQLCopiedColumn: Sendable {
    let column: MySQLTable.Column
    let sealed: MySQLSealedColumn?
    /// The new type of a sealed one; nil when its own will do.
    let target: String?
    let form: ColumnForm

    init(_ column: MySQLTable.Column, sealed: SealColumn?, longest: Int?, isMariaDB: Bool) {
        self.column = column
        self.sealed = sealed.map { MySQLSealedColumn($0, column, form: nil) }
        target = sealed?.protection == .envelope ? column.target(online: false, isMariaDB: isMariaDB, longest: longest) : nil
        form = column.form
    }

    /// What is read, in the form in which it is written again: bytes as they are, but for what is sealed, which is UTF-8.
    var expression: String {
        if let sealed { return sealed.expression }
        let name = MySQLSession.identifier(column.name)
        if column.type == "bit" { return "CAST(\(name) AS UNSIGNED)" }
        if column.isText, column.characterSet != "utf8mb4" { return "CAST(\(name) AS BINARY)" }
        return MySQLSealedColumn.reading(column)
    }

    var kind: MySQLValues.Kind {
        if sealed != nil { return form == .text ? .text : .bytes }
        if column.type == "bit" { return .unsigned }
        let isSpatial = ["geometry", "point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon", "geometrycollection"]
        if column.isBinary || isSpatial.contains(column.type) || (column.isText && column.characterSet != "utf8mb4") { return .bytes }
        return .text
    }
}

/// Copies a part of a table, on one thread.
private final class MySQLCopier {
    private let rewrite: MySQLRewrite
    private let reader: MySQLSession
    private let writer: MySQLSession
    private let key: MySQLKey
    private let columns: [MySQLCopiedColumn]
    private let ciphers: [ColumnCipher?]
    private let insert: MySQLStatement
    private var values: [MySQLValues]
    private var primaryKey = PrimaryKeyBytes()
    private var counts = SealCounts()
    private var size = 0
    private var waiting = 0
    private static let rows = 4_096
    private static let budget = 4 << 20

    init(rewrite: MySQLRewrite, reader: MySQLSession, writer: MySQLSession, key: MySQLKey, columns: [MySQLCopiedColumn], into staging: String) throws
    {
        self.rewrite = rewrite
        self.reader = reader
        self.writer = writer
        self.key = key
        self.columns = columns
        let request = rewrite.request
        ciphers = try columns.map { column in
            try column.sealed.map {
                try ColumnCipher($0.column, form: column.form, logicalName: request.logicalName(of: $0.column.name), keys: rewrite.keys)
            }
        }
        let names = columns.flatMap { [$0.column.name] + ($0.sealed?.column.companions.map(\.name) ?? []) }.map(MySQLSession.identifier)
        values = columns.flatMap { [MySQLValues($0.kind)] + ($0.sealed?.column.companions.map { MySQLValues($0.valueKind) } ?? []) }
        // The rows are those of a table that has judged them: keys are unique, and nothing leads elsewhere.
        try writer.execute("SET SESSION unique_checks = 0, foreign_key_checks = 0")
        let marks = names.map { _ in "?" }.joined(separator: ", ")
        insert = try MySQLStatement(writer, "INSERT INTO \(staging) (\(names.joined(separator: ", "))) VALUES (\(marks))")
    }

    func copy(_ source: String) throws -> SealCounts {
        let fields = key.names + columns.map(\.expression) + columns.compactMap { $0.sealed?.isLossless }
        try reader.execute("START TRANSACTION READ ONLY")
        try reader.stream("SELECT \(fields.joined(separator: ", ")) FROM \(source)") { row in
            try append(row)
            if waiting >= Self.rows || size >= Self.budget { try flush() }
        }
        try flush()
        try reader.execute("COMMIT")
        return counts
    }

    private func flush() throws {
        guard waiting > 0 else { return }
        try rewrite.checkpoint?()
        _ = try insert.run(values)
        for index in values.indices { values[index].removeAll() }
        rewrite.progress.add(waiting)
        (size, waiting) = (0, 0)
    }

    private func append(_ row: MySQLRow) throws {
        let parts = key.parts.count
        primaryKey.removeAll()
        for index in 0..<parts {
            guard let part = row[index] else { throw SealingError.malformedAnswer }
            primaryKey.append(part)
        }
        counts.rows += 1
        waiting += 1
        var place = 0
        var flag = parts + columns.count
        for (index, column) in columns.enumerated() {
            let cell = row[parts + index]
            guard let cipher = ciphers[index] else {
                size += cell?.count ?? 0
                if let cell { try append(cell, column, &values[place]) } else { values[place].appendNull() }
                place += 1
                continue
            }
            if cell != nil, row[flag]?.first == UInt8(ascii: "0") {
                throw SealingError.cell(try self.place(row, column), "holds bytes that aren't text of its character set")
            }
            flag += 1
            do { try seal(cell, cipher, at: place) } catch let error as FormatPreservingCipher.Failure {
                throw SealingError.cell(try self.place(row, column), error.description)
            }
            size += values[place].lastLength
            place += 1 + cipher.companions.count
        }
    }

    private func append(_ cell: UnsafeRawBufferPointer, _ column: MySQLCopiedColumn, _ values: inout MySQLValues) throws {
        guard column.kind == .unsigned else { return values.append(cell) }
        guard let number = UInt64(String(decoding: cell, as: UTF8.self)) else { throw SealingError.malformedAnswer }
        values.append(Int64(bitPattern: number))
    }

    private func seal(_ cell: UnsafeRawBufferPointer?, _ cipher: ColumnCipher, at place: Int) throws {
        try primaryKey.withBytes { key in
            guard let cell else {
                counts.nulls += 1
                var nothing: [UInt8] = []
                values[place].appendNull()
                _ = try cipher.change(nil, primaryKey: key, .seal, into: &nothing)
                return
            }
            guard cipher.column.hasMark || !ColumnCipher.isSealed(cell, cipher.form) else {
                throw SealingError.blocked([.lookalike(cipher.column.name)])
            }
            _ = try values[place].appendValue { try cipher.change(cell, primaryKey: key, .seal, into: &$0) }
            counts.changed += 1
        }
        for (index, companion) in cipher.companions.enumerated() { values[place + 1 + index].append(companion) }
    }

    private func place(_ row: MySQLRow, _ column: MySQLCopiedColumn) throws -> CellPlace {
        key.place(column.column.name, try MySQLKey.value(row, count: key.parts.count))
    }
}
