/// What a line's words say about it, boiled down to bits.
package struct EventFlags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    // HTTP.
    /// A successful answer with bytes from a data interface (an API, an export, a record's page).
    package static let bringsData = EventFlags(rawValue: 1 << 0)
    /// A page's part: styles, scripts, images.
    package static let isStatic = EventFlags(rawValue: 1 << 1)
    /// A request to where people log in. Its status tells how it went, in each application's own way.
    package static let isLoginRequest = EventFlags(rawValue: 1 << 2)
    package static let isPost = EventFlags(rawValue: 1 << 3)
    /// An interface for administrators.
    package static let isAdministration = EventFlags(rawValue: 1 << 4)
    /// The user agent of a search engine or of a monitor, by its own word.
    package static let isCrawler = EventFlags(rawValue: 1 << 5)
    /// An export or a download by its path.
    package static let isExport = EventFlags(rawValue: 1 << 6)
    // Databases.
    /// A statement that reads rows.
    package static let isRead = EventFlags(rawValue: 1 << 8)
    /// …and all of a table: no condition, no limit.
    package static let readsWholeTable = EventFlags(rawValue: 1 << 9)
    /// A table that holds people's data, by its name; or a path that serves such.
    package static let isSensitive = EventFlags(rawValue: 1 << 10)
    /// Signs of a dump: the statements of mysqldump or pg_dump, COPY … TO, KEYS, DUMP, MIGRATE, SYNC.
    package static let isDump = EventFlags(rawValue: 1 << 11)
    /// The result goes to a file or a program of the server.
    package static let writesFile = EventFlags(rawValue: 1 << 12)
    /// The client is a person's tool: psql, mysql, DBeaver, Navicat, DataGrip.
    package static let isInteractive = EventFlags(rawValue: 1 << 13)
    // All.
    /// The log or the audit was cut, cleared, stopped, or told to log less.
    package static let tampersWithLog = EventFlags(rawValue: 1 << 16)
    /// The client is this machine itself.
    package static let isLocal = EventFlags(rawValue: 1 << 17)
    /// The login names an account that doesn't exist.
    package static let isUnknownAccount = EventFlags(rawValue: 1 << 18)
    /// The client is one of the estate's bastions.
    package static let isBastion = EventFlags(rawValue: 1 << 19)
}
