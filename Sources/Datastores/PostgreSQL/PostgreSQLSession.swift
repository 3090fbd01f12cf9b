import CLibpq
package import Cryptography
import Foundation
package import Network

/// What a PostgreSQL server refused. No value: see ``DatastoreError``.
package struct PostgreSQLFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// Five characters (PostgreSQL's documentation, appendix A); nil when the connection broke.
    package var sqlState: String?
    package var error: DatastoreError

    package var description: String { error.description }
}

/// A connection to one PostgreSQL database for those who change tables: statements, prepared statements with binary parameters, and COPY.
///
/// Values come and go in one form, whatever the server's settings are: UTC, ISO dates, all digits of floating-point numbers, bytea in hexadecimal.
package final class PostgreSQLSession {
    private let connection: PostgreSQLConnection

    init(_ connection: PostgreSQLConnection) throws {
        self.connection = connection
        try execute(
            """
            SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres'; SET extra_float_digits = 1; SET bytea_output = 'hex';
            SET row_security = off; SET client_min_messages = 'error'; SET work_mem = '64MB'; SET maintenance_work_mem = '256MB'
            """)
    }

    package var serverVersion: Int { Int(PQserverVersion(connection.handle)) }

    /// Rows as text.
    @discardableResult
    package func rows(_ sql: String, _ parameters: [String?] = []) throws -> [[String?]] {
        try withTurn(Patience.statement) {
            let copies = parameters.map { $0.flatMap { strdup($0) } }
            defer { copies.forEach { free($0) } }
            let pointers = copies.map { $0.map { UnsafePointer($0) } }
            let result = PQexecParams(connection.handle, sql, Int32(parameters.count), nil, pointers, nil, nil, 0)
            defer { PQclear(result) }
            try check(result, PGRES_TUPLES_OK, PGRES_COMMAND_OK)
            return (0..<PQntuples(result)).map { row in
                (0..<PQnfields(result)).map { column in
                    PQgetisnull(result, row, column) == 1 ? nil : PQgetvalue(result, row, column).map { String(cString: $0) }
                }
            }
        }
    }

    /// Runs statements without parameters; several are one transaction.
    package func execute(_ sql: String) throws {
        try withTurn(Patience.scan) {
            let result = PQexec(connection.handle, sql)
            defer { PQclear(result) }
            try check(result, PGRES_TUPLES_OK, PGRES_COMMAND_OK)
        }
    }

    /// - Parameter types: object ids of the parameters' types.
    package func prepare(_ name: String, _ sql: String, types: [UInt32]) throws {
        let result = PQprepare(connection.handle, name, sql, Int32(types.count), types)
        defer { PQclear(result) }
        try check(result, PGRES_COMMAND_OK)
    }

    /// Runs a prepared statement.
    /// - Parameter parameters: values in the types' binary form.
    /// - Returns: how many rows it touched.
    package func run(_ name: String, _ parameters: [[UInt8]]) throws -> Int {
        try withTurn(Patience.batch) {
            // One allocation for all of them would have to be copied: the arrays are lent one inside the other instead.
            let result = Self.lend(parameters[...], [], []) { pointers, lengths in
                PQexecPrepared(
                    connection.handle, name, Int32(parameters.count), pointers, lengths, [Int32](repeating: 1, count: parameters.count), 0)
            }
            defer { PQclear(result) }
            try check(result, PGRES_COMMAND_OK)
            return PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
        }
    }

    private static func lend(
        _ rest: ArraySlice<[UInt8]>, _ pointers: [UnsafePointer<CChar>?], _ lengths: [Int32],
        _ body: ([UnsafePointer<CChar>?], [Int32]) -> OpaquePointer?
    ) -> OpaquePointer? {
        guard let first = rest.first else { return body(pointers, lengths) }
        return first.withUnsafeBytes { bytes in
            lend(
                rest.dropFirst(), pointers + [bytes.baseAddress?.assumingMemoryBound(to: CChar.self)], lengths + [Int32(clamping: bytes.count)], body)
        }
    }

    /// Streams what a `COPY … TO STDOUT` gives: one call for each message of the server, which is one row (and, in the binary format, also its
    /// header and its end). The bytes must not be kept.
    package func copyOut(_ sql: String, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        connection.opening.watch.expect(within: Patience.batch)
        defer { connection.opening.watch.expect(within: nil) }
        let started = PQexec(connection.handle, sql)
        defer { PQclear(started) }
        try check(started, PGRES_COPY_OUT)
        var refusal: (any Error)?
        while true {
            var message: UnsafeMutablePointer<CChar>?
            let count = PQgetCopyData(connection.handle, &message, 0)
            guard count > 0, let message else { break }
            defer { PQfreemem(message) }
            guard refusal == nil else { continue }
            do { try body(UnsafeRawBufferPointer(start: message, count: Int(count))) } catch {
                // What is under way is read and dropped, so that the connection can go on.
                refusal = error
                cancel()
            }
        }
        try finishCopy(after: refusal)
    }

    /// Starts a `COPY … FROM STDIN`.
    package func beginCopyIn(_ sql: String) throws {
        let started = PQexec(connection.handle, sql)
        defer { PQclear(started) }
        try check(started, PGRES_COPY_IN)
    }

    package func copyIn(_ bytes: [UInt8]) throws {
        let sent = bytes.withUnsafeBytes {
            PQputCopyData(connection.handle, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: $0.count))
        }
        guard sent == 1 else { throw failure(nil) }
    }

    /// - Parameter isComplete: false throws away what was sent.
    package func endCopyIn(isComplete: Bool) throws {
        guard PQputCopyEnd(connection.handle, isComplete ? nil : "stopped") == 1 else { throw failure(nil) }
        do { try withTurn(Patience.scan) { try finishCopy(after: nil) } } catch {
            if isComplete { throw error }
        }
    }

    private func finishCopy(after refusal: (any Error)?) throws {
        var failed = refusal
        while let result = PQgetResult(connection.handle) {
            defer { PQclear(result) }
            if failed == nil, PQresultStatus(result) != PGRES_COMMAND_OK { failed = failure(result) }
        }
        if let failed { throw failed }
        guard PQstatus(connection.handle) == CONNECTION_OK else { throw failure(nil) }
    }

    private func cancel() {
        guard let cancel = PQgetCancel(connection.handle) else { return }
        var reason = [CChar](repeating: 0, count: 256)
        PQcancel(cancel, &reason, 256)
        PQfreeCancel(cancel)
    }

    private func withTurn<R>(_ seconds: Int, _ body: () throws -> R) throws -> R {
        connection.opening.watch.expect(within: seconds)
        defer { connection.opening.watch.expect(within: nil) }
        return try body()
    }

    private func check(_ result: OpaquePointer?, _ wanted: ExecStatusType...) throws(PostgreSQLFailure) {
        guard !wanted.contains(PQresultStatus(result)) else { return }
        throw failure(result)
    }

    private func failure(_ result: OpaquePointer?) -> PostgreSQLFailure {
        let state = PQresultErrorField(result, Int32(UInt8(ascii: "C"))).map { String(cString: $0) }
        return PostgreSQLFailure(sqlState: state, error: connection.failure(result))
    }

    package static func identifier(_ name: String) -> String { PostgreSQLConnection.identifier(name) }

    /// Standard-conforming in any setting of the server.
    package static func literal(_ text: String) -> String {
        "E'" + text.flatMap { $0 == "'" || $0 == "\\" ? [$0, $0] : [$0] } + "'"
    }
}

/// Opens a connection to change tables with, as ``withDatastore(_:scope:password:encoding:access:_:)`` opens stores: on a thread of its own, within
/// `scope`, ended by cancellation.
/// - Throws: ``DatastoreError``, ``PostgreSQLFailure``, `CancellationError`, or what `body` throws.
package func withPostgreSQL<R: Sendable>(
    _ location: StoreLocation, scope: Scope, password: Secret? = nil, _ body: @escaping @Sendable (PostgreSQLSession) throws -> R
) async throws -> R {
    guard case .postgreSQL = location.place else {
        throw DatastoreError(store: location.description, problem: .badURL("not a PostgreSQL database"))
    }
    return try await withDatastore(location, scope: scope, password: password, access: .write) { store in
        guard let store = store as? PostgreSQLStore else {
            throw DatastoreError(store: location.description, problem: .badURL("not a PostgreSQL database"))
        }
        return try body(PostgreSQLSession(store.connection))
    }
}

/// The same with two connections, for work that reads on one and writes on the other. Cancellation ends the first.
package func withTwoPostgreSQL<R: Sendable>(
    _ location: StoreLocation, scope: Scope, password: Secret? = nil, _ body: @escaping @Sendable (PostgreSQLSession, PostgreSQLSession) throws -> R
) async throws -> R {
    guard case .postgreSQL(let server) = location.place else {
        throw DatastoreError(store: location.description, problem: .badURL("not a PostgreSQL database"))
    }
    return try await withDatastore(location, scope: scope, password: password, access: .write) { store in
        guard let store = store as? PostgreSQLStore else {
            throw DatastoreError(store: location.description, problem: .badURL("not a PostgreSQL database"))
        }
        var opening = store.opening
        opening.watch = Watch()
        opening.watch.begin()
        defer { opening.watch.end() }
        let second = try PostgreSQLConnection(opening, server)
        return try body(PostgreSQLSession(store.connection), PostgreSQLSession(second))
    }
}
