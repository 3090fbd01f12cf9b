import CLibpq
import Foundation
import Network

/// A libpq connection to an address that a scope permits, closed with the object.
final class PostgreSQLConnection {
    let opening: Opening
    let handle: OpaquePointer

    init(_ opening: Opening, _ server: ServerLocation) throws(DatastoreError) {
        self.opening = opening
        handle = try opening.firstReachable { address throws(DatastoreError) in try Self.connect(opening, server, address) }
        opening.watch.follow(PQsocket(handle))
    }

    deinit {
        opening.watch.follow(nil)
        PQfinish(handle)
    }

    private static func connect(_ opening: Opening, _ server: ServerLocation, _ address: PermittedAddress) throws(DatastoreError) -> OpaquePointer {
        let mode = opening.tls(server, address)
        // Every scan begins at the first page, so that two of them see the same order.
        var options = "-c search_path=pg_catalog -c synchronize_seqscans=off"
        if opening.access == .read {
            // Behind a waiting ALTER TABLE nobody else gets on: rather give up than stand in that queue; and no forgotten statement keeps
            // old row versions alive.
            options += " -c default_transaction_read_only=on -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s"
            options += " -c statement_timeout=\(Patience.scan)s"
        } else {
            options += " -c statement_timeout=0"
        }
        let parameters: [(String, String)] = [
            // The address that was judged; the name is only for the certificate and for Kerberos.
            ("hostaddr", address.address.description), ("host", server.host), ("port", String(server.port)), ("user", server.user),
            ("dbname", server.database ?? server.user), ("connect_timeout", String(Patience.connect)), ("client_encoding", "UTF8"),
            ("application_name", "suwen"), ("options", options), ("sslmode", mode.rawValue), ("gssencmode", "disable"),
            ("sslrootcert", server.rootCertificate ?? Opening.systemAuthorities),
        ]
        let handle = CStrings.with(parameters, secret: opening.password.map { ("password", $0) }) { PQconnectdbParams($0, $1, 0) }
        guard let handle else { throw opening.error(.failed("no memory")) }
        guard PQstatus(handle) == CONNECTION_OK else {
            let text = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
            let asksForPassword = PQconnectionNeedsPassword(handle) == 1
            PQfinish(handle)
            throw opening.error(problem(text, asksForPassword: asksForPassword))
        }
        return handle
    }

    /// libpq tells failures of connecting apart by words only; LC_MESSAGES is "C" for it, for nothing sets a locale.
    private static func problem(_ text: String, asksForPassword: Bool) -> DatastoreError.Problem {
        if asksForPassword { return .refused("the server asks for a password; name one with passwordFrom") }
        if text.contains("FATAL") {
            return .refused(ServerMessage.masked(String(text[(text.range(of: "FATAL:")?.upperBound ?? text.startIndex)...])))
        }
        if text.contains("certificate") || text.contains("SSL") {
            return .insecure("TLS: " + Opening.certificateMend.replacing("%MODE%", with: "sslmode"))
        }
        return .unreachable(text.contains("refused") ? "connection refused" : text.contains("timeout") ? "no answer in time" : "no connection")
    }

    /// Runs a statement and returns its rows as text.
    func rows(_ sql: String, _ parameters: [String] = []) throws(DatastoreError) -> [[String?]] {
        opening.watch.expect(within: Patience.statement)
        defer { opening.watch.expect(within: nil) }
        let result = CStrings.with(parameters) { PQexecParams(handle, sql, Int32(parameters.count), nil, $0, nil, nil, 0) }
        defer { PQclear(result) }
        try check(result, PGRES_TUPLES_OK, PGRES_COMMAND_OK)
        return (0..<PQntuples(result)).map { row in
            (0..<PQnfields(result)).map { column in
                PQgetisnull(result, row, column) == 1 ? nil : PQgetvalue(result, row, column).map { String(cString: $0) }
            }
        }
    }

    func check(_ result: OpaquePointer?, _ wanted: ExecStatusType...) throws(DatastoreError) {
        guard !wanted.contains(PQresultStatus(result)) else { return }
        throw failure(result)
    }

    /// SQLSTATE and the primary message without what it quotes; DETAIL and CONTEXT hold rows and are left out.
    func failure(_ result: OpaquePointer?) -> DatastoreError {
        if opening.watch.alarm == .silent { return opening.error(.unreachable("no answer in time")) }
        let state = PQresultErrorField(result, Int32(UInt8(ascii: "C"))).map { String(cString: $0) } ?? "no SQLSTATE"
        let text =
            PQresultErrorField(result, Int32(UInt8(ascii: "M"))).map { ServerMessage.masked(String(cString: $0)) } ?? "the connection broke off"
        return opening.error(.failed("\(state): \(text)"))
    }

    static func identifier(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
