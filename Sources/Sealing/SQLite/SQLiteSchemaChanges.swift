import Datastores

/// What is changed on the table before and after its rows. Each is part of a transaction, and is done again without harm.
struct SQLiteSchemaChanges {
    let session: SQLiteSession
    let request: SealRequest
    let checkpoint: Checkpoint?

    private func quoted(_ name: String) -> String { SQLiteSession.identifier(name) }
    private var name: String { quoted(request.table) }

    private func run(_ sql: String) throws {
        try checkpoint?()
        try session.execute(sql)
    }

    private func table() throws -> SQLiteTable { try SQLiteTable.read(session, request) }

    /// Makes room for the companions, and records what was there.
    /// - Parameter operation: whose sweep begins, where another operation's was under way.
    func prepare(_ table: SQLiteTable, progress operation: SealOperation?) throws {
        try run(SQLiteState.tables)
        try SQLiteState.record(session, request, table)
        for companion in request.columns.flatMap(\.companions) where table.column(companion.name) == nil {
            try run("ALTER TABLE \(name) ADD COLUMN \(quoted(companion.name)) \(companion.sqliteType)")
        }
        guard let operation else { return }
        let left = try SQLiteState.progress(session, table: request.table)
        if left?.operation != operation.rawValue, left?.operation != SQLiteState.vacuum {
            try SQLiteState.setProgress(session, table: request.table, SQLiteState.Progress(operation: operation.rawValue, rowsDone: 0))
        }
    }

    func createIndexes() throws {
        for companion in request.columns.flatMap(\.companions) where companion.isIndexed {
            let index = quoted(companion.indexName(table: request.table))
            try run("CREATE \(companion.isUnique ? "UNIQUE " : "")INDEX IF NOT EXISTS \(index) ON \(name) (\(quoted(companion.name)))")
        }
    }

    func refusePlaintext() throws {
        for column in request.columns { for statement in SQLiteEnforcement.statements(request.table, column) { try run(statement) } }
    }

    /// The indexes on what was readable; their definitions were recorded by ``prepare(_:progress:)``.
    func dropPlainIndexes() throws {
        for index in try table().indexesToDrop(request) { try run("DROP INDEX IF EXISTS \(quoted(index.name))") }
    }

    func finishSealing(_ before: SQLiteTable) throws {
        let table = try table()
        // One that was made meanwhile is recorded as well.
        try SQLiteState.record(session, request, table)
        try dropPlainIndexes()
        try SQLiteState.setState(session, table: request.table, columns: request.columns.map(\.name), "sealed")
        if try SQLiteState.progress(session, table: request.table)?.operation != SQLiteState.vacuum {
            try SQLiteState.endProgress(session, table: request.table)
        }
        // The statistics of some builds quote values: these are sealed ones from now on.
        if table.hasStatistics { try run("ANALYZE \(name)") }
    }

    // MARK: - Unsealing

    /// Lets plaintext in again.
    func prepareUnsealing() throws {
        for column in request.columns {
            for trigger in SQLiteEnforcement.names(request.table, column.name) { try run("DROP TRIGGER IF EXISTS \(quoted(trigger))") }
        }
        try SQLiteState.setState(session, table: request.table, columns: request.columns.map(\.name), "unsealing")
    }

    /// Takes away what sealing had added, and gives the indexes back.
    func finishUnsealing() throws {
        let table = try table()
        for companion in request.columns.flatMap(\.companions).reversed() where table.column(companion.name) != nil {
            if companion.isIndexed { try run("DROP INDEX IF EXISTS \(quoted(companion.indexName(table: request.table)))") }
        }
        // Behind each other as they were added: taken away from the end, they leave the definition as it was.
        let added = Set(request.columns.flatMap(\.companions).map(\.name))
        for column in table.columns.reversed() where added.contains(column.name) {
            try run("ALTER TABLE \(name) DROP COLUMN \(quoted(column.name))")
        }
        let there = Set(table.indexes.map(\.name))
        for index in try SQLiteState.droppedIndexes(session, table: request.table) where !there.contains(index.name) { try run(index.definition) }
        try SQLiteState.forget(session, table: request.table)
        if table.hasStatistics { try run("ANALYZE \(name)") }
    }
}

extension CompanionColumn {
    var sqliteType: String {
        switch type {
        case .bytes: "BLOB"
        case .integer: "INTEGER"
        case .text: "TEXT"
        }
    }
}
