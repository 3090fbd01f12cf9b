package import Foundation

/// An account of a database server, or a role that accounts may take on.
package struct AccessAccount: Hashable, Sendable {
    /// As people write it: `app` (PostgreSQL, roles), `app@10.0.0.%` (MySQL, MariaDB).
    package var name: String
    package var canLogin: Bool
    /// May do everything by itself, or give itself the right to.
    package var isSuperuser: Bool
    /// The server made it for itself: the bootstrap superuser, `root@localhost`, `mariadb.sys@localhost`.
    package var isBuiltIn: Bool
    /// Whether any address may use it; nil where the server doesn't tie accounts to addresses.
    package var fromAnywhere: Bool?
    /// Nil where that can't be seen.
    package var hasPassword: Bool?
    /// When its password stops being accepted; it may still get in by other means.
    package var expires: Date?
    package var lastLogin: LastLogin
    /// Roles that it is a member of, directly.
    package var memberOf: [String]

    package enum LastLogin: Hashable, Sendable {
        /// The server doesn't tell.
        case unknown
        /// At least once after this time.
        case after(Date)
        /// Not once since this time; what was before isn't known.
        case notSince(Date)
    }

    package init(
        name: String, canLogin: Bool = true, isSuperuser: Bool = false, isBuiltIn: Bool = false, fromAnywhere: Bool? = nil, hasPassword: Bool? = nil,
        expires: Date? = nil, lastLogin: LastLogin = .unknown, memberOf: [String] = []
    ) {
        self.name = name
        self.canLogin = canLogin
        self.isSuperuser = isSuperuser
        self.isBuiltIn = isBuiltIn
        self.fromAnywhere = fromAnywhere
        self.hasPassword = hasPassword
        self.expires = expires
        self.lastLogin = lastLogin
        self.memberOf = memberOf
    }
}
