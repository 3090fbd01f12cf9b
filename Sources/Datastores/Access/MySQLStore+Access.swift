import Foundation

/// Rights in MySQL and MariaDB: what `information_schema` shows every account of itself, and what `mysql` shows those who may read it.
extension MySQLStore: AccessControlled {
    func readAccessRights() throws(DatastoreError) -> AccessRights {
        try MySQLAccessReader(connection: connection, isMariaDB: product.hasPrefix("MariaDB")).read()
    }
}

private struct MySQLAccessReader {
    let connection: MySQLConnection
    let isMariaDB: Bool

    func read() throws(DatastoreError) -> AccessRights {
        let now = Self.date(try connection.rows("SELECT UNIX_TIMESTAMP()").first?.first ?? nil) ?? Date()
        var rights = AccessRights(readAt: now)
        rights.entries = try entries()
        let superusers = try superusers()
        if let accounts = try visible(isMariaDB ? Self.mariaDBAccounts : Self.mySQLAccounts) {
            rights.accounts = accounts.compactMap(Self.account)
            rights.entries += accounts.compactMap(Self.roleEntry)
            addMemberships(try visible(isMariaDB ? Self.mariaDBRoles : Self.mySQLRoles), to: &rights)
            addLogins(try logins(at: now), to: &rights)
        } else {
            // Only the own account shows in information_schema.
            rights.gaps = [.otherAccounts, .logins, .roles]
            let names = Set(rights.entries.compactMap { if case .account(let name) = $0.grantee { name } else { nil } })
            rights.accounts = names.sorted().map { AccessAccount(name: $0, fromAnywhere: $0.hasSuffix("@%")) }
        }
        for index in rights.accounts.indices where superusers.contains(rights.accounts[index].name) { rights.accounts[index].isSuperuser = true }
        return rights
    }

    /// The rows of a statement that an account without rights may be refused; nil when it was. (1142, 1143, 1044, 1227: access denied; 1146: no
    /// such table; 1054: no such column.)
    private func visible(_ sql: String) throws(DatastoreError) -> [[String?]]? {
        do {
            return try connection.rows(sql)
        } catch {
            guard case .failed(let text) = error.problem, ["1142", "1143", "1044", "1227", "1146", "1054"].contains(where: text.contains) else {
                throw error
            }
            return nil
        }
    }

    // MARK: Rights

    private func entries() throws(DatastoreError) -> [AccessEntry] {
        var entries: [AccessEntry] = []
        func add(_ row: [String?], _ extent: AccessEntry.Extent, column: String? = nil) {
            guard let grantee = MySQLGrantee(row[0] ?? "").grantee else { return }
            var privileges = Self.privileges(row[1] ?? "")
            if row[2] == "YES" { privileges.insert(.delegate) }
            if !privileges.isEmpty { entries.append(AccessEntry(grantee, extent, privileges, columns: column.map { [$0] })) }
        }
        for row in try connection.rows("SELECT GRANTEE, PRIVILEGE_TYPE, IS_GRANTABLE FROM information_schema.USER_PRIVILEGES") { add(row, .server) }
        for row in try connection.rows("SELECT GRANTEE, PRIVILEGE_TYPE, IS_GRANTABLE, TABLE_SCHEMA FROM information_schema.SCHEMA_PRIVILEGES") {
            if let pattern = row[3] { add(row, .schemas(like: pattern)) }
        }
        for row in try connection.rows(
            "SELECT GRANTEE, PRIVILEGE_TYPE, IS_GRANTABLE, TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLE_PRIVILEGES")
        {
            if let schema = row[3], let table = row[4] { add(row, .table(schema: schema, name: table)) }
        }
        for row in try connection.rows(
            "SELECT GRANTEE, PRIVILEGE_TYPE, IS_GRANTABLE, TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME FROM information_schema.COLUMN_PRIVILEGES")
        {
            if let schema = row[3], let table = row[4] { add(row, .table(schema: schema, name: table), column: row[5]) }
        }
        return entries
    }

    private static func privileges(_ name: String) -> Set<AccessPrivilege> {
        switch name.uppercased() {
        case "SELECT": [.read]
        case "INSERT", "UPDATE", "DELETE": [.write]
        case "CREATE", "ALTER", "DROP", "TRIGGER": [.define]
        case "GRANT OPTION": [.delegate]
        default: []
        }
    }

    /// Accounts that may do everything or make themselves able to: SUPER, or making accounts and passing on rights that hold everywhere.
    private func superusers() throws(DatastoreError) -> Set<String> {
        let rows = try connection.rows(
            """
            SELECT DISTINCT GRANTEE FROM information_schema.USER_PRIVILEGES
            WHERE PRIVILEGE_TYPE = 'SUPER' OR (PRIVILEGE_TYPE = 'CREATE USER' AND IS_GRANTABLE = 'YES')
            """)
        return Set(rows.compactMap { row in row[0].flatMap { MySQLGrantee($0).name } })
    }

    // MARK: Accounts

    /// Rows of: user, host, whether it is a role, whether it is locked, whether it lets in without password, bits of a role's global rights.
    private static func account(_ row: [String?]) -> AccessAccount? {
        guard let user = row[0], let host = row[1], !user.isEmpty else { return nil }
        let isRole = row[2] == "1"
        let name = isRole && host.isEmpty ? user : "\(user)@\(host)"
        guard name != "PUBLIC" else { return nil }
        return AccessAccount(
            name: name, canLogin: !isRole && row[3] != "1", isSuperuser: isRole && bits(row) & superBit != 0, isBuiltIn: isBuiltIn(user, host),
            fromAnywhere: isRole ? nil : host == "%" || host.isEmpty, hasPassword: row[4].map { $0 != "1" })
    }

    private static func isBuiltIn(_ user: String, _ host: String) -> Bool {
        let local = ["localhost", "127.0.0.1", "::1"].contains(host)
        return local && (["root", "mysql", "debian-sys-maint", "healthcheck"].contains(user) || user.hasPrefix("mysql.") || user == "mariadb.sys")
    }

    /// `information_schema` leaves out the global rights of MariaDB's roles; they stand as bits beside the role.
    private static func roleEntry(_ row: [String?]) -> AccessEntry? {
        guard row[2] == "1", row[1] == "", let role = row[0] else { return nil }
        let bits = bits(row)
        var privileges: Set<AccessPrivilege> = []
        if bits & 0x1 != 0 { privileges.insert(.read) }
        if bits & 0xE != 0 { privileges.insert(.write) }
        if bits & 0x1030 != 0 { privileges.insert(.define) }
        if bits & 0x400 != 0 { privileges.insert(.delegate) }
        return privileges.isEmpty ? nil : AccessEntry(role == "PUBLIC" ? .everybody : .account(role), .server, privileges)
    }

    private static func bits(_ row: [String?]) -> UInt64 { row[5].flatMap(UInt64.init) ?? 0 }
    private static let superBit: UInt64 = 1 << 15

    private func addMemberships(_ rows: [[String?]]?, to rights: inout AccessRights) {
        guard let rows else {
            rights.gaps.insert(.roles)
            return
        }
        // Rows of: user, host, role, host of the role.
        for row in rows {
            guard let user = row[0], let host = row[1], let role = row[2] else { continue }
            let member = host.isEmpty ? user : "\(user)@\(host)"
            let roleName = row[3].flatMap { $0.isEmpty ? nil : "\(role)@\($0)" } ?? role
            for index in rights.accounts.indices where rights.accounts[index].name == member { rights.accounts[index].memberOf.append(roleName) }
            // A role of MySQL 8 is an account like others; being granted to somebody makes it one.
        }
    }

    // MARK: Logins

    private struct Logins {
        var started: Date
        /// Users that logged in since, by their names: the server counts by the client's address, not by the account's.
        var seen: Set<String>
        /// Whether everybody who logged in is among them.
        var isComplete: Bool
    }

    private func logins(at now: Date) throws(DatastoreError) -> Logins? {
        guard let uptime = try status("Uptime") else { return nil }
        let started = now.addingTimeInterval(-uptime)
        var logins = Logins(started: started, seen: [], isComplete: false)
        // performance_schema counts from the server's start, unless its table was too small or off.
        if let rows = try visible("SELECT DISTINCT USER FROM performance_schema.accounts WHERE USER IS NOT NULL"), !rows.isEmpty {
            logins.seen.formUnion(rows.compactMap { $0[0] })
            logins.isComplete = try status("Performance_schema_accounts_lost") == 0
        }
        // userstat may have been switched on at any time: it proves that somebody came, never that nobody did.
        if let rows = try visible("SELECT USER FROM information_schema.USER_STATISTICS WHERE TOTAL_CONNECTIONS > 0"), !rows.isEmpty {
            logins.seen.formUnion(rows.compactMap { $0[0] })
        }
        return logins.seen.isEmpty ? nil : logins
    }

    private func status(_ name: String) throws(DatastoreError) -> Double? {
        try visible("SHOW GLOBAL STATUS LIKE \(connection.literal(name))")?.first.flatMap { $0.count > 1 ? $0[1] : nil }.flatMap(Double.init)
    }

    private func addLogins(_ logins: Logins?, to rights: inout AccessRights) {
        guard let logins else {
            rights.gaps.insert(.logins)
            return
        }
        if !logins.isComplete { rights.gaps.insert(.logins) }
        for index in rights.accounts.indices where rights.accounts[index].canLogin {
            let user = rights.accounts[index].name.split(separator: "@", omittingEmptySubsequences: false).dropLast().joined(separator: "@")
            if logins.seen.contains(user) {
                rights.accounts[index].lastLogin = .after(logins.started)
            } else if logins.isComplete {
                rights.accounts[index].lastLogin = .notSince(logins.started)
            }
        }
    }

    private static func date(_ seconds: String?) -> Date? { seconds.flatMap(Double.init).map(Date.init(timeIntervalSince1970:)) }

    // MARK: Statements

    /// The server says whether there is a password; the digest itself is never asked for.
    private static let mariaDBAccounts = """
        SELECT User, Host, IF(JSON_VALUE(Priv, '$.is_role') IN ('1', 'true'), 1, 0), IF(JSON_VALUE(Priv, '$.account_locked') IN ('1', 'true'), 1, 0),
               IF(COALESCE(JSON_VALUE(Priv, '$.authentication_string'), '') = '' AND NOT COALESCE(JSON_EXISTS(Priv, '$.auth_or'), 0)
                  AND COALESCE(JSON_VALUE(Priv, '$.plugin'), '') IN ('', 'mysql_native_password', 'mysql_old_password', 'ed25519'), 1, 0),
               JSON_VALUE(Priv, '$.access')
        FROM mysql.global_priv ORDER BY User, Host
        """

    private static let mySQLAccounts = """
        SELECT User, Host, 0, IF(account_locked = 'Y', 1, 0),
               IF(authentication_string = '' AND plugin IN ('', 'mysql_native_password', 'sha256_password', 'caching_sha2_password'), 1, 0), NULL
        FROM mysql.user ORDER BY User, Host
        """

    private static let mariaDBRoles = "SELECT User, Host, Role, '' FROM mysql.roles_mapping"
    private static let mySQLRoles = "SELECT TO_USER, TO_HOST, FROM_USER, FROM_HOST FROM mysql.role_edges"
}

/// A grantee as `information_schema` writes it: `'app'@'%'`, `'reader'@''` or `reader` for a role of MariaDB, `''@'localhost'` for anybody.
package struct MySQLGrantee {
    /// Nil for everybody.
    package let name: String?
    /// Nil when it can't be read.
    package let grantee: Grantee?

    package init(_ text: String) {
        var (user, host) = (text, "")
        if text.hasPrefix("'"), text.hasSuffix("'"), text.utf8.count >= 2 {
            let inner = text.dropFirst().dropLast()
            if let at = inner.range(of: "'@'", options: .backwards) {
                (user, host) = (String(inner[..<at.lowerBound]), String(inner[at.upperBound...]))
            } else {
                user = String(inner)
            }
        }
        let isEverybody = user.isEmpty || (user == "PUBLIC" && host.isEmpty)
        name = isEverybody ? nil : host.isEmpty ? user : "\(user)@\(host)"
        grantee = text.isEmpty ? nil : name.map(Grantee.account) ?? .everybody
    }
}
