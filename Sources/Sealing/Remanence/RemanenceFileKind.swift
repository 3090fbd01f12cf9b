/// What a database uses a file for, by its path and name.
package enum RemanenceFileKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// PostgreSQL's tables, indexes and TOAST.
    case heap
    /// PostgreSQL's write-ahead log, SQLite's -wal.
    case wal
    /// What planners know of the columns: their most frequent values, and bounds of histograms.
    case statistics
    /// InnoDB's undo logs, SQLite's -journal: values before a change.
    case undo
    /// The redo logs of InnoDB and Aria.
    case redo
    case binlog
    /// Of sorts, of changes that were spilled, of tables that a statement made.
    case temporary
    /// MariaDB's and MySQL's tablespaces and tables, SQLite's file.
    case database
    /// The server's log: statements with their values, if it logs statements.
    case log
    /// Dumps and archives.
    case backup
    case other

    /// - Parameter path: relative to the folder that is scanned, parts separated by `/`.
    package init(path: String) {
        let parts = path.lowercased().split(separator: "/").map(String.init)
        let name = parts.last ?? ""
        self = Self.byFolder(parts, name) ?? Self.byName(name)
    }

    private static func byFolder(_ parts: [String], _ name: String) -> Self? {
        let folders = parts.dropLast()
        if folders.contains("pgsql_tmp") || folders.contains("pg_replslot") { return .temporary }
        if folders.contains("pg_wal") || folders.contains("pg_xlog") { return .wal }
        if folders.contains("pg_stat") || folders.contains("pg_stat_tmp") { return .statistics }
        if folders.contains("#innodb_redo") { return .redo }
        if folders.contains("#innodb_temp") { return .temporary }
        guard folders.contains("base") || folders.contains("global") || folders.contains(where: { $0.hasPrefix("pg_") && $0.contains("_20") }) else {
            return nil
        }
        // NUMBER, NUMBER.SEGMENT, tNUMBER_NUMBER; forks have `_fsm`, `_vm`, `_init`.
        let relation = name.prefix { $0 != "." }
        if name.hasPrefix("t"), name.contains("_"), relation.dropFirst().allSatisfy({ $0.isNumber || $0 == "_" }) { return .temporary }
        guard !relation.isEmpty, relation.allSatisfy(\.isNumber) else { return nil }
        // pg_statistic and pg_statistic_ext_data with their TOAST, as initdb lays them out (PostgreSQL's catalog headers).
        return ["2619", "2840", "3429", "3430"].contains(relation) ? .statistics : .heap
    }

    private static func byName(_ name: String) -> Self {
        let suffix = name.lastIndex(of: ".").map { String(name[name.index(after: $0)...]) } ?? ""
        if name.hasSuffix("-wal") { return .wal }
        if name.hasSuffix("-journal") { return .undo }
        if name.utf8.count == 24, name.allSatisfy(\.isHexDigit) { return .wal }
        if name.hasPrefix("ibtmp") || name.hasPrefix("#sql") || suffix == "tmp" { return .temporary }
        if name.hasPrefix("ib_logfile") || name.hasPrefix("aria_log") { return .redo }
        if suffix == "ibu" || name.hasPrefix("undo") && name.dropFirst(4).allSatisfy({ $0.isNumber || $0 == "_" }) { return .undo }
        if suffix.count >= 6, suffix.allSatisfy(\.isNumber) { return .binlog }
        if name.hasPrefix("ibdata") { return .database }
        switch suffix {
        case "ibd", "myd", "myi", "mad", "mai", "sqlite", "sqlite3", "db", "db3": return .database
        case "log", "err": return .log
        case "sql", "dump", "gz", "zst", "tar", "tgz", "bak", "backup", "xb", "mbstream", "dat": return .backup
        default: return .other
        }
    }

    /// Where a page's bytes end and the next one's begin, so that a value that lies across the border is found; nil: values don't, or in unknown ways.
    var pages: PageLayout? {
        switch self {
        // xlog_internal.h: a page header of 24 bytes (SizeOfXLogShortPHD) each 8 KiB.
        case .wal: PageLayout(size: 8192, header: 24, trailer: 0)
        // InnoDB's log blocks (MySQL; MariaDB before 10.8): 512 bytes with a header of 12 and a trailer of 4.
        case .redo: PageLayout(size: 512, header: 12, trailer: 4)
        default: nil
        }
    }
}

struct PageLayout: Sendable {
    var size: Int
    var header: Int
    var trailer: Int
}
