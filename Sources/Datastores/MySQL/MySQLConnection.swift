import CMariaDB
import Cryptography
import Network

/// A connection of MariaDB's Connector/C to an address that a scope permits, closed with the object.
final class MySQLConnection {
    let opening: Opening
    let handle: UnsafeMutablePointer<MYSQL>

    init(_ opening: Opening, _ server: ServerLocation) throws(DatastoreError) {
        self.opening = opening
        handle = try opening.firstReachable { address throws(DatastoreError) in try Self.connect(opening, server, address) }
        opening.watch.follow(mysql_get_socket(handle))
        _ = try rows("SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES'")
        if opening.access == .read { try promiseToBeHarmless() }
    }

    /// Reads only; doesn't stand in the queue behind a waiting ALTER TABLE, in which nobody else gets on; is ended when it was forgotten.
    private func promiseToBeHarmless() throws(DatastoreError) {
        _ = try rows("SET SESSION TRANSACTION READ ONLY")
        _ = try rows("SET SESSION lock_wait_timeout = 5, net_write_timeout = \(Patience.batch)")
        // MariaDB counts seconds, MySQL milliseconds, each under a name of its own.
        let isMariaDB = mysql_get_server_info(handle).map { String(cString: $0).contains("MariaDB") } ?? false
        let limit = isMariaDB ? "max_statement_time = \(Patience.scan)" : "max_execution_time = \(Patience.scan * 1_000)"
        _ = try rows("SET SESSION \(limit)")
    }

    deinit {
        opening.watch.follow(nil)
        mysql_close(handle)
    }

    private static func connect(
        _ opening: Opening, _ server: ServerLocation, _ address: PermittedAddress
    ) throws(DatastoreError) -> UnsafeMutablePointer<MYSQL> {
        guard let handle = mysql_init(nil) else { throw opening.error(.failed("no memory")) }
        var seconds = UInt32(Patience.connect)
        mysql_options(handle, MYSQL_OPT_CONNECT_TIMEOUT, &seconds)
        // Who changes tables waits for as long as an index takes; it can't be changed later.
        seconds = UInt32(opening.access == .write ? Patience.scan : Patience.batch)
        mysql_options(handle, MYSQL_OPT_READ_TIMEOUT, &seconds)
        mysql_options(handle, MYSQL_OPT_WRITE_TIMEOUT, &seconds)
        // A server may ask its client for files: never.
        var off: UInt32 = 0
        mysql_options(handle, MYSQL_OPT_LOCAL_INFILE, &off)
        mysql_options(handle, MYSQL_SET_CHARSET_NAME, "utf8mb4")
        let mode = opening.tls(server, address)
        secure(handle, mode, server)
        let connected = CStrings.with([address.address.description, server.user, server.database ?? ""]) { strings -> Bool in
            guard let strings else { return false }
            func connect(_ password: UnsafePointer<CChar>?) -> Bool {
                mysql_real_connect(handle, strings[0], strings[1], password, server.database == nil ? nil : strings[2], UInt32(server.port), nil, 0)
                    != nil
            }
            return opening.password?.withCString { connect($0) } ?? connect(nil)
        }
        guard connected else {
            let (code, text) = (mysql_errno(handle), String(cString: mysql_error(handle)))
            mysql_close(handle)
            throw opening.error(problem(code, text))
        }
        if mode != .disable, mode != .prefer, mysql_get_ssl_cipher(handle) == nil {
            mysql_close(handle)
            throw opening.error(.insecure("the server offers no TLS; encrypt it, or say ssl=disable"))
        }
        return handle
    }

    private static func secure(_ handle: UnsafeMutablePointer<MYSQL>, _ mode: TLSMode, _ server: ServerLocation) {
        var enforce: CChar = mode == .disable || mode == .prefer ? 0 : 1
        mysql_options(handle, MYSQL_OPT_SSL_ENFORCE, &enforce)
        var verify: CChar = mode == .verifyCA || mode == .verifyFull ? 1 : 0
        mysql_options(handle, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify)
        if verify == 1 { mysql_options(handle, MYSQL_OPT_SSL_CA, server.rootCertificate ?? Opening.systemAuthorities) }
    }

    private static func problem(_ code: UInt32, _ text: String) -> DatastoreError.Problem {
        switch code {
        // ER_ACCESS_DENIED, ER_DBACCESS_DENIED, ER_BAD_DB, ER_HOST_NOT_PRIVILEGED, ER_HOST_IS_BLOCKED
        case 1044, 1045, 1049, 1129, 1130, 1698: return .refused("error \(code): \(ServerMessage.masked(text))")
        // CR_SSL_CONNECTION_ERROR
        case 2026: return .insecure("TLS: " + Opening.certificateMend.replacing("%MODE%", with: "ssl"))
        case 2002, 2003, 2005, 2006, 2012, 2013: return .unreachable("no connection (error \(code))")
        default: return .refused("error \(code)")
        }
    }

    func execute(_ sql: [UInt8]) throws(DatastoreError) {
        opening.watch.expect(within: Patience.statement)
        defer { opening.watch.expect(within: nil) }
        let code = sql.withUnsafeBytes { mysql_real_query(handle, $0.baseAddress?.assumingMemoryBound(to: CChar.self), UInt($0.count)) }
        guard code == 0 else { throw failure() }
    }

    /// Starts a SELECT whose rows come as they are fetched.
    func stream(_ sql: String) throws(DatastoreError) -> UnsafeMutablePointer<MYSQL_RES> {
        try execute(Array(sql.utf8))
        guard let result = mysql_use_result(handle) else { throw failure() }
        return result
    }

    /// The rows of a short result, as text.
    func rows(_ sql: String) throws(DatastoreError) -> [[String?]] {
        try execute(Array(sql.utf8))
        guard let result = mysql_store_result(handle) else {
            guard mysql_field_count(handle) == 0 else { throw failure() }
            return []
        }
        defer { mysql_free_result(result) }
        let count = Int(mysql_num_fields(result))
        var rows: [[String?]] = []
        while let row = mysql_fetch_row(result), let lengths = mysql_fetch_lengths(result) {
            rows.append(
                (0..<count).map { index in
                    row[index].map { String(decoding: UnsafeRawBufferPointer(start: $0, count: Int(lengths[index])), as: UTF8.self) }
                })
        }
        return rows
    }

    /// By column: whether it holds bytes and no text (character set 63, "binary", of a string or blob type).
    func binaryColumns(of result: UnsafeMutablePointer<MYSQL_RES>) -> [Bool] {
        (0..<mysql_num_fields(result)).map { index in
            guard let field = mysql_fetch_field_direct(result, index) else { return false }
            let types = [
                MYSQL_TYPE_TINY_BLOB, MYSQL_TYPE_BLOB, MYSQL_TYPE_MEDIUM_BLOB, MYSQL_TYPE_LONG_BLOB, MYSQL_TYPE_STRING, MYSQL_TYPE_VAR_STRING,
                MYSQL_TYPE_BIT, MYSQL_TYPE_GEOMETRY,
            ]
            return field.pointee.charsetnr == 63 && types.contains(field.pointee.type)
        }
    }

    /// The error's number and its text without what it quotes.
    func failure() -> DatastoreError {
        if opening.watch.alarm == .silent { return opening.error(.unreachable("no answer in time")) }
        return opening.error(.failed("error \(mysql_errno(handle)): \(ServerMessage.masked(String(cString: mysql_error(handle))))"))
    }

    static func identifier(_ name: String) -> String {
        "`" + name.split(separator: "`", omittingEmptySubsequences: false).joined(separator: "``") + "`"
    }

    func literal(_ text: String) -> String {
        var bytes: [UInt8] = []
        Array(text.utf8).withUnsafeBytes { appendLiteral($0, to: &bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// With NO_BACKSLASH_ESCAPES, which this session sets, only the quotation mark needs care.
    func appendLiteral(_ value: UnsafeRawBufferPointer, to sql: inout [UInt8]) {
        sql.append(0x27)
        for byte in value {
            if byte == 0x27 { sql.append(0x27) }
            sql.append(byte)
        }
        sql.append(0x27)
    }
}
