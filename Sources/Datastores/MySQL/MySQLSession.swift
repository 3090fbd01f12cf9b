import CMariaDB
package import Cryptography
package import Network

/// What a MySQL or MariaDB server refused. No value: see ``DatastoreError``.
package struct MySQLFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The server's error number (MySQL's documentation, "Server Error Message Reference"), or the client library's, from 2000.
    package var code: UInt32
    package var error: DatastoreError

    package var description: String { error.description }

    /// Lock wait timeout, deadlock, record changed since the snapshot: what was tried may be tried again from its beginning.
    package var isConflict: Bool { [1205, 1213, 1020].contains(code) }

    /// ER_ERROR_DURING_COMMIT: whether the transaction lasts isn't known.
    package var isUncertainCommit: Bool { code == 1180 }
}

/// A row as it comes from the server, as text. Its bytes must not be kept.
package struct MySQLRow {
    let row: MYSQL_ROW
    let lengths: UnsafeMutablePointer<UInt>

    /// Nil for NULL.
    package subscript(_ index: Int) -> UnsafeRawBufferPointer? {
        row[index].map { UnsafeRawBufferPointer(start: $0, count: Int(lengths[index])) }
    }
}

/// A connection to one MySQL or MariaDB database for those who change tables: statements, rows as they come, and prepared statements with bound values.
///
/// Values come and go in one form, whatever the server's settings are: UTF-8, UTC; nothing is cut to fit.
package final class MySQLSession {
    let connection: MySQLConnection
    package let isMariaDB: Bool
    /// 101119 for 10.11.19.
    package let version: Int
    /// Bytes of the longest packet that the server takes.
    package let packetLimit: Int

    init(_ connection: MySQLConnection) throws {
        self.connection = connection
        let text = mysql_get_server_info(connection.handle).map { String(cString: $0) } ?? ""
        isMariaDB = text.contains("MariaDB")
        // Before version 11, MariaDB pretends to be 5.5.5.
        let number = (text.hasPrefix("5.5.5-") ? text.dropFirst(6) : text[...]).prefix { $0.isNumber || $0 == "." }
        let parts = number.split(separator: ".").compactMap { Int($0) }
        version = zip(parts + [0, 0, 0], [10_000, 100, 1]).reduce(0) { $0 + $1.0 * $1.1 }
        packetLimit = try connection.rows("SELECT @@max_allowed_packet").first?[0].flatMap(Int.init) ?? 1 << 20
        // No NO_BACKSLASH_ESCAPES: SHOW CREATE TABLE escapes with backslashes, and what it shows is executed again. No NO_ZERO_DATE: old values
        // must go through.
        try execute(
            "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO', time_zone = '+00:00', sql_quote_show_create = 1, net_write_timeout = 7200"
        )
        if !isMariaDB { try execute("SET SESSION information_schema_stats_expiry = 0") }
    }

    /// The server's number of this connection.
    package var identifier: UInt { UInt(mysql_thread_id(connection.handle)) }

    /// Rows as text, of short results.
    @discardableResult
    package func rows(_ sql: String) throws -> [[String?]] {
        try send(sql)
        guard let result = mysql_store_result(connection.handle) else {
            guard mysql_field_count(connection.handle) == 0 else { throw failure() }
            return []
        }
        defer { mysql_free_result(result) }
        let count = Int(mysql_num_fields(result))
        var rows: [[String?]] = []
        while let row = mysql_fetch_row(result), let lengths = mysql_fetch_lengths(result) {
            let row = MySQLRow(row: row, lengths: lengths)
            rows.append((0..<count).map { row[$0].map { String(decoding: $0, as: UTF8.self) } })
        }
        return rows
    }

    package func execute(_ sql: String) throws { try rows(sql) }

    /// How many rows the last statement has changed.
    package var affectedRows: Int { Int(clamping: mysql_affected_rows(connection.handle)) }

    private func send(_ sql: String) throws {
        connection.opening.watch.expect(within: Patience.scan)
        defer { connection.opening.watch.expect(within: nil) }
        guard mysql_real_query(connection.handle, sql, UInt(sql.utf8.count)) == 0 else { throw failure() }
    }

    /// Lends the rows of a SELECT one after the other, as they come. What `body` throws ends the connection, so that the rest needn't be read.
    package func stream(_ sql: String, _ body: (MySQLRow) throws -> Void) throws {
        try send(sql)
        guard let result = mysql_use_result(connection.handle) else { throw failure() }
        defer { mysql_free_result(result) }
        connection.opening.watch.expect(within: Patience.scan)
        defer { connection.opening.watch.expect(within: nil) }
        while let row = mysql_fetch_row(result), let lengths = mysql_fetch_lengths(result) {
            do { try body(MySQLRow(row: row, lengths: lengths)) } catch {
                mariadb_cancel(connection.handle)
                throw error
            }
        }
        guard mysql_errno(connection.handle) == 0 else { throw failure() }
    }

    /// Sends a statement without waiting for its end, which ``finish()`` does.
    package func begin(_ sql: String) throws {
        guard mysql_send_query(connection.handle, sql, UInt(sql.utf8.count)) == 0 else { throw failure() }
    }

    package func finish() throws {
        connection.opening.watch.expect(within: Patience.scan)
        defer { connection.opening.watch.expect(within: nil) }
        guard mysql_read_query_result(connection.handle) == 0 else { throw failure() }
    }

    func failure() -> MySQLFailure { MySQLFailure(code: mysql_errno(connection.handle), error: connection.failure()) }

    package static func identifier(_ name: String) -> String { MySQLConnection.identifier(name) }

    /// In this session's mode and character set (UTF-8, in which no character holds another's bytes).
    package static func literal(_ text: String) -> String {
        "'" + text.flatMap { $0 == "'" || $0 == "\\" ? [$0, $0] : [$0] } + "'"
    }
}

/// Opens connections to change tables with, as ``withDatastore(_:scope:password:encoding:access:_:)`` opens stores: on a thread of its own, within
/// `scope`. Cancellation ends the first of them.
/// - Throws: ``DatastoreError``, ``MySQLFailure``, `CancellationError`, or what `body` throws.
package func withMySQL<R: Sendable>(
    _ location: StoreLocation, scope: Scope, password: Secret? = nil, connections: Int = 1, _ body: @escaping @Sendable ([MySQLSession]) throws -> R
) async throws -> R {
    guard case .mySQL(let server) = location.place else {
        throw DatastoreError(store: location.description, problem: .badURL("not a MySQL or MariaDB database"))
    }
    return try await withDatastore(location, scope: scope, password: password, access: .write) { store in
        guard let store = store as? MySQLStore else {
            throw DatastoreError(store: location.description, problem: .badURL("not a MySQL or MariaDB database"))
        }
        var sessions = [try MySQLSession(store.connection)]
        var watches: [Watch] = []
        defer { for watch in watches { watch.end() } }
        while sessions.count < connections {
            var opening = store.connection.opening
            opening.watch = Watch()
            opening.watch.begin()
            watches.append(opening.watch)
            sessions.append(try MySQLSession(MySQLConnection(opening, server)))
        }
        return try body(sessions)
    }
}
