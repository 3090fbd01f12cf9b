extension SQLReader {
    // MARK: the first word

    /// The statement begins with the token.
    mutating func begin(_ reading: inout StatementReading) {
        verb = token.word
        guard let word = SQLWord(rawValue: verb) else { return reading.set(.other) }
        switch word {
        case .select: beginSelect(&reading)
        case .values: reading.set(.select)
        case .table:
            reading.set(.select)
            (selectsColumns, expectsTable, isForced) = (true, true, false)
        case .insert, .replace: reading.set(.insert)
        case .update:
            reading.set(.update)
            (expectsTable, isForced) = (true, true)
        case .delete: reading.set(.delete)
        case .copy:
            (expectsTable, isForced, copyState) = (true, true, 1)
        case .create, .alter, .drop, .rename, .comment: reading.set(.ddl)
        case .truncate:
            reading.set(.ddl)
            (expectsTable, isForced) = (true, true)
        case .grant, .revoke: reading.set(.privilegeChange)
        case .set: settingState = 1
        case .reset: (settingState, isReset) = (1, true)
        case .purge:
            reading.set(.logControl)
            reading.reducesLogging = true
        case .baseBackup, .startReplication, .register: reading.set(.replicate)
        case .load: reading.set(.copyIn)
        case .explain: isExplain = true
        case .uninstall, .install, .change: reading.set(.configure)
        default: break  // WITH, PREPARE, DECLARE, SHOW, LOCK, FLUSH, START, …: what follows tells.
        }
    }

    mutating func beginSelect(_ reading: inout StatementReading) {
        selects |= bit(depth)
        expectsTable = false
        guard depth == 0 else { return }
        switch SQLWord(rawValue: verb) {
        // What is selected goes elsewhere, or nowhere.
        case .insert, .replace, .create, .copy, .explain: break
        default: reading.set(.select)
        }
        inSelectList = true
    }

    // MARK: the words behind it

    mutating func word(_ reading: inout StatementReading) {
        guard let word = SQLWord(rawValue: token.word) else { return }
        switch word {
        case .select: beginSelect(&reading)
        case .from: from(&reading)
        case .join, .straightJoin: (expectsTable, isForced) = (true, false)
        case .into: if verb == SQLWord.insert.rawValue || verb == SQLWord.replace.rawValue { (expectsTable, isForced) = (true, true) }
        case .where: clause(isWhere: true)
        case .or: beginCondition(isWhere: false)
        case .and: beginCondition(isWhere: false)
        case .limit, .fetch: if !(inSelectList && depth > 0) { expectsLimit = true }
        case .all: expectsLimit = false
        case .group, .order, .having, .offset, .for:
            (expectsLimit, isBehindLimit) = (false, false)
            endFromList()
        case .union, .except, .intersect:
            endFromList()
            hasUnion = hasUnion || word == .union
        case .values: if depth == 0, verb == SQLWord.insert.rawValue || verb == SQLWord.replace.rawValue { valuesState = 1 }
        case .as: define()
        case .outfile, .dumpfile: expectsOutfile = true
        case .insert, .update, .delete: later(word, &reading)
        case .to: to(&reading)
        case .stdout, .stdin: if copyState > 0 { copyState = 4 }
        case .program: if copyState == 2 || copyState == 3 { program(&reading) }
        case .set, .reset:
            if verb == SQLWord.alter.rawValue { (settingState, isReset) = (1, word == .reset) }
        case .table, .tables: tableWord(&reading)
        case .role, .user, .login, .password: account(&reading)
        case .sqlNoCache:
            if lexer.version == 40_001 { reading.tool = .mysqldump }
        case .sqlQuoteShowCreate:
            reading.tool = .mysqldump
            reading.set(.dumpSetup)
        case .count, .sum, .avg, .min, .max: if lexer.peek() != 0x28 { column() }
        case .sleep, .pgSleep, .benchmark, .extractValue, .updateXML, .loadFile, .pgReadFile, .cmdShell, .sysExec, .sysEval, .loExport, .setConfig,
            .pgExportSnapshot, .waitfor, .delay, .soname:
            function(word, &reading)
        default: phrase(word, &reading)
        }
        // A word that MySQL and PostgreSQL let be a column's name.
        if inSelectList, depth == 0, word.rawValue >= SQLWord.role.rawValue, lexer.peek() != 0x28,
            previous.is(",") || previous.is(.select) || previous.is(".")
        {
            column()
        }
    }

    private mutating func from(_ reading: inout StatementReading) {
        if depth == 0, copyState == 1 {
            copyState = 3
            expectsTable = false
            reading.set(.copyIn)
            return
        }
        guard !previous.is(.distinct), selects & bit(depth) != 0 || depth == 0 && verb == SQLWord.delete.rawValue
        else { return }
        (expectsTable, isForced) = (true, false)
        fromLists |= bit(depth)
        if depth == 0 { inSelectList = false }
    }

    private mutating func to(_ reading: inout StatementReading) {
        guard depth == 0, copyState == 1 else { return }
        copyState = 2
        expectsTable = false
        reading.set(.copyOut)
    }

    private mutating func program(_ reading: inout StatementReading) {
        reading.runsProgram = true
        reading.signs.insert(.runsProgram)
        if copyState == 2 { reading.writesFile = true }
        copyState = 4
    }

    private mutating func clause(isWhere: Bool) {
        endFromList()
        if !(inSelectList && depth > 0) { beginCondition(isWhere: isWhere) }
    }

    private mutating func endFromList() {
        fromLists &= ~bit(depth)
        expectsTable = false
        if depth == 0 { inSelectList = false }
    }

    /// `WITH name AS (`.
    private mutating func define() {
        guard verb == SQLWord.with.rawValue, depth == 0, lexer.peek() == 0x28, definedCount < 8 else { return }
        definedNames[definedCount] = previous.key
        definedCount += 1
    }

    /// INSERT, UPDATE or DELETE that is not the first word: behind WITH, or a part of another clause.
    private mutating func later(_ word: SQLWord, _ reading: inout StatementReading) {
        guard depth == 0, verb == SQLWord.with.rawValue || verb == SQLWord.explain.rawValue || verb == SQLWord.prepare.rawValue,
            !previous.is(.for), !previous.is(.on)
        else { return }
        verb = word.rawValue
        begin(&reading)
    }

    private mutating func tableWord(_ reading: inout StatementReading) {
        switch SQLWord(rawValue: verb) {
        case .create, .alter, .drop, .rename, .lock: (expectsTable, isForced) = (tokensOfStatement <= 6, true)
        case .show:
            if previous.is(.create) {
                reading.set(.dumpSetup)
                (expectsTable, isForced) = (true, true)
            }
        case .truncate: (expectsTable, isForced) = (true, true)
        default: break
        }
    }

    private mutating func account(_ reading: inout StatementReading) {
        switch SQLWord(rawValue: verb) {
        case .create, .alter, .drop, .rename:
            // `CREATE ROLE`, `ALTER USER`, not a column of that name. It is no change of tables then.
            guard tokensOfStatement <= 4, depth == 0 else { return }
            reading.kinds.remove(.of(.ddl))
            reading.set(.privilegeChange)
        case .set where token.is(.password) || token.is(.role):
            if token.is(.password) { reading.set(.privilegeChange) }
        default: break
        }
    }

    private mutating func function(_ word: SQLWord, _ reading: inout StatementReading) {
        switch word {
        case .waitfor: return
        case .delay:
            if previous.is(.waitfor) { reading.signs.insert(.delay) }
            return
        case .cmdShell:
            reading.runsProgram = true
            reading.signs.insert(.runsProgram)
            return
        case .soname:
            reading.runsProgram = true
            return
        default: break
        }
        guard lexer.peek() == 0x28 else { return column() }
        switch word {
        case .sleep, .pgSleep, .benchmark: hasDelay = true
        case .extractValue, .updateXML: reading.signs.insert(.errorBased)
        case .loadFile, .pgReadFile: reading.signs.insert(.readsServerFile)
        case .sysExec, .sysEval:
            reading.runsProgram = true
            reading.signs.insert(.runsProgram)
        case .loExport: reading.writesFile = true
        case .setConfig: settingState = 11
        case .pgExportSnapshot: reading.set(.dumpSetup)
        default: break
        }
    }

    /// Words that mean something together.
    private mutating func phrase(_ word: SQLWord, _ reading: inout StatementReading) {
        switch (SQLWord(rawValue: verb), word) {
        case (.flush, .logs), (.flush, .log): reading.set(.logControl)
        case (.flush, .lock) where previous.is(.read): reading.set(.dumpSetup)
        case (.flush, .privileges): reading.set(.privilegeChange)
        case (.start, .snapshot) where previous.is(.consistent):
            reading.set(.dumpSetup)
            if lexer.version == 40_100 { reading.tool = .mysqldump }
        case (.set, .repeatable): reading.set(.dumpSetup)
        case (.lock, .share) where previous.is(.access):
            reading.set(.dumpSetup)
            reading.tool = .pgDump
        case (.lock, .local) where lexer.version == 32_311:
            reading.set(.dumpSetup)
            reading.tool = .mysqldump
        case (.binlog, .dump): reading.set(.replicate)
        case (.reset, .master), (.reset, .binary):
            reading.set(.logControl)
            reading.reducesLogging = true
        case (.alter, .system) where previous.is(.alter):
            reading.kinds.remove(.of(.ddl))
            reading.set(.configure)
        default: break
        }
    }

    // MARK: conditions

    private mutating func beginCondition(isWhere: Bool) {
        // A further condition makes one that was always true count.
        if conditionState == 4, conditionIsWhere, token.is(.and) { conditionState = 5 }
        guard conditionState != 5 else { return }
        conditionState = 1
        conditionIsWhere = isWhere
        conditionLiteral = SQLLexer.Token()
        conditionIsOr = token.is(.or)
    }
}
