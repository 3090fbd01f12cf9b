/// Words of SQL that ``SQLReader`` looks at.
enum SQLWord: UInt8, CaseIterable {
    case select = 1, from, `where`, insert, into, update, delete, join, table, limit, copy, to, with, `as`, union, values, set, on, group, order,
        having
    case and, or, `true`, distinct, all, by, offset, fetch, first, next, only, replace, create, alter, drop, rename, truncate, grant, revoke, show
    case role, user, login, password, system, database, session, global, persist, local, flush, tables, read, lock, unlock, start, transaction
    case isolation, consistent, snapshot, begin, commit, load, data, infile, outfile, dumpfile, program, stdout, stdin, purge, reset, master, binary,
        logs
    case log, plugin, uninstall, install, component, `extension`, prepare, execute, explain, analyze, declare, cursor, `for`, using, call, handler
    case count, sum, avg, min, max, ignore, lowPriority, delayed, quick, sqlNoCache, sqlQuoteShowCreate, access, share, binlog, dump, baseBackup
    case startReplication, repeatable, write, sleep, pgSleep, benchmark, waitfor, extractValue, updateXML, loadFile, pgReadFile, cmdShell, sysExec,
        sysEval
    case loExport, setConfig, pgExportSnapshot, `case`, interval, lateral, outer, left, right, inner, cross, natural, full, straightJoin, intersect,
        except
    case index, view, procedure, function, schema, comment, trigger, top, mode, register, change, replication
    case ifWord, exists, soname, delay, privileges

    static let texts: [(SQLWord, StaticString)] = [
        (.select, "select"), (.from, "from"), (.where, "where"), (.insert, "insert"), (.into, "into"), (.update, "update"), (.delete, "delete"),
        (.join, "join"), (.table, "table"), (.limit, "limit"), (.copy, "copy"), (.to, "to"), (.with, "with"), (.as, "as"), (.union, "union"),
        (.values, "values"), (.values, "value"), (.set, "set"), (.on, "on"), (.group, "group"), (.order, "order"), (.having, "having"), (.and, "and"),
        (.or, "or"), (.true, "true"), (.distinct, "distinct"), (.all, "all"), (.by, "by"), (.offset, "offset"), (.fetch, "fetch"), (.first, "first"),
        (.next, "next"), (.only, "only"), (.replace, "replace"), (.create, "create"), (.alter, "alter"), (.drop, "drop"), (.rename, "rename"),
        (.truncate, "truncate"), (.grant, "grant"), (.revoke, "revoke"), (.show, "show"), (.role, "role"), (.user, "user"), (.login, "login"),
        (.password, "password"), (.system, "system"), (.database, "database"), (.session, "session"), (.global, "global"), (.persist, "persist"),
        (.local, "local"), (.flush, "flush"), (.tables, "tables"), (.read, "read"), (.lock, "lock"), (.unlock, "unlock"), (.start, "start"),
        (.transaction, "transaction"), (.isolation, "isolation"), (.consistent, "consistent"), (.snapshot, "snapshot"), (.begin, "begin"),
        (.commit, "commit"), (.load, "load"), (.data, "data"), (.infile, "infile"), (.outfile, "outfile"), (.dumpfile, "dumpfile"),
        (.program, "program"), (.stdout, "stdout"), (.stdin, "stdin"), (.purge, "purge"), (.reset, "reset"), (.master, "master"), (.binary, "binary"),
        (.logs, "logs"), (.log, "log"), (.plugin, "plugin"), (.uninstall, "uninstall"), (.install, "install"), (.component, "component"),
        (.extension, "extension"), (.prepare, "prepare"), (.execute, "execute"), (.explain, "explain"), (.analyze, "analyze"), (.declare, "declare"),
        (.cursor, "cursor"), (.for, "for"), (.using, "using"), (.call, "call"), (.handler, "handler"), (.count, "count"), (.sum, "sum"),
        (.avg, "avg"),
        (.min, "min"), (.max, "max"), (.ignore, "ignore"), (.lowPriority, "low_priority"), (.delayed, "delayed"), (.quick, "quick"),
        (.sqlNoCache, "sql_no_cache"), (.sqlQuoteShowCreate, "sql_quote_show_create"), (.access, "access"), (.share, "share"), (.binlog, "binlog"),
        (.dump, "dump"), (.baseBackup, "base_backup"), (.startReplication, "start_replication"), (.repeatable, "repeatable"), (.write, "write"),
        (.sleep, "sleep"), (.pgSleep, "pg_sleep"), (.benchmark, "benchmark"), (.waitfor, "waitfor"), (.extractValue, "extractvalue"),
        (.updateXML, "updatexml"), (.loadFile, "load_file"), (.pgReadFile, "pg_read_file"), (.pgReadFile, "pg_read_binary_file"),
        (.cmdShell, "xp_cmdshell"), (.sysExec, "sys_exec"), (.sysEval, "sys_eval"), (.loExport, "lo_export"), (.setConfig, "set_config"),
        (.pgExportSnapshot, "pg_export_snapshot"), (.case, "case"), (.interval, "interval"), (.lateral, "lateral"), (.outer, "outer"),
        (.left, "left"),
        (.right, "right"), (.inner, "inner"), (.cross, "cross"), (.natural, "natural"), (.full, "full"), (.straightJoin, "straight_join"),
        (.intersect, "intersect"), (.except, "except"), (.index, "index"), (.view, "view"), (.procedure, "procedure"), (.function, "function"),
        (.schema, "schema"), (.comment, "comment"), (.trigger, "trigger"), (.top, "top"), (.mode, "mode"), (.register, "register"),
        (.change, "change"),
        (.ifWord, "if"), (.exists, "exists"), (.soname, "soname"), (.delay, "delay"), (.privileges, "privileges"),
    ]
}

/// Finds a word by its bytes: open addressing over keys that are made while the word is read.
final class SQLWordTable: @unchecked Sendable {
    static let size = 1_024
    let keys: UnsafeMutablePointer<UInt64>
    let words: UnsafeMutablePointer<UInt8>
    /// For each byte: what it may be part of.
    let classes: UnsafeMutablePointer<UInt8>

    static let wordPart: UInt8 = 1
    static let digit: UInt8 = 2
    static let space: UInt8 = 4

    /// Never changes after it is made, so all threads may read it.
    static let shared = SQLWordTable()

    private init() {
        keys = .allocate(capacity: Self.size)
        words = .allocate(capacity: Self.size)
        classes = .allocate(capacity: 256)
        keys.initialize(repeating: 0, count: Self.size)
        words.initialize(repeating: 0, count: Self.size)
        classes.initialize(repeating: 0, count: 256)
        for (word, text) in SQLWord.texts {
            let key = text.withUTF8Buffer { Self.key($0) }
            var slot = Self.slot(key)
            while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & (Self.size - 1) }
            (keys[slot], words[slot]) = (key, word.rawValue)
        }
        for byte in 0..<256 {
            let byte = UInt8(truncatingIfNeeded: byte)
            let isDigit = byte &- 0x30 < 10
            let isLetter = (0x61...0x7A).contains(byte | 0x20)
            var bits: UInt8 = 0
            if isLetter || isDigit || byte == 0x5F || byte == 0x24 || byte >= 0x80 { bits |= Self.wordPart }
            if isDigit { bits |= Self.digit }
            if byte == 0x20 || (0x09...0x0D).contains(byte) { bits |= Self.space }
            classes[Int(byte)] = bits
        }
    }

    /// FNV-1a over bytes in lower case; never 0.
    @inline(__always)
    static func add(_ byte: UInt8, to key: UInt64) -> UInt64 {
        let lower = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
        return (key ^ UInt64(lower)) &* 0x0000_0100_0000_01B3
    }

    static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

    static func key(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 { bytes.reduce(seed) { add($1, to: $0) } }

    @inline(__always)
    static func slot(_ key: UInt64) -> Int { Int(truncatingIfNeeded: (key ^ key >> 29) & UInt64(size - 1)) }

    /// 0: none that matters.
    @inline(__always)
    func word(_ key: UInt64) -> UInt8 {
        var slot = Self.slot(key)
        while keys[slot] != 0 {
            if keys[slot] == key { return words[slot] }
            slot = (slot + 1) & (Self.size - 1)
        }
        return 0
    }
}
