package import Foundation

/// Who may do what in a store, as its catalogue says it: raw, without following roles (see ``AccessResolver``).
package struct AccessRights: Hashable, Sendable {
    /// Part of the picture that this account or this server doesn't show.
    package enum Gap: String, Hashable, Sendable, CaseIterable {
        /// Only the rights of the own account are visible.
        case otherAccounts
        /// Nobody can say when an account last logged in.
        case logins
        /// Which account may take on which role isn't visible.
        case roles

        /// The key of its words in the wording.
        package var term: String { "access-gap.\(rawValue)" }
    }

    /// False for files: the rights of the file system decide, not the store.
    package var hasAccounts: Bool
    package var accounts: [AccessAccount]
    package var entries: [AccessEntry]
    package var gaps: Set<Gap>
    /// By the server's clock.
    package var readAt: Date
    /// Who may enter which schema at all; nil where the server knows no such right.
    package var schemaUsers: [String: Set<Grantee>]?
    /// Who may connect to the database; nil where the server knows no such right.
    package var connectors: Set<Grantee>?

    package init(
        hasAccounts: Bool = true, accounts: [AccessAccount] = [], entries: [AccessEntry] = [], gaps: Set<Gap> = [],
        readAt: Date = Date(timeIntervalSince1970: 0), schemaUsers: [String: Set<Grantee>]? = nil, connectors: Set<Grantee>? = nil
    ) {
        self.hasAccounts = hasAccounts
        self.accounts = accounts
        self.entries = entries
        self.gaps = gaps
        self.readAt = readAt
        self.schemaUsers = schemaUsers
        self.connectors = connectors
    }

    /// Of a store that knows no accounts.
    package static let noAccounts = AccessRights(hasAccounts: false)
}

package enum Grantee: Hashable, Sendable {
    /// PUBLIC, and whoever logs in without a name.
    case everybody
    /// An account or a role, by its name.
    case account(String)
}

package enum AccessPrivilege: String, Codable, Hashable, Sendable, CaseIterable, Comparable {
    case read
    /// Insert, update, delete, truncate.
    case write
    /// Change or drop the table, or attach code to it.
    case define
    /// Pass rights on to others.
    case delegate

    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    package static func < (left: AccessPrivilege, right: AccessPrivilege) -> Bool { left.order < right.order }

    /// The key of its name in the wording.
    package var term: String { "privilege.\(rawValue)" }
}

/// One line of the catalogue.
package struct AccessEntry: Hashable, Sendable {
    package enum Extent: Hashable, Sendable {
        /// Every table of every schema.
        case server
        /// Every table of the schemas whose names match a pattern of LIKE (`%` and `_`, escaped by a backslash).
        case schemas(like: String)
        case table(schema: String, name: String)
    }

    package var grantee: Grantee
    package var extent: Extent
    package var privileges: Set<AccessPrivilege>
    /// Nil: all of them.
    package var columns: [String]?

    package init(_ grantee: Grantee, _ extent: Extent, _ privileges: Set<AccessPrivilege>, columns: [String]? = nil) {
        self.grantee = grantee
        self.extent = extent
        self.privileges = privileges
        self.columns = columns
    }
}

/// What one account, or everybody, may do with one table when all is added up.
package struct AccessGrant: Hashable, Sendable {
    /// How much more than this table it covers.
    package enum Breadth: Int, Hashable, Sendable, Comparable {
        case table, schema
        /// By a pattern with `%`: schemas that don't exist yet, too.
        case schemas
        case server
        package static func < (left: Breadth, right: Breadth) -> Bool { left.rawValue < right.rawValue }
    }

    package var grantee: Grantee
    package var isSuperuser: Bool
    package var schema: String
    package var table: String
    /// Columns that may be read, in alphabetical order; nil: all.
    package var columns: [String]?
    package var privileges: Set<AccessPrivilege>
    /// The widest right to read or write that it rests on.
    package var breadth: Breadth
    /// The roles that it comes through, in alphabetical order; `PUBLIC` for what everybody has but not everybody can use.
    package var viaRoles: [String]

    package var isPublic: Bool { grantee == .everybody }
}

/// A store whose server keeps accounts.
package protocol AccessControlled {
    /// Reads catalogues only, and what the account may see of them; what it may not see is a gap.
    func readAccessRights() throws(DatastoreError) -> AccessRights
}

extension Datastore {
    /// Who may do what in this store.
    ///
    /// Needs no more than the right to connect. Sends SELECT on catalogues (and SHOW GLOBAL STATUS) only; takes no locks on tables of users.
    package func accessRights() throws(DatastoreError) -> AccessRights {
        guard let store = self as? any AccessControlled else { return .noAccounts }
        return try store.readAccessRights()
    }
}
