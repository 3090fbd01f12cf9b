package import Cryptography
import GRDBSQLite
import Glibc
package import Network

/// A connection to a SQLite file for those who change tables: statements with typed values.
///
/// A lock that somebody else holds is waited for, ten seconds or so; then ``SQLiteFailure/isBusy``.
package final class SQLiteSession {
    private let connection: SQLiteConnection

    init(_ connection: SQLiteConnection) {
        self.connection = connection
        // Statements that run for minutes (VACUUM, CREATE INDEX) end when the caller cancels.
        let watch = Unmanaged.passUnretained(connection.opening.watch).toOpaque()
        let ask: @convention(c) (UnsafeMutableRawPointer?) -> Int32 = { pointer in
            pointer.map { Unmanaged<Watch>.fromOpaque($0).takeUnretainedValue().isCancelled } == true ? 1 : 0
        }
        sqlite3_progress_handler(connection.handle, 20_000, ask, watch)
        // SQLite's own handler looks every tenth of a second, and finds the lock taken each time where several others write without a pause.
        let wait: @convention(c) (UnsafeMutableRawPointer?, Int32) -> Int32 = { pointer, attempts in
            guard attempts < 10_000, pointer.map({ Unmanaged<Watch>.fromOpaque($0).takeUnretainedValue().isCancelled }) != true else { return 0 }
            usleep(1_000)
            return 1
        }
        sqlite3_busy_handler(connection.handle, wait, watch)
    }

    deinit {
        sqlite3_progress_handler(connection.handle, 0, nil, nil)
        sqlite3_busy_timeout(connection.handle, 10_000)
    }

    /// Of the library: 3_040_001.
    package static var libraryVersion: Int { Int(sqlite3_libversion_number()) }

    /// Whether the file system lets nobody write the file.
    package var isReadOnly: Bool { sqlite3_db_readonly(connection.handle, "main") == 1 }

    /// Rows that the last INSERT, UPDATE or DELETE changed, without what triggers did.
    package var changes: Int { Int(sqlite3_changes(connection.handle)) }

    package var isInTransaction: Bool { sqlite3_get_autocommit(connection.handle) == 0 }

    /// Runs statements without parameters.
    package func execute(_ sql: String) throws {
        let code = sqlite3_exec(connection.handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure() }
    }

    /// The rows of a short result.
    @discardableResult
    package func rows(_ sql: String, _ parameters: [SQLiteValue] = []) throws -> [[SQLiteValue]] {
        let statement = try prepare(sql)
        try statement.bind(parameters)
        var rows: [[SQLiteValue]] = []
        while try statement.step() { rows.append((0..<statement.columnCount).map(statement.value)) }
        return rows
    }

    package func prepare(_ sql: String) throws -> SQLiteStatement {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(connection.handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else { throw failure() }
        return SQLiteStatement(statement, self)
    }

    func failure() -> SQLiteFailure {
        SQLiteFailure(code: sqlite3_extended_errcode(connection.handle), error: connection.failure())
    }

    package static func identifier(_ name: String) -> String { SQLiteConnection.identifier(name) }
    package static func literal(_ text: String) -> String { SQLiteConnection.literal(text) }
}

/// A prepared statement. It holds a lock from its first step until it is through, or ``reset()``.
package final class SQLiteStatement {
    private let handle: OpaquePointer
    private let session: SQLiteSession

    init(_ handle: OpaquePointer, _ session: SQLiteSession) {
        self.handle = handle
        self.session = session
    }

    deinit { sqlite3_finalize(handle) }

    package var columnCount: Int { Int(sqlite3_column_count(handle)) }

    /// Whether there is a row.
    package func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE:
            sqlite3_reset(handle)
            return false
        default:
            let failure = session.failure()
            sqlite3_reset(handle)
            throw failure
        }
    }

    package func reset() { sqlite3_reset(handle) }

    package func bind(_ values: [SQLiteValue]) throws {
        for (index, value) in values.enumerated() {
            switch value {
            case .null: try bind(.null, at: index)
            case .integer(let number): try bind(.integer(number), at: index)
            case .real(let number): try bind(.real(number), at: index)
            case .text(let text): try Array(text.utf8).withUnsafeBytes { try bind(.text($0), at: index) }
            case .blob(let bytes): try bytes.withUnsafeBytes { try bind(.blob($0), at: index) }
            }
        }
    }

    /// SQLite keeps a copy.
    /// - Parameter index: from 0.
    package func bind(_ cell: SQLiteCell, at index: Int) throws {
        let place = Int32(index + 1)
        let code: Int32 =
            switch cell {
            case .null: sqlite3_bind_null(handle, place)
            case .integer(let number): sqlite3_bind_int64(handle, place, number)
            case .real(let number): sqlite3_bind_double(handle, place, number)
            case .text(let bytes):
                withUnsafeBytes(of: 0 as UInt8) { empty in
                    let start = (bytes.baseAddress ?? empty.baseAddress)?.assumingMemoryBound(to: CChar.self)
                    return sqlite3_bind_text64(handle, place, start, UInt64(bytes.count), Self.transient, UInt8(SQLITE_UTF8))
                }
            case .blob(let bytes):
                // A null pointer would be NULL.
                bytes.isEmpty
                    ? sqlite3_bind_zeroblob(handle, place, 0)
                    : sqlite3_bind_blob64(handle, place, bytes.baseAddress, UInt64(bytes.count), Self.transient)
            }
        guard code == SQLITE_OK else { throw session.failure() }
    }

    /// Lends a column of the row until the next step.
    package func cell(_ index: Int) -> SQLiteCell {
        let place = Int32(index)
        switch sqlite3_column_type(handle, place) {
        case SQLITE_NULL: return .null
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, place))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(handle, place))
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(handle, place)
            return .blob(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, place))))
        default:
            // The text first: it settles how many bytes there are.
            let start = sqlite3_column_text(handle, place)
            return .text(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, place))))
        }
    }

    package func value(_ index: Int) -> SQLiteValue {
        switch cell(index) {
        case .null: .null
        case .integer(let number): .integer(number)
        case .real(let number): .real(number)
        case .text(let bytes): .text(String(decoding: bytes, as: UTF8.self))
        case .blob(let bytes): .blob(Array(bytes))
        }
    }

    nonisolated(unsafe) private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}

/// Opens a SQLite file to change its tables, as ``withDatastore(_:scope:password:encoding:access:_:)`` opens stores: on a thread of its own, ended by
/// cancellation. The file must be there. One that can't be written is opened for reading: see ``SQLiteSession/isReadOnly``.
/// - Throws: ``DatastoreError``, ``SQLiteFailure``, `CancellationError`, or what `body` throws.
package func withSQLite<R: Sendable>(_ location: StoreLocation, _ body: @escaping @Sendable (SQLiteSession) throws -> R) async throws -> R {
    guard case .sqlite(let path) = location.place else {
        throw DatastoreError(store: location.description, problem: .badURL("not a SQLite file"))
    }
    guard access(path, R_OK) == 0 else {
        throw DatastoreError(store: location.description, problem: .badFile(String(cString: strerror(errno)), line: nil))
    }
    return try await withDatastore(location, scope: Scope(), access: .write) { store in
        guard let store = store as? SQLiteStore else {
            throw DatastoreError(store: location.description, problem: .badURL("not a SQLite file"))
        }
        return try body(SQLiteSession(store.connection))
    }
}
