import Foundation

/// PostgreSQL's catalogue of rights. Every account may read it.
extension PostgreSQLStore: AccessControlled {
    func readAccessRights() throws(DatastoreError) -> AccessRights {
        let reader = PostgreSQLAccessReader(connection: connection)
        return try reader.read()
    }
}

private struct PostgreSQLAccessReader {
    let connection: PostgreSQLConnection

    func read() throws(DatastoreError) -> AccessRights {
        var rights = AccessRights(gaps: [.logins], readAt: try now(), schemaUsers: [:], connectors: [])
        rights.accounts = try accounts(at: rights.readAt)
        let names = Set(rights.accounts.map(\.name))
        rights.entries = try tableEntries() + columnEntries() + Self.allDataEntries(names)
        for row in try connection.rows(Self.schemaUsers) {
            guard let schema = row[0], let grantee = Self.grantee(row[1], row[2]) else { continue }
            rights.schemaUsers?[schema, default: []].insert(grantee)
        }
        for row in try connection.rows(Self.connectors) {
            guard let grantee = Self.grantee(row[0], row[1]) else { continue }
            rights.connectors?.insert(grantee)
        }
        return rights
    }

    private func now() throws(DatastoreError) -> Date {
        try connection.rows("SELECT extract(epoch FROM clock_timestamp())::bigint").first.flatMap { Self.date($0[0]) } ?? Date()
    }

    private func accounts(at now: Date) throws(DatastoreError) -> [AccessAccount] {
        var memberOf: [String: [String]] = [:]
        for row in try connection.rows(Self.memberships) {
            guard let role = row[0], let member = row[1] else { continue }
            memberOf[member, default: []].append(role)
        }
        // Sessions of others show their account and nothing more; the server keeps no time of logins that are over.
        let connected = Set(try connection.rows(Self.sessions).compactMap { $0[0] })
        return try connection.rows(Self.roles).compactMap { row in
            guard let name = row[1] else { return nil }
            return AccessAccount(
                name: name, canLogin: row[2] == "t", isSuperuser: row[3] == "t", isBuiltIn: row[0] == Self.bootstrapSuperuser,
                expires: Self.date(row[4]), lastLogin: connected.contains(name) ? .after(now.addingTimeInterval(-1)) : .unknown,
                memberOf: memberOf[name] ?? [])
        }
    }

    private func tableEntries() throws(DatastoreError) -> [AccessEntry] {
        try entries(Self.tableRights)
            + connection.rows(Self.owners).compactMap { row in
                guard let schema = row[0], let table = row[1], let owner = row[2] else { return nil }
                // The owner may always give himself back what he lost.
                return AccessEntry(.account(owner), .table(schema: schema, name: table), [.define, .delegate])
            }
    }

    private func columnEntries() throws(DatastoreError) -> [AccessEntry] { try entries(Self.columnRights) }

    /// Rows of: schema, table, column or null, oid of the grantee, its name, privilege, whether it may be passed on.
    private func entries(_ sql: String) throws(DatastoreError) -> [AccessEntry] {
        try connection.rows(sql).compactMap { row in
            guard let schema = row[0], let table = row[1], let grantee = Self.grantee(row[3], row[4]), let privilege = row[5] else { return nil }
            var privileges = Self.privileges(privilege)
            guard !privileges.isEmpty else { return nil }
            if row[6] == "t" { privileges.insert(.delegate) }
            return AccessEntry(grantee, .table(schema: schema, name: table), privileges, columns: row[2].map { [$0] })
        }
    }

    private static func privileges(_ name: String) -> Set<AccessPrivilege> {
        switch name {
        case "SELECT": [.read]
        case "INSERT", "UPDATE", "DELETE", "TRUNCATE": [.write]
        case "TRIGGER": [.define]
        default: []
        }
    }

    private static func allDataEntries(_ names: Set<String>) -> [AccessEntry] {
        [("pg_read_all_data", AccessPrivilege.read), ("pg_write_all_data", .write)].compactMap { role, privilege in
            names.contains(role) ? AccessEntry(.account(role), .server, [privilege]) : nil
        }
    }

    /// 0 is PUBLIC; a number without a name is a role that is gone.
    private static func grantee(_ oid: String?, _ name: String?) -> Grantee? { oid == "0" ? .everybody : name.map(Grantee.account) }

    private static func date(_ seconds: String?) -> Date? { seconds.flatMap(Double.init).map(Date.init(timeIntervalSince1970:)) }

    /// BOOTSTRAP_SUPERUSERID of the server's source: the account that initdb made.
    private static let bootstrapSuperuser = "10"

    // MARK: Statements

    /// pg_roles hides passwords from everybody. A role whose time is not finite never expires.
    private static let roles = """
        SELECT oid, rolname, rolcanlogin, rolsuper, CASE WHEN isfinite(rolvaliduntil) THEN extract(epoch FROM rolvaliduntil)::bigint END
        FROM pg_catalog.pg_roles ORDER BY rolname
        """

    /// Since version 16 a membership may be one that neither inherits nor lets the role be taken on.
    private static let memberships = """
        SELECT r.rolname, m.rolname
        FROM pg_catalog.pg_auth_members a
        JOIN pg_catalog.pg_roles r ON r.oid = a.roleid
        JOIN pg_catalog.pg_roles m ON m.oid = a.member
        WHERE coalesce((to_jsonb(a) ->> 'inherit_option')::boolean, true) OR coalesce((to_jsonb(a) ->> 'set_option')::boolean, true)
        """

    private static let sessions = "SELECT DISTINCT usename FROM pg_catalog.pg_stat_activity WHERE usename IS NOT NULL"

    /// The tables that ``tables()`` lists; rights on a partition are rights on part of its root.
    private static let relations = """
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_class t ON t.oid = CASE WHEN c.relispartition THEN pg_catalog.pg_partition_root(c.oid) ELSE c.oid END
        JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
        """

    private static let isUserTable = """
        c.relkind IN ('r', 'p', 'm', 'f')
          AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_toast%' AND n.nspname NOT LIKE 'pg\\_temp%'
        """

    private static let tableRights = """
        SELECT n.nspname, t.relname, NULL, x.grantee, g.rolname, x.privilege_type, x.is_grantable
        \(relations)
        CROSS JOIN LATERAL pg_catalog.aclexplode(coalesce(c.relacl, pg_catalog.acldefault('r', c.relowner))) x
        LEFT JOIN pg_catalog.pg_roles g ON g.oid = x.grantee
        WHERE \(isUserTable)
        """

    private static let columnRights = """
        SELECT n.nspname, t.relname, a.attname, x.grantee, g.rolname, x.privilege_type, x.is_grantable
        \(relations)
        JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attacl IS NOT NULL AND NOT a.attisdropped
        CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) x
        LEFT JOIN pg_catalog.pg_roles g ON g.oid = x.grantee
        WHERE \(isUserTable)
        """

    private static let owners = """
        SELECT n.nspname, t.relname, g.rolname
        \(relations)
        JOIN pg_catalog.pg_roles g ON g.oid = c.relowner
        WHERE \(isUserTable)
        """

    private static let schemaUsers = """
        SELECT n.nspname, x.grantee, g.rolname
        FROM pg_catalog.pg_namespace n
        CROSS JOIN LATERAL pg_catalog.aclexplode(coalesce(n.nspacl, pg_catalog.acldefault('n', n.nspowner))) x
        LEFT JOIN pg_catalog.pg_roles g ON g.oid = x.grantee
        WHERE x.privilege_type = 'USAGE'
        """

    private static let connectors = """
        SELECT x.grantee, g.rolname
        FROM pg_catalog.pg_database d
        CROSS JOIN LATERAL pg_catalog.aclexplode(coalesce(d.datacl, pg_catalog.acldefault('d', d.datdba))) x
        LEFT JOIN pg_catalog.pg_roles g ON g.oid = x.grantee
        WHERE d.datname = pg_catalog.current_database() AND x.privilege_type = 'CONNECT'
        """
}
