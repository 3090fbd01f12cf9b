/// A command of Redis as MONITOR and the log print it: `"SCAN" "0" "MATCH" "patient:*"`, or with bare words.
enum RedisCommand {
    static func read(_ bytes: UnsafeRawBufferPointer, _ reading: inout StatementReading) {
        var position = 0
        guard let command = argument(bytes, &position) else { return }
        let name = bytes.part(command)
        let first = argument(bytes, &position)
        let second = argument(bytes, &position)
        reading.statementCount = 1
        var hash = lowerHash(name, SQLWordTable.seed)
        let entry = commands.first { name.isEqualIgnoringCase(to: $0.name) }
        let kind = entry?.kind ?? .other
        reading.set(kind)
        if entry?.takesKey == true, let key = name.isEqualIgnoringCase(to: "SCAN") ? pattern(bytes, position, second) : first {
            let prefix = keyPrefix(bytes, key)
            if !prefix.isEmpty { reading.add(StatementReading.Table(schema: .none, name: Span(prefix))) }
            hash = SQLReader.mixed(hash, lowerHash(bytes.part(prefix), SQLWordTable.seed))
        } else if let first, kind == .configure || kind == .other || kind == .privilegeChange {
            hash = SQLReader.mixed(hash, lowerHash(bytes.part(first), SQLWordTable.seed))
        }
        if kind == .keyScan { reading.readsWholeTable = reading.tableCount == 0 }
        if kind == .replicate || kind == .keyDump && first == nil { reading.readsWholeTable = true }
        if name.isEqualIgnoringCase(to: "SAVE") || name.isEqualIgnoringCase(to: "BGSAVE") { reading.writesFile = true }
        if kind == .configure, let first { configure(bytes, name, bytes.part(first), second, position, &reading) }
        if name.isEqualIgnoringCase(to: "MODULE"), let first, bytes.part(first).isEqualIgnoringCase(to: "LOAD") {
            reading.runsProgram = true
            reading.signs.insert(.runsProgram)
        }
        reading.fingerprint = SQLReader.mixed(hash, UInt64(kind.rawValue))
    }

    private static func configure(
        _ bytes: UnsafeRawBufferPointer, _ name: UnsafeRawBufferPointer, _ what: UnsafeRawBufferPointer, _ setting: Range<Int>?, _ at: Int,
        _ reading: inout StatementReading
    ) {
        func turn(_ kind: StatementReading.Kind) {
            reading.kinds = []
            reading.set(kind)
        }
        if name.isEqualIgnoringCase(to: "SLOWLOG") || name.isEqualIgnoringCase(to: "ACL") && what.isEqualIgnoringCase(to: "LOG") {
            if what.isEqualIgnoringCase(to: "RESET") || setting.map({ bytes.part($0).isEqualIgnoringCase(to: "RESET") }) == true {
                turn(.logControl)
                reading.reducesLogging = true
            }
        } else if name.isEqualIgnoringCase(to: "ACL") {
            if ["SETUSER", "DELUSER", "LOAD"].contains(where: { what.isEqualIgnoringCase(to: $0) }) { turn(.privilegeChange) }
        } else if what.isEqualIgnoringCase(to: "SET"), let setting {
            let setting = bytes.part(setting)
            var position = at
            let value = argument(bytes, &position).map { bytes.part($0) }
            if setting.isEqualIgnoringCase(to: "dir") || setting.isEqualIgnoringCase(to: "dbfilename") {
                reading.writesFile = true
                if let value, ScriptPath.isScript(value) || value.find("authorized_keys") != nil { reading.signs.insert(.writesScript) }
            } else if setting.isEqualIgnoringCase(to: "requirepass") || setting.isEqualIgnoringCase(to: "masterauth") {
                turn(.privilegeChange)
            } else if setting.isEqualIgnoringCase(to: "loglevel") || setting.isEqualIgnoringCase(to: "logfile")
                || setting.isEqualIgnoringCase(to: "slowlog-log-slower-than") || setting.isEqualIgnoringCase(to: "slowlog-max-len")
            {
                turn(.logControl)
                reading.reducesLogging =
                    value.map {
                        $0.first == 0x2D || $0.isEmpty || $0.isEqual(to: "0") || $0.isEqualIgnoringCase(to: "nothing")
                            || $0.isEqualIgnoringCase(to: "warning")
                    } ?? false
            }
        }
    }

    /// The argument behind MATCH.
    private static func pattern(_ bytes: UnsafeRawBufferPointer, _ at: Int, _ second: Range<Int>?) -> Range<Int>? {
        var position = at
        var word = second
        for _ in 0..<8 {
            guard let current = word else { return nil }
            word = argument(bytes, &position)
            if bytes.part(current).isEqualIgnoringCase(to: "MATCH") { return word }
        }
        return nil
    }

    /// What stands before the part of a key that tells records apart: `patient` of `patient:17` and `patient:*`; nothing of `*`.
    private static func keyPrefix(_ bytes: UnsafeRawBufferPointer, _ key: Range<Int>) -> Range<Int> {
        var end = key.lowerBound
        while end < key.upperBound, end - key.lowerBound < 64 {
            let byte = bytes[end]
            if byte == 0x3A || byte == 0x2A || byte == 0x3F || byte == 0x5B || byte == 0x5C || byte &- 0x30 < 10 { break }
            end += 1
        }
        return key.lowerBound..<end
    }

    /// The next argument, without its quotes; escapes stay.
    private static func argument(_ bytes: UnsafeRawBufferPointer, _ position: inout Int) -> Range<Int>? {
        while position < bytes.count, bytes[position] == 0x20 { position += 1 }
        guard position < bytes.count else { return nil }
        guard bytes[position] == 0x22 else {
            let start = position
            position = bytes.next(0x20, from: position) ?? bytes.count
            return start..<position
        }
        let start = position + 1
        var at = start
        while at < bytes.count, bytes[at] != 0x22 { at += bytes[at] == 0x5C ? 2 : 1 }
        let end = min(at, bytes.count)
        position = min(end + 1, bytes.count)
        return start..<end
    }

    private static func lowerHash(_ bytes: UnsafeRawBufferPointer, _ seed: UInt64) -> UInt64 { bytes.reduce(seed) { SQLWordTable.add($1, to: $0) } }

    private struct Command {
        var name: StaticString
        var kind: StatementReading.Kind
        var takesKey: Bool

        init(_ name: StaticString, _ kind: StatementReading.Kind, _ takesKey: Bool) { (self.name, self.kind, self.takesKey) = (name, kind, takesKey) }
    }

    /// From Redis's list of commands, grouped by what leaves or changes.
    private static let commands: [Command] = {
        let reads: [StaticString] = [
            "GET", "MGET", "HGETALL", "HGET", "HMGET", "LRANGE", "SMEMBERS", "ZRANGE", "ZRANGEBYSCORE", "HVALS", "HKEYS", "GETRANGE", "LINDEX",
            "XRANGE",
            "XREAD", "JSON.GET", "SRANDMEMBER", "GETDEL", "GETEX", "HRANDFIELD", "SORT", "FT.SEARCH",
        ]
        let writes: [StaticString] = [
            "SET", "MSET", "HSET", "HMSET", "LPUSH", "RPUSH", "SADD", "ZADD", "SETEX", "PSETEX", "SETNX", "DEL", "UNLINK", "EXPIRE", "INCR", "APPEND",
            "XADD", "JSON.SET", "RESTORE", "RENAME",
        ]
        let others: [Command] = [
            Command("KEYS", .keyScan, true), Command("SCAN", .keyScan, true), Command("HSCAN", .keyScan, true), Command("SSCAN", .keyScan, true),
            Command("ZSCAN", .keyScan, true), Command("RANDOMKEY", .keyScan, false), Command("DUMP", .keyDump, true),
            Command("SAVE", .keyDump, false),
            Command("BGSAVE", .keyDump, false), Command("BGREWRITEAOF", .keyDump, false), Command("MIGRATE", .replicate, false),
            Command("SYNC", .replicate, false), Command("PSYNC", .replicate, false), Command("REPLICAOF", .replicate, false),
            Command("SLAVEOF", .replicate, false), Command("MONITOR", .monitor, false), Command("CONFIG", .configure, false),
            Command("ACL", .configure, false), Command("SLOWLOG", .configure, false), Command("MODULE", .configure, false),
            Command("DEBUG", .configure, false), Command("FLUSHALL", .keyFlush, false), Command("FLUSHDB", .keyFlush, false),
            Command("EVAL", .script, false), Command("EVALSHA", .script, false), Command("FCALL", .script, false),
            Command("FUNCTION", .script, false),
            Command("SCRIPT", .script, false),
        ]
        return reads.map { Command($0, .keyRead, true) } + writes.map { Command($0, .keyWrite, true) } + others
    }()
}
