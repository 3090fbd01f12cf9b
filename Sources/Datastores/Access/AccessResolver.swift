/// Adds up the rights of each account on a table: its own, those of the roles that it may take on, and those of everybody.
///
/// Roles count whether they are inherited or have to be taken on by SET ROLE: either way the account gets at the rows.
package struct AccessResolver: Sendable {
    private struct Member: Sendable {
        var account: AccessAccount
        /// Itself and every role that it may take on, by the first role on the way there.
        var roles: [String: String]
        var isSuperuser: Bool
        var superuserRole: String?
    }

    private let rights: AccessRights
    private let members: [Member]
    private let byTable: [String: [AccessEntry]]
    private let wide: [AccessEntry]

    /// Roles of PostgreSQL that read or write every table and enter every schema.
    static let allDataRoles: Set<String> = ["pg_read_all_data", "pg_write_all_data"]

    package init(_ rights: AccessRights) {
        self.rights = rights
        let accounts = Dictionary(rights.accounts.map { ($0.name, $0) }) { first, _ in first }
        members = rights.accounts.filter(\.canLogin).sorted { $0.name < $1.name }.map { account in
            let roles = Self.closure(of: account, accounts)
            let superuserRole = account.isSuperuser ? nil : roles.keys.sorted().first { accounts[$0]?.isSuperuser == true }
            return Member(
                account: account, roles: roles, isSuperuser: account.isSuperuser || superuserRole != nil,
                superuserRole: superuserRole.flatMap { roles[$0] })
        }
        var byTable: [String: [AccessEntry]] = [:]
        var wide: [AccessEntry] = []
        for entry in rights.entries {
            if case .table(let schema, let name) = entry.extent {
                byTable[Self.key(schema, name), default: []].append(entry)
            } else {
                wide.append(entry)
            }
        }
        self.byTable = byTable
        self.wide = wide
    }

    /// Accounts that can log in and have a right on the table, after everybody (if everybody has one), by name.
    package func grants(schema: String, table: String) -> [AccessGrant] {
        let entries = (byTable[Self.key(schema, table)] ?? []) + wide.filter { Self.covers($0.extent, schema: schema) }
        var grants: [AccessGrant] = []
        let open = isOpen(schema)
        let common = entries.filter { $0.grantee == .everybody }
        if open, !common.isEmpty {
            grants.append(Self.grant(.everybody, schema, table, common.map { ($0, nil) }))
        }
        for member in members {
            guard mayConnect(member) else { continue }
            if member.isSuperuser {
                grants.append(
                    AccessGrant(
                        grantee: .account(member.account.name), isSuperuser: true, schema: schema, table: table, columns: nil,
                        privileges: Set(AccessPrivilege.allCases), breadth: .server, viaRoles: member.superuserRole.map { [$0] } ?? []))
                continue
            }
            guard open || mayEnter(schema, member) else { continue }
            let own = entries.compactMap { entry -> (AccessEntry, String?)? in
                switch entry.grantee {
                case .everybody: open ? nil : (entry, "PUBLIC")
                case .account(let name): member.roles[name].map { (entry, name == member.account.name ? nil : $0) }
                }
            }
            if !own.isEmpty { grants.append(Self.grant(.account(member.account.name), schema, table, own)) }
        }
        return grants
    }

    /// Whether everybody who gets into the database gets into the schema.
    private func isOpen(_ schema: String) -> Bool {
        guard let users = rights.schemaUsers else { return true }
        return users[schema]?.contains(.everybody) ?? false
    }

    private func mayEnter(_ schema: String, _ member: Member) -> Bool {
        guard let users = rights.schemaUsers else { return true }
        if !Self.allDataRoles.isDisjoint(with: member.roles.keys) { return true }
        return member.roles.keys.contains { users[schema]?.contains(.account($0)) ?? false }
    }

    private func mayConnect(_ member: Member) -> Bool {
        guard let connectors = rights.connectors, !member.isSuperuser else { return true }
        return connectors.contains(.everybody) || member.roles.keys.contains { connectors.contains(.account($0)) }
    }

    private static func grant(_ grantee: Grantee, _ schema: String, _ table: String, _ entries: [(entry: AccessEntry, via: String?)]) -> AccessGrant {
        let reading = entries.filter { $0.entry.privileges.contains(.read) }
        let columns = reading.contains { $0.entry.columns == nil } ? nil : Set(reading.flatMap { $0.entry.columns ?? [] }).sorted()
        let breadth = entries.filter { !$0.entry.privileges.isDisjoint(with: [.read, .write]) }.map { Self.breadth(of: $0.entry.extent) }.max()
        return AccessGrant(
            grantee: grantee, isSuperuser: false, schema: schema, table: table, columns: reading.isEmpty ? nil : columns,
            privileges: entries.reduce(into: []) { $0.formUnion($1.entry.privileges) }, breadth: breadth ?? .table,
            viaRoles: Set(entries.compactMap(\.via)).sorted())
    }

    private static func breadth(of extent: AccessEntry.Extent) -> AccessGrant.Breadth {
        switch extent {
        case .server: .server
        case .schemas(let pattern): LikePattern(pattern).takesAny ? .schemas : .schema
        case .table: .table
        }
    }

    /// Roles may be members of roles, and (by mistake) of each other.
    private static func closure(of account: AccessAccount, _ accounts: [String: AccessAccount]) -> [String: String] {
        var found = [account.name: account.name]
        var open = [(name: account.name, first: nil as String?)]
        while let (name, first) = open.popLast() {
            for role in accounts[name]?.memberOf ?? [] where found[role] == nil {
                found[role] = first ?? role
                open.append((role, first ?? role))
            }
        }
        return found
    }

    private static func covers(_ extent: AccessEntry.Extent, schema: String) -> Bool {
        switch extent {
        case .server: true
        case .schemas(let pattern): LikePattern(pattern).matches(schema)
        case .table: false
        }
    }

    private static func key(_ schema: String, _ table: String) -> String { "\(schema.utf8.count):\(schema).\(table)" }
}

/// A pattern of LIKE: `%` is any text, `_` any character, a backslash takes the next character as it is.
struct LikePattern {
    private enum Piece { case any, one, exactly(Character) }
    private var pieces: [Piece] = []

    init(_ pattern: String) {
        var escaped = false
        for character in pattern {
            switch character {
            case _ where escaped:
                pieces.append(.exactly(character))
                escaped = false
            case "\\": escaped = true
            case "%": pieces.append(.any)
            case "_": pieces.append(.one)
            default: pieces.append(.exactly(character))
            }
        }
    }

    /// Holds `%`. An underscore alone is usually a name whose author forgot the backslash.
    var takesAny: Bool { pieces.contains { if case .any = $0 { true } else { false } } }

    /// Never slower than the product of the lengths.
    func matches(_ text: String) -> Bool {
        var reachable = [Bool](repeating: false, count: pieces.count + 1)
        reachable[0] = true
        for index in pieces.indices { if case .any = pieces[index], reachable[index] { reachable[index + 1] = true } }
        for character in text {
            var next = [Bool](repeating: false, count: pieces.count + 1)
            for index in pieces.indices {
                switch pieces[index] {
                case .any:
                    if reachable[index] || reachable[index + 1] { next[index + 1] = true }
                    if reachable[index] { next[index] = true }
                case .one: if reachable[index] { next[index + 1] = true }
                case .exactly(let wanted): if reachable[index], wanted == character { next[index + 1] = true }
                }
                if case .any = pieces[index], next[index] { next[index + 1] = true }
            }
            reachable = next
        }
        return reachable[pieces.count]
    }
}
