import CLibpq

/// A PostgreSQL database, read by COPY.
final class PostgreSQLStore: Datastore {
    let connection: PostgreSQLConnection
    let opening: Opening
    let remarks: [DatastoreRemark] = []

    init(_ opening: Opening, _ server: ServerLocation) throws(DatastoreError) {
        self.opening = opening
        connection = try PostgreSQLConnection(opening, server)
    }

    var product: String {
        let version = PQparameterStatus(connection.handle, "server_version").map { String(cString: $0) } ?? ""
        return "PostgreSQL " + version.prefix { $0 != " " }.prefix(20)
    }

    var serverVersion: Int { Int(PQserverVersion(connection.handle)) }

    /// Tables, roots of partitioned ones, materialised views and foreign tables; partitions come with their root.
    func tables() throws(DatastoreError) -> [Table] {
        let rows = try connection.rows(
            """
            SELECT n.nspname, c.relname, pg_catalog.obj_description(c.oid, 'pg_class'), c.reltuples::bigint, a.attname,
                   pg_catalog.format_type(a.atttypid, a.atttypmod), pg_catalog.col_description(c.oid, a.attnum),
                   coalesce(a.attnum = ANY (k.conkey), false)
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
            WHERE c.relkind IN ('r', 'p', 'm', 'f') AND NOT c.relispartition
              AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_toast%' AND n.nspname NOT LIKE 'pg\\_temp%'
              AND pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT')
            ORDER BY n.nspname, c.relname, a.attnum
            """)
        var tables: [Table] = []
        for row in rows {
            guard let schema = row[0], let name = row[1], let column = row[4] else { continue }
            if tables.last?.schema != schema || tables.last?.name != name {
                // -1: never analysed.
                tables.append(
                    Table(
                        schema: schema, name: name, comment: row[2], columns: [],
                        estimatedRows: row[3].flatMap(Int.init).flatMap { $0 < 0 ? nil : $0 }))
            }
            tables[tables.count - 1].columns.append(Column(name: column, type: row[5] ?? "", comment: row[6], isPrimaryKey: row[7] == "t"))
        }
        return tables
    }

    func views() throws(DatastoreError) -> [String] {
        try connection.rows(
            """
            SELECT n.nspname || '.' || c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'v' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
              AND pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT')
            ORDER BY 1
            """
        ).compactMap { $0[0] }
    }

    func size() throws(DatastoreError) -> Int? {
        try connection.rows("SELECT pg_catalog.pg_database_size(pg_catalog.current_database())").first?.first.flatMap { $0 }.flatMap(Int.init)
    }

    func scan(_ table: Table, columns: [String], chunk: TableChunk, limit: Int?, _ body: (Batch) throws -> Bool) throws {
        guard !columns.isEmpty else { return }
        let list = columns.map(PostgreSQLConnection.identifier).joined(separator: ", ")
        let bound = limit.map { " LIMIT \(max(0, $0))" } ?? ""
        let place = try PostgreSQLHeap(chunk).map { try source($0) } ?? Self.name(table)
        opening.watch.expect(within: Patience.batch)
        defer { opening.watch.expect(within: nil) }
        let started = PQexec(connection.handle, "COPY (SELECT \(list) FROM \(place)\(bound)) TO STDOUT")
        defer { PQclear(started) }
        try connection.check(started, PGRES_COPY_OUT)
        var builder = BatchBuilder(columnCount: columns.count, limit: limit)
        while true {
            var line: UnsafeMutablePointer<CChar>?
            let count = PQgetCopyData(connection.handle, &line, 0)
            guard count > 0, let line else {
                if count == -1 { break }
                throw opening.watch.isCancelled ? CancellationError() : connection.failure(nil)
            }
            defer { PQfreemem(line) }
            let isComplete = CopyText.decode(UnsafeRawBufferPointer(start: line, count: Int(count)), into: &builder.batch.columns)
            guard isComplete else { throw opening.error(.failed("the server sent a row of another shape")) }
            if builder.endRow(bytes: Int(count)) {
                opening.watch.expect(within: nil)
                guard try builder.flush(body) else { return try abandon() }
                opening.watch.expect(within: Patience.batch)
            }
        }
        while let result = PQgetResult(connection.handle) {
            defer { PQclear(result) }
            try connection.check(result, PGRES_COMMAND_OK)
        }
        _ = try builder.flush(body)
    }

    /// Ends a COPY before its end: the server is asked to stop, and what is under way is read and dropped.
    private func abandon() throws(DatastoreError) {
        opening.watch.expect(within: Patience.statement)
        if let cancel = PQgetCancel(connection.handle) {
            var reason = [CChar](repeating: 0, count: 256)
            PQcancel(cancel, &reason, 256)
            PQfreeCancel(cancel)
        }
        var line: UnsafeMutablePointer<CChar>?
        while PQgetCopyData(connection.handle, &line, 0) > 0 { PQfreemem(line) }
        while let result = PQgetResult(connection.handle) { PQclear(result) }
    }

    func create(_ table: Table) throws(DatastoreError) -> any TableWriter {
        guard opening.access == .write else { throw opening.error(.refused("opened for reading only")) }
        return try PostgreSQLWriter(connection, table)
    }

    static func name(_ table: Table) -> String {
        PostgreSQLConnection.identifier(table.schema ?? "public") + "." + PostgreSQLConnection.identifier(table.name)
    }
}

/// Fills one new table by COPY, in one transaction.
private final class PostgreSQLWriter: TableWriter {
    private let connection: PostgreSQLConnection
    private var isOpen = true

    init(_ connection: PostgreSQLConnection, _ table: Table) throws(DatastoreError) {
        self.connection = connection
        let name = PostgreSQLStore.name(table)
        let there = try connection.rows("SELECT pg_catalog.to_regclass($1)", [name])
        guard there.first?.first.flatMap({ $0 }) == nil else { throw connection.opening.error(.alreadyExists("the table \(table.displayName)")) }
        _ = try connection.rows("BEGIN")
        var columns = table.columns.map { PostgreSQLConnection.identifier($0.name) + " " + SQLiteConnection.type($0.type) }
        let keys = table.columns.filter(\.isPrimaryKey).map { PostgreSQLConnection.identifier($0.name) }
        if !keys.isEmpty { columns.append("PRIMARY KEY (\(keys.joined(separator: ", ")))") }
        _ = try connection.rows("CREATE TABLE \(name) (\(columns.joined(separator: ", ")))")
        if let comment = table.comment { _ = try connection.rows("COMMENT ON TABLE \(name) IS \(Self.literal(comment))") }
        for column in table.columns {
            guard let comment = column.comment else { continue }
            _ = try connection.rows("COMMENT ON COLUMN \(name).\(PostgreSQLConnection.identifier(column.name)) IS \(Self.literal(comment))")
        }
        let started = PQexec(connection.handle, "COPY \(name) FROM STDIN")
        defer { PQclear(started) }
        try connection.check(started, PGRES_COPY_IN)
    }

    /// Standard-conforming in any setting of the server.
    private static func literal(_ text: String) -> String {
        "E'" + text.flatMap { $0 == "'" || $0 == "\\" ? [$0, $0] : [$0] } + "'"
    }

    func append(_ batch: Batch) throws(DatastoreError) {
        var text: [UInt8] = []
        for row in 0..<batch.rowCount {
            for index in batch.columns.indices {
                if index > 0 { text.append(0x09) }
                CopyText.encode(batch.columns[index], row, into: &text)
            }
            text.append(0x0A)
        }
        let sent = text.withUnsafeBytes { PQputCopyData(connection.handle, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count)) }
        guard sent == 1 else { throw connection.failure(nil) }
    }

    func finish() throws(DatastoreError) {
        guard PQputCopyEnd(connection.handle, nil) == 1 else { throw connection.failure(nil) }
        while let result = PQgetResult(connection.handle) {
            defer { PQclear(result) }
            try connection.check(result, PGRES_COMMAND_OK)
        }
        _ = try connection.rows("COMMIT")
        isOpen = false
    }

    deinit {
        // The connection ends with the store: the server rolls back what was not committed.
        if isOpen { PQputCopyEnd(connection.handle, "stopped") }
    }
}
