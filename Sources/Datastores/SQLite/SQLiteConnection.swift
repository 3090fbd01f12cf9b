import GRDBSQLite

/// A connection to a SQLite file, closed with the object.
final class SQLiteConnection {
    let opening: Opening
    let handle: OpaquePointer

    init(_ opening: Opening, path: String) throws(DatastoreError) {
        self.opening = opening
        var handle: OpaquePointer?
        let mode = opening.access == .read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        let code = sqlite3_open_v2(path, &handle, mode | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let handle else {
            sqlite3_close_v2(handle)
            throw opening.error(.badFile("can't be opened (SQLite error \(code))", line: nil))
        }
        self.handle = handle
        sqlite3_busy_timeout(handle, 10_000)
        sqlite3_extended_result_codes(handle, 1)
        // A damaged or hostile file must not make SQLite run code of the schema (https://www.sqlite.org/security.html).
        try execute("PRAGMA trusted_schema = OFF")
        if opening.access == .read { try execute("PRAGMA query_only = ON") }
    }

    deinit { sqlite3_close_v2(handle) }

    func prepare(_ sql: String) throws(DatastoreError) -> OpaquePointer {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else { throw failure() }
        return statement
    }

    func execute(_ sql: String) throws(DatastoreError) {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure() }
    }

    /// The rows of a short result, as text.
    func rows(_ sql: String) throws(DatastoreError) -> [[String?]] {
        let statement = try prepare(sql)
        defer { sqlite3_finalize(statement) }
        var rows: [[String?]] = []
        while true {
            let code = sqlite3_step(statement)
            if code == SQLITE_DONE { return rows }
            guard code == SQLITE_ROW else { throw failure() }
            rows.append((0..<sqlite3_column_count(statement)).map { sqlite3_column_text(statement, $0).map { String(cString: $0) } })
        }
    }

    /// What went wrong last. SQLite's own text can quote values, so only its number is told.
    func failure() -> DatastoreError {
        let code = sqlite3_extended_errcode(handle)
        switch code & 0xFF {
        case SQLITE_NOTADB: return opening.error(.badFile("is no SQLite database, or is encrypted", line: nil))
        case SQLITE_CORRUPT: return opening.error(.badFile("is damaged", line: nil))
        case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM: return opening.error(.badFile("can't be opened (SQLite error \(code))", line: nil))
        case SQLITE_FULL: return opening.error(.failed("the disk is full"))
        default: return opening.error(.failed("SQLite error \(code)"))
        }
    }

    static func identifier(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
    static func literal(_ text: String) -> String { "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'" }

    /// A declared type that holds nothing but letters, digits and parentheses; TEXT otherwise.
    static func type(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.unicodeScalars.allSatisfy { $0.isASCII && ($0.properties.isAlphabetic || "0123456789 (),".unicodeScalars.contains($0)) }
        return isPlain ? text : "TEXT"
    }
}
