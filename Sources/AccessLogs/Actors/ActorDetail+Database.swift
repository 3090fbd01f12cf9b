import LogFormats

/// What was done to a database beyond reading rows.
package struct DatabaseWork: Sendable {
    package private(set) var dumps: UInt32 = 0
    package private(set) var wholeTables: UInt32 = 0
    package private(set) var filesWritten: UInt32 = 0
    package private(set) var interactive: UInt32 = 0
    /// Successful logins and statements.
    package private(set) var sessions: UInt32 = 0
    package private(set) var statements: UInt32 = 0
    package private(set) var dumpRows: UInt64 = 0
    package private(set) var firstDump: UInt32 = .max
    package private(set) var lastDump: UInt32 = 0
    package private(set) var dumpPlace = LinePlace.none
    package private(set) var dumpShape: UInt64 = 0
    package private(set) var interactivePlace = LinePlace.none
    package private(set) var agent: UInt32 = 0

    @inline(__always)
    static func concerns(_ digest: EventDigest) -> Bool {
        digest.action == LogEvent.Action.query.rawValue || digest.action == LogEvent.Action.connect.rawValue
            || digest.action == LogEvent.Action.login.rawValue
    }

    /// A statement that takes a table away: a dump's own, or all rows of a table about people.
    @inline(__always)
    static func isDump(_ digest: EventDigest) -> Bool {
        guard digest.outcome != LogEvent.Outcome.failure.rawValue else { return false }
        let flags = digest.flags
        return flags.contains(.isDump) || flags.contains(.readsWholeTable) && flags.contains(.isSensitive)
            || flags.contains(.writesFile) && flags.contains(.isRead)
    }

    mutating func count(_ digest: EventDigest) {
        guard digest.outcome != LogEvent.Outcome.failure.rawValue else { return }
        sessions &+= 1
        if digest.action == LogEvent.Action.query.rawValue { statements &+= 1 }
        if digest.flags.contains(.isInteractive) {
            if interactive == 0 { (interactivePlace, agent) = (LinePlace(digest), digest.agent) }
            interactive &+= 1
        }
        guard Self.isDump(digest) else { return }
        if !digest.flags.contains(.isDump) { wholeTables &+= 1 }
        if digest.flags.contains(.writesFile) { filesWritten &+= 1 }
        if dumps == 0 { (dumpPlace, dumpShape) = (LinePlace(digest), digest.shape) }
        dumps &+= 1
        dumpRows &+= UInt64(digest.rows)
        firstDump = min(firstDump, digest.time)
        lastDump = max(lastDump, digest.time)
    }

    mutating func merge(_ other: DatabaseWork) {
        if dumps == 0 { (dumpPlace, dumpShape) = (other.dumpPlace, other.dumpShape) }
        if interactive == 0 { (interactivePlace, agent) = (other.interactivePlace, other.agent) }
        dumps &+= other.dumps
        wholeTables &+= other.wholeTables
        filesWritten &+= other.filesWritten
        interactive &+= other.interactive
        sessions &+= other.sessions
        statements &+= other.statements
        dumpRows &+= other.dumpRows
        firstDump = min(firstDump, other.firstDump)
        lastDump = max(lastDump, other.lastDump)
    }

    var isNotable: Bool { dumps > 0 || interactive > 0 }
}
