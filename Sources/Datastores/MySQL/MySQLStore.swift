import CMariaDB
import Cryptography
import Network

/// A MySQL or MariaDB server: one database, or all that the account can read.
final class MySQLStore: Datastore {
    let connection: MySQLConnection
    private let opening: Opening
    private let database: String?
    let remarks: [DatastoreRemark] = []

    init(_ opening: Opening, _ server: ServerLocation) throws(DatastoreError) {
        self.opening = opening
        database = server.database
        connection = try MySQLConnection(opening, server)
    }

    var product: String {
        let version = mysql_get_server_info(connection.handle).map { String(cString: $0) } ?? ""
        return (version.contains("MariaDB") ? "MariaDB " : "MySQL ") + version.prefix { $0 != "-" }.prefix(20)
    }

    /// The condition on a schema's name.
    private var place: String {
        database.map { "= " + connection.literal($0) } ?? "NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')"
    }

    func tables() throws(DatastoreError) -> [Table] {
        let rows = try connection.rows(
            """
            SELECT t.TABLE_SCHEMA, t.TABLE_NAME, t.TABLE_COMMENT, t.TABLE_ROWS, c.COLUMN_NAME, c.COLUMN_TYPE, c.COLUMN_COMMENT, c.COLUMN_KEY
            FROM information_schema.TABLES t
            JOIN information_schema.COLUMNS c ON c.TABLE_SCHEMA = t.TABLE_SCHEMA AND c.TABLE_NAME = t.TABLE_NAME
            WHERE t.TABLE_TYPE = 'BASE TABLE' AND t.TABLE_SCHEMA \(place)
            ORDER BY t.TABLE_SCHEMA, t.TABLE_NAME, c.ORDINAL_POSITION
            """)
        var tables: [Table] = []
        for row in rows {
            guard let schema = row[0], let name = row[1], let column = row[4] else { continue }
            if tables.last?.schema != schema || tables.last?.name != name {
                let comment = row[2].flatMap { $0.isEmpty ? nil : $0 }
                tables.append(Table(schema: schema, name: name, comment: comment, columns: [], estimatedRows: row[3].flatMap(Int.init)))
            }
            let comment = row[6].flatMap { $0.isEmpty ? nil : $0 }
            tables[tables.count - 1].columns.append(Column(name: column, type: row[5] ?? "", comment: comment, isPrimaryKey: row[7] == "PRI"))
        }
        return tables
    }

    func views() throws(DatastoreError) -> [String] {
        try connection.rows(
            "SELECT CONCAT(TABLE_SCHEMA, '.', TABLE_NAME) FROM information_schema.VIEWS WHERE TABLE_SCHEMA \(place) ORDER BY 1"
        ).compactMap { $0[0] }
    }

    func size() throws(DatastoreError) -> Int? {
        try connection.rows("SELECT SUM(DATA_LENGTH + INDEX_LENGTH) FROM information_schema.TABLES WHERE TABLE_SCHEMA \(place)")
            .first?.first.flatMap { $0 }.flatMap(Int.init)
    }

    /// Ranges of the primary key, where it is one integer; InnoDB keeps rows in its order.
    func chunks(of table: Table) throws(DatastoreError) -> [TableChunk] {
        guard let key = Self.integerKey(of: table) else { return [.whole] }
        let bounds = try connection.rows("SELECT MIN(\(key)), MAX(\(key)) FROM \(name(table))")
        guard let row = bounds.first, let lower = row[0].flatMap(Int64.init), let upper = row[1].flatMap(Int64.init) else { return [.whole] }
        return TableChunk.cut(keys: lower, upper, into: min(Self.mostChunks, (table.estimatedRows ?? 0) / Self.rowsPerChunk))
    }

    private static let rowsPerChunk = 200_000
    private static let mostChunks = 1_000

    private static func integerKey(of table: Table) -> String? {
        let keys = table.columns.filter(\.isPrimaryKey)
        guard keys.count == 1, let key = keys.first else { return nil }
        let type = key.type.lowercased()
        guard ["int", "bigint", "mediumint"].contains(where: type.hasPrefix) else { return nil }
        return MySQLConnection.identifier(key.name)
    }

    func scan(_ table: Table, columns: [String], chunk: TableChunk, limit: Int?, _ body: (Batch) throws -> Bool) throws {
        guard !columns.isEmpty else { return }
        let list = columns.map(MySQLConnection.identifier).joined(separator: ", ")
        let bound = limit.map { " LIMIT \(max(0, $0))" } ?? ""
        opening.watch.expect(within: Patience.batch)
        defer { opening.watch.expect(within: nil) }
        let condition = Self.integerKey(of: table).flatMap { chunk.condition(on: $0) }.map { " WHERE " + $0 } ?? ""
        let result = try connection.stream("SELECT \(list) FROM \(name(table))\(condition)\(bound)")
        defer { mysql_free_result(result) }
        let isBinary = connection.binaryColumns(of: result)
        guard isBinary.count == columns.count else { throw opening.error(.failed("the server sent a row of another shape")) }
        var builder = BatchBuilder(columnCount: columns.count, limit: limit)
        while let row = mysql_fetch_row(result) {
            guard let lengths = mysql_fetch_lengths(result) else { break }
            var size = 0
            for index in columns.indices {
                guard let value = row[index] else {
                    builder.batch.columns[index].close(isNull: true)
                    continue
                }
                let bytes = UnsafeRawBufferPointer(start: value, count: Int(lengths[index]))
                size += bytes.count
                if isBinary[index] {
                    builder.batch.columns[index].appendHexadecimal(bytes)
                } else {
                    builder.batch.columns[index].bytes.append(contentsOf: bytes)
                    builder.batch.columns[index].close(isNull: false)
                }
            }
            if builder.endRow(bytes: size) {
                opening.watch.expect(within: nil)
                guard try builder.flush(body) else { return }
                opening.watch.expect(within: Patience.batch)
            }
        }
        guard mysql_errno(connection.handle) == 0 else { throw opening.watch.isCancelled ? CancellationError() : connection.failure() }
        _ = try builder.flush(body)
    }

    func create(_ table: Table) throws(DatastoreError) -> any TableWriter {
        guard opening.access == .write else { throw opening.error(.refused("opened for reading only")) }
        return try MySQLWriter(connection, name: name(table), table)
    }

    private func name(_ table: Table) -> String {
        let schema = table.schema ?? database
        return (schema.map { MySQLConnection.identifier($0) + "." } ?? "") + MySQLConnection.identifier(table.name)
    }
}

/// Inserts rows into one new table. A CREATE TABLE can't be rolled back here: a writer that fails drops its table.
private final class MySQLWriter: TableWriter {
    private let connection: MySQLConnection
    private let name: String
    private var isOpen = true
    private var statement: [UInt8] = []
    private let head: [UInt8]
    /// Below the server's smallest usual max_allowed_packet.
    private static let flushLength = 512 << 10

    init(_ connection: MySQLConnection, name: String, _ table: Table) throws(DatastoreError) {
        self.connection = connection
        self.name = name
        head = Array("INSERT INTO \(name) VALUES ".utf8)
        var columns = table.columns.map { column in
            let comment = column.comment.map { " COMMENT " + connection.literal($0) } ?? ""
            return MySQLConnection.identifier(column.name) + " " + SQLiteConnection.type(column.type) + comment
        }
        let keys = table.columns.filter(\.isPrimaryKey).map { MySQLConnection.identifier($0.name) }
        if !keys.isEmpty { columns.append("PRIMARY KEY (\(keys.joined(separator: ", ")))") }
        let comment = table.comment.map { " COMMENT " + connection.literal($0) } ?? ""
        do {
            _ = try connection.rows("CREATE TABLE \(name) (\(columns.joined(separator: ", "))) CHARACTER SET utf8mb4\(comment)")
        } catch {
            // 1050: ER_TABLE_EXISTS_ERROR.
            isOpen = false
            throw mysql_errno(connection.handle) == 1050 ? connection.opening.error(.alreadyExists("the table \(table.displayName)")) : error
        }
        _ = try connection.rows("START TRANSACTION")
    }

    deinit { if isOpen { _ = try? connection.rows("DROP TABLE \(name)") } }

    func append(_ batch: Batch) throws(DatastoreError) {
        for row in 0..<batch.rowCount {
            statement.append(contentsOf: statement.isEmpty ? head : [0x2C])
            for index in batch.columns.indices {
                statement.append(index == 0 ? 0x28 : 0x2C)
                if batch.columns[index].isNull[row] {
                    statement.append(contentsOf: "NULL".utf8)
                } else {
                    batch.columns[index].withValue(row) { connection.appendLiteral($0, to: &statement) }
                }
            }
            statement.append(0x29)
            if statement.count >= Self.flushLength { try flush() }
        }
    }

    private func flush() throws(DatastoreError) {
        guard !statement.isEmpty else { return }
        defer { statement.removeAll(keepingCapacity: true) }
        try connection.execute(statement)
    }

    func finish() throws(DatastoreError) {
        try flush()
        _ = try connection.rows("COMMIT")
        isOpen = false
    }
}
