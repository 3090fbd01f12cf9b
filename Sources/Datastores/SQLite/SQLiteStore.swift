import GRDBSQLite
import Glibc

/// A SQLite file, opened read-only unless it is to be written: nothing is made beside it, and a missing file is an error.
final class SQLiteStore: Datastore {
    let connection: SQLiteConnection
    private let opening: Opening
    let remarks: [DatastoreRemark] = []

    init(_ opening: Opening, path: String) throws(DatastoreError) {
        self.opening = opening
        if opening.access == .read, access(path, R_OK) != 0 {
            throw opening.error(.badFile(String(cString: strerror(errno)), line: nil))
        }
        connection = try SQLiteConnection(opening, path: path)
        // A file that is no database is found out by the first page that is read.
        _ = try connection.rows("SELECT count(*) FROM sqlite_schema")
    }

    var product: String { "SQLite \(String(cString: sqlite3_libversion()))" }

    func tables() throws(DatastoreError) -> [Table] {
        let names = try connection.rows(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name"
        )
        var tables: [Table] = []
        for name in names.compactMap({ $0[0] }) {
            // Hidden columns are a virtual table's arguments, no data.
            let columns = try connection.rows("SELECT name, type, pk FROM pragma_table_xinfo(\(SQLiteConnection.literal(name))) WHERE hidden <> 1")
            tables.append(
                Table(
                    name: name,
                    columns: columns.map { Column(name: $0[0] ?? "", type: $0[1] ?? "", isPrimaryKey: $0[2] != "0") }))
        }
        return tables
    }

    func views() throws(DatastoreError) -> [String] {
        try connection.rows("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name").compactMap { $0[0] }
    }

    func size() throws(DatastoreError) -> Int? {
        try connection.rows("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()").first?.first.flatMap { $0 }
            .flatMap(Int.init)
    }

    /// Ranges of row ids, by which SQLite keeps its rows; the whole for tables without them and for virtual ones.
    func chunks(of table: Table) throws(DatastoreError) -> [TableChunk] {
        guard try hasRowIDs(table) else { return [.whole] }
        let bounds = try connection.rows("SELECT min(_rowid_), max(_rowid_) FROM \(SQLiteConnection.identifier(table.name))")
        guard let row = bounds.first, let lower = row[0].flatMap(Int64.init), let upper = row[1].flatMap(Int64.init) else { return [.whole] }
        let (span, overflows) = upper.subtractingReportingOverflow(lower)
        guard !overflows else { return [.whole] }
        return TableChunk.cut(keys: lower, upper, into: min(Self.mostChunks, Int(span / Self.rowsPerChunk)))
    }

    private static let rowsPerChunk: Int64 = 200_000
    private static let mostChunks = 1_000

    private func hasRowIDs(_ table: Table) throws(DatastoreError) -> Bool {
        // A column of that name would stand for another thing.
        guard !table.columns.contains(where: { $0.name.lowercased() == "_rowid_" }) else { return false }
        let name = SQLiteConnection.literal(table.name)
        return try connection.rows("SELECT type, wr FROM pragma_table_list WHERE schema = 'main' AND name = \(name)").first == ["table", "0"]
    }

    func scan(_ table: Table, columns: [String], chunk: TableChunk, limit: Int?, _ body: (Batch) throws -> Bool) throws {
        guard !columns.isEmpty else { return }
        let list = columns.map(SQLiteConnection.identifier).joined(separator: ", ")
        let condition = chunk.condition(on: "_rowid_").map { " WHERE " + $0 } ?? ""
        let statement = try connection.prepare("SELECT \(list) FROM \(SQLiteConnection.identifier(table.name))\(condition)")
        defer { sqlite3_finalize(statement) }
        var builder = BatchBuilder(columnCount: columns.count, limit: limit)
        while !builder.isComplete {
            if opening.watch.isCancelled { throw CancellationError() }
            let code = sqlite3_step(statement)
            if code == SQLITE_DONE { break }
            guard code == SQLITE_ROW else { throw connection.failure() }
            var size = 0
            for index in columns.indices { size += read(statement, Int32(index), into: &builder.batch.columns[index]) }
            if builder.endRow(bytes: size), try !builder.flush(body) { return }
        }
        _ = try builder.flush(body)
    }

    private func read(_ statement: OpaquePointer, _ index: Int32, into column: inout ColumnBatch) -> Int {
        switch sqlite3_column_type(statement, index) {
        case SQLITE_NULL:
            column.close(isNull: true)
            return 0
        case SQLITE_BLOB:
            let size = Int(sqlite3_column_bytes(statement, index))
            column.appendHexadecimal(UnsafeRawBufferPointer(start: sqlite3_column_blob(statement, index), count: size))
            return 2 * size
        default:
            // The text first: it settles how many bytes there are.
            let text = sqlite3_column_text(statement, index)
            let size = Int(sqlite3_column_bytes(statement, index))
            column.bytes.append(contentsOf: UnsafeBufferPointer(start: text, count: size))
            column.close(isNull: false)
            return size
        }
    }

    func create(_ table: Table) throws(DatastoreError) -> any TableWriter {
        guard opening.access == .write else { throw opening.error(.refused("opened for reading only")) }
        return try SQLiteWriter(connection, table)
    }
}

/// Inserts into one new table, in one transaction.
private final class SQLiteWriter: TableWriter {
    private let connection: SQLiteConnection
    private let statement: OpaquePointer
    private var isOpen = true

    init(_ connection: SQLiteConnection, _ table: Table) throws(DatastoreError) {
        self.connection = connection
        let name = SQLiteConnection.identifier(table.name)
        let exists = try connection.rows("SELECT 1 FROM sqlite_schema WHERE name = \(SQLiteConnection.literal(table.name))")
        guard exists.isEmpty else { throw connection.opening.error(.alreadyExists("the table \(table.displayName)")) }
        try connection.execute("BEGIN IMMEDIATE")
        do {
            var columns = table.columns.map { SQLiteConnection.identifier($0.name) + " " + SQLiteConnection.type($0.type) }
            let keys = table.columns.filter(\.isPrimaryKey).map { SQLiteConnection.identifier($0.name) }
            if !keys.isEmpty { columns.append("PRIMARY KEY (\(keys.joined(separator: ", ")))") }
            try connection.execute("CREATE TABLE \(name) (\(columns.joined(separator: ", ")))")
            let marks = table.columns.map { _ in "?" }.joined(separator: ", ")
            statement = try connection.prepare("INSERT INTO \(name) VALUES (\(marks))")
        } catch {
            try? connection.execute("ROLLBACK")
            throw error
        }
    }

    deinit {
        sqlite3_finalize(statement)
        if isOpen { try? connection.execute("ROLLBACK") }
    }

    func append(_ batch: Batch) throws(DatastoreError) {
        for row in 0..<batch.rowCount {
            for (index, column) in batch.columns.enumerated() {
                let position = Int32(index + 1)
                if column.isNull[row] {
                    sqlite3_bind_null(statement, position)
                } else {
                    column.withValue(row) { value in
                        // Transient: SQLite keeps a copy, for the batch may be gone by then.
                        let text = value.baseAddress?.assumingMemoryBound(to: CChar.self)
                        _ = sqlite3_bind_text(statement, position, text ?? SQLiteWriter.empty, Int32(value.count), SQLiteWriter.transient)
                    }
                }
            }
            let code = sqlite3_step(statement)
            guard code == SQLITE_DONE else { throw connection.failure() }
            sqlite3_reset(statement)
        }
    }

    func finish() throws(DatastoreError) {
        try connection.execute("COMMIT")
        isOpen = false
    }

    nonisolated(unsafe) private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    nonisolated(unsafe) private static let empty: UnsafePointer<CChar> = {
        let byte = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
        byte.initialize(to: 0)
        return UnsafePointer(byte)
    }()
}
