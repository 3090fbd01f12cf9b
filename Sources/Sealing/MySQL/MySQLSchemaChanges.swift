import Datastores
import Foundation

/// What is changed on the table before and after its rows: types, companions, indexes, the constraint. Each is done again without harm.
///
/// A change of a table can't be undone as part of a transaction here. So everything that was there is recorded first, every change looks at what is
/// there, and the algorithm and the lock are named, so that the server refuses a change rather than keep writers out for it.
struct MySQLSchemaChanges {
    let session: MySQLSession
    let request: SealRequest
    let checkpoint: Checkpoint?
    private static let attempts = 30

    private func quoted(_ name: String) -> String { MySQLSession.identifier(name) }
    private var name: String { MySQLState.path(request.schema, request.table) }

    func run(_ sql: String) throws {
        try checkpoint?()
        try session.execute(sql)
    }

    /// Everybody else queues up behind an ALTER TABLE that waits for a transaction's end: rather give up soon, and try again.
    private func patiently(_ body: () throws -> Void) throws {
        try session.execute("SET SESSION lock_wait_timeout = 2, innodb_lock_wait_timeout = 2")
        for attempt in 1... {
            do { return try body() } catch let failure as MySQLFailure where failure.isConflict && attempt < Self.attempts {
                Thread.sleep(forTimeInterval: 0.1 * Double(attempt))
            }
        }
    }

    private func alter(_ changes: [String], _ how: String) throws {
        guard !changes.isEmpty else { return }
        try patiently { try run("ALTER TABLE \(name) \((changes + [how]).joined(separator: ", "))") }
    }

    func table() throws -> MySQLTable {
        guard let table = try MySQLSnapshot.read(session, request) else { throw SealingError.noSuchTable(request.displayName) }
        return table
    }

    /// Makes room for envelopes, and records what was there.
    func prepare(_ table: MySQLTable) throws {
        for statement in MySQLState.tables { try run(statement.replacing("EXISTS suwen", with: "EXISTS \(quoted(request.schema)).suwen")) }
        try run("START TRANSACTION")
        try MySQLState.record(session, request, table, state: "sealing")
        for column in request.columns {
            // A rewrite that was stopped hasn't changed anything: its record is true of this run, too.
            try session.execute(
                """
                UPDATE \(MySQLState.path(request.schema, "suwen_sealed_column")) SET state = 'sealing'
                WHERE table_name = \(MySQLSession.literal(request.table)) AND column_name = \(MySQLSession.literal(column.name)) AND state = 'rewriting'
                """)
        }
        try run("COMMIT")
        var widened: [String] = []
        var added: [String] = []
        for wanted in request.columns {
            guard let column = table.column(wanted.name) else { continue }
            let isSealed = table.sealed.contains { $0.column.name == wanted.name && $0.declaration != column.declaration }
            if wanted.protection == .envelope, !isSealed, let type = column.target(online: true, isMariaDB: table.isMariaDB, longest: nil) {
                widened.append("MODIFY COLUMN \(quoted(column.name)) \(column.definition(as: type))")
            }
            for companion in wanted.companions where table.column(companion.name) == nil {
                added.append("ADD COLUMN \(quoted(companion.name)) \(companion.mySQLDefinition(isMariaDB: table.isMariaDB, version: table.version))")
            }
        }
        if table.isMariaDB { return try alter(widened + added, "ALGORITHM=INSTANT") }
        try alter(widened, "ALGORITHM=INPLACE, LOCK=NONE")
        try alter(added, "ALGORITHM=INSTANT")
    }

    /// Indexes on the companions, built beside writers.
    func createIndexes() throws {
        let there = Set(try table().indexes.map(\.name))
        try alter(Self.companionIndexes(request).filter { !there.contains($0.name) }.map { "ADD " + $0.definition }, "ALGORITHM=INPLACE, LOCK=NONE")
    }

    static func companionIndexes(_ request: SealRequest) -> [(name: String, definition: String)] {
        request.columns.flatMap(\.companions).filter(\.isIndexed).map { companion in
            let name = companion.mySQLIndexName(table: request.table)
            let column = MySQLSession.identifier(companion.name)
            return (name, "\(companion.isUnique ? "UNIQUE " : "")INDEX \(MySQLSession.identifier(name)) (\(column))")
        }
    }

    /// The indexes on what was readable; their definitions were recorded by ``prepare(_:)``.
    func dropPlainIndexes() throws {
        let table = try table()
        try alter(MySQLState.indexesToDrop(request, table).map { "DROP INDEX \(quoted($0.name))" }, "ALGORITHM=INPLACE, LOCK=NONE")
    }

    /// From now on plaintext that comes in is refused.
    ///
    /// MariaDB takes a CHECK as part of a column's definition without looking at a row (tried on 10.11: `MODIFY … CHECK`, ALGORITHM=INSTANT; as a
    /// constraint of the table it copies the table). MySQL copies the table, and lets nobody write meanwhile.
    func refusePlaintext(_ columns: [MySQLSealedColumn]) throws {
        let table = try table()
        var changes: [String] = []
        for sealed in columns {
            guard let column = table.column(sealed.column.name) else { continue }
            let check = MySQLCondition.refusal(sealed.column, sealed.form)
            if table.isMariaDB {
                if column.check == nil { changes.append("MODIFY COLUMN \(quoted(column.name)) \(column.definition) \(check)") }
            } else if table.checks[Enforcement.name(of: column.name)] == nil {
                changes.append("ADD CONSTRAINT \(quoted(Enforcement.name(of: column.name))) \(check)")
            }
        }
        try alter(changes, table.isMariaDB ? "ALGORITHM=INSTANT" : "ALGORITHM=COPY, LOCK=SHARED")
    }

    func finishSealing() throws {
        try run("START TRANSACTION")
        try MySQLState.setState(session, request, "sealed")
        try MySQLState.clearProgress(session, request)
        try run("COMMIT")
        try run("ANALYZE TABLE \(name)")
    }

    // MARK: - Unsealing

    /// Lets plaintext in again.
    func prepareUnsealing(_ columns: [MySQLState.SealedColumn]) throws {
        try run("START TRANSACTION")
        try MySQLState.setState(session, request, "unsealing")
        try run("COMMIT")
        let table = try table()
        if table.isMariaDB {
            let changes = columns.compactMap { sealed -> String? in
                // MariaDB's JSON has a CHECK of its own: it was there before.
                guard let column = table.column(sealed.column.name), column.check != nil, column.definition != sealed.definition else { return nil }
                return "MODIFY COLUMN \(quoted(column.name)) \(column.definitionWithoutCheck)"
            }
            try alter(changes, "ALGORITHM=INSTANT")
        } else {
            let names = columns.map { Enforcement.name(of: $0.column.name) }.filter { table.checks[$0] != nil }
            try alter(names.map { "DROP CHECK \(quoted($0))" }, "ALGORITHM=INPLACE")
        }
    }

    /// Gives the columns their types and indexes back, and takes away what sealing had added, while nobody else gets in. False, and nothing done, when
    /// a sealed cell has come in meanwhile.
    func finishUnsealing(_ columns: [MySQLState.SealedColumn], isAnySealed: String) throws -> Bool {
        var isDone = false
        let state = MySQLState.tableNames.map { MySQLState.path(request.schema, $0) }
        try patiently {
            try run("LOCK TABLES \(([name] + state).map { $0 + " WRITE" }.joined(separator: ", "))")
            do {
                if try session.rows(isAnySealed).first?[0] == "0" {
                    let changes = try restoration(columns)
                    if !changes.isEmpty { try run("ALTER TABLE \(name) \(changes.joined(separator: ", "))") }
                    try checkpoint?()
                    try MySQLState.forget(session, request)
                    isDone = true
                }
                try session.execute("UNLOCK TABLES")
            } catch {
                try? session.execute("UNLOCK TABLES")
                throw error
            }
        }
        if isDone {
            try checkpoint?()
            try MySQLState.dropIfEmpty(session, request.schema)
        }
        return isDone
    }

    private func restoration(_ columns: [MySQLState.SealedColumn]) throws -> [String] {
        let table = try table()
        var changes: [String] = []
        for sealed in columns {
            if let column = table.column(sealed.column.name), column.definition != sealed.definition {
                changes.append("MODIFY COLUMN \(quoted(column.name)) \(sealed.definition)")
            }
            changes += sealed.column.companions.filter { table.column($0.name) != nil }.map { "DROP COLUMN \(quoted($0.name))" }
        }
        return changes
            + Self.indexChanges(
                there: table.indexes, recorded: try MySQLState.recordedIndexes(session, request),
                ours: Set(columns.flatMap { $0.column.companions.map { $0.mySQLIndexName(table: request.table) } }))
    }

    /// Indexes in the order that they had: those behind one that comes back are made again behind it.
    static func indexChanges(there: [MySQLTable.Index], recorded: [MySQLState.RecordedIndex], ours: Set<String>) -> [String] {
        let current = there.filter { !ours.contains($0.name) }
        let names = Set(current.map(\.name))
        let known = Set(recorded.map(\.name))
        var wanted = recorded.filter { $0.isDropped || names.contains($0.name) }.map { ($0.name, $0.definition) }
        wanted += current.filter { !known.contains($0.name) }.map { ($0.name, $0.definition) }
        let same = zip(current, wanted).prefix { $0.name == $1.0 }.count
        return current.dropFirst(same).map { "DROP INDEX \(MySQLSession.identifier($0.name))" } + wanted.dropFirst(same).map { "ADD " + $0.1 }
    }

    // MARK: - After a rewrite that was stopped

    /// Brings to an end what a rewrite has left. The new table takes the old one's place in one step, RENAME TABLE: while the new one has its own name,
    /// nothing has happened yet; afterwards the old one is left to be dropped.
    func recover() throws {
        let (staging, replaced) = (MySQLState.staging(request), MySQLState.replaced(request))
        let isStaged = try MySQLState.exists(session, request.schema, staging)
        let isReplaced = try MySQLState.exists(session, request.schema, replaced)
        if isReplaced {
            if !isStaged { try MySQLState.endRewriting(session, request) }
            try run("DROP TABLE \(MySQLState.path(request.schema, replaced))")
        }
        if isStaged { try run("DROP TABLE \(MySQLState.path(request.schema, staging))") }
    }
}
