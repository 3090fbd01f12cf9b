/// The language of a statement.
package enum StatementDialect: UInt8, Sendable, CaseIterable { case postgreSQL, mySQL, redis, mongoDB }

/// What a statement does, as far as its words tell: nothing of the database is known.
package struct StatementReading {
    package enum Kind: UInt8, Sendable, CaseIterable {
        case other
        case select, insert, update, delete
        /// COPY … TO, COPY … FROM, LOAD DATA.
        case copyOut, copyIn
        /// What dump tools prepare a dump with; rarely sent by anything else.
        case dumpSetup
        case ddl
        /// Accounts, roles, grants, passwords.
        case privilegeChange
        /// Settings and files of the log or the audit.
        case logControl
        /// Another server asks for everything: replication, base backup, SYNC, MIGRATE, REPLICAOF.
        case replicate
        /// Settings that have nothing to do with the log.
        case configure
        // Redis.
        case keyRead, keyWrite
        /// KEYS, SCAN and its kin.
        case keyScan
        /// DUMP, and SAVE, BGSAVE.
        case keyDump
        case keyFlush
        /// MONITOR shows everybody's commands.
        case monitor
        case script
    }

    package struct Kinds: OptionSet, Sendable {
        package let rawValue: UInt32
        package init(rawValue: UInt32) { self.rawValue = rawValue }
        package static func of(_ kind: Kind) -> Kinds { Kinds(rawValue: 1 << UInt32(kind.rawValue)) }
    }

    /// The tool whose marks the statement bears.
    package enum Tool: UInt8, Sendable { case none, mysqldump, pgDump }

    /// A table (collection, prefix of keys) as the statement names it, without quotes. The schema is ``Span/none`` when it isn't named.
    package struct Table: Sendable {
        package var schema = Span.none
        package var name = Span.none
    }

    package static let tableLimit = 8
    /// Of a statement, this many bytes are looked at.
    package static let byteLimit = 64 << 10

    /// Of the first statement, when there are several.
    package var kind = Kind.other
    package var kinds: Kinds = []
    /// Parted by semicolons; 0 for none but comments.
    package var statementCount = 0
    /// Only ``tableCount`` of them mean anything. Tables beyond the limit are left out.
    package var tables = InlineArray<8, Table>(repeating: Table())
    package var tableCount = 0
    /// All tables that are named are the server's own catalogue.
    package var isCatalogOnly = false
    /// A condition that isn't true for every row at sight, such as `1=1`.
    package var hasWhere = false
    /// -1: none.
    package var limit: Int64 = -1
    /// Rows of a table come out, with neither a condition nor a limit nor an aggregate that leaves one row.
    package var readsWholeTable = false
    /// The result goes to a file or a program of the server.
    package var writesFile = false
    /// The server runs a program or loads code.
    package var runsProgram = false
    /// Of ``Kind/logControl``: less is logged afterwards, or what was logged is thrown away.
    package var reducesLogging = false
    package var tool = Tool.none
    package var signs: InjectionSigns = []
    /// Of the statement's words, literals taken out; lists of literals count as one. Never 0, unless there is nothing.
    package var fingerprint: UInt64 = 0
    /// The statement is longer than ``byteLimit``.
    package var isCut = false

    package init() {}

    package var hasLimit: Bool { limit >= 0 }
    /// Rows or values come out of the database.
    package var isRead: Bool {
        !kinds.isDisjoint(with: [.of(.select), .of(.copyOut), .of(.keyRead), .of(.keyScan), .of(.keyDump), .of(.replicate), .of(.monitor)])
    }

    mutating func add(_ table: Table) {
        guard tableCount < Self.tableLimit else { return }
        tables[tableCount] = table
        tableCount += 1
    }

    mutating func set(_ kind: Kind) {
        if kinds.isEmpty { self.kind = kind }
        kinds.insert(.of(kind))
    }
}

/// What attacks through statements leave in them.
package struct InjectionSigns: OptionSet, Hashable, Sendable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// `OR 1=1`, `OR 'a'='a'`.
    package static let tautology = InjectionSigns(rawValue: 1 << 0)
    /// UNION SELECT from the catalogue.
    package static let unionCatalog = InjectionSigns(rawValue: 1 << 1)
    /// Waits: sleep(), pg_sleep(), benchmark(), WAITFOR DELAY, in a statement that reads tables.
    package static let delay = InjectionSigns(rawValue: 1 << 2)
    /// extractvalue(), updatexml(): the value comes back in an error.
    package static let errorBased = InjectionSigns(rawValue: 1 << 3)
    /// load_file(), pg_read_file().
    package static let readsServerFile = InjectionSigns(rawValue: 1 << 4)
    /// INTO OUTFILE of a script or into a web server's folder.
    package static let writesScript = InjectionSigns(rawValue: 1 << 5)
    /// xp_cmdshell, sys_exec(), COPY … PROGRAM.
    package static let runsProgram = InjectionSigns(rawValue: 1 << 6)
    /// A second statement that destroys, behind one that reads.
    package static let stacked = InjectionSigns(rawValue: 1 << 7)
    /// A literal holds what would be an injection if it weren't escaped: somebody tried.
    package static let inLiteral = InjectionSigns(rawValue: 1 << 8)
}
