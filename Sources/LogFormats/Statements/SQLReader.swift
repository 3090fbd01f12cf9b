/// Goes through the tokens of a statement once and notes what they tell. A reader of words, not a parser: what a server would refuse is read, too.
struct SQLReader {
    var lexer: SQLLexer
    let isMySQL: Bool
    var token = SQLLexer.Token()
    var previous = SQLLexer.Token()
    var depth = 0
    /// The first word of the statement, as ``SQLWord``'s raw value; 0 before it.
    var verb: UInt8 = 0
    var tokensOfStatement = 0
    /// One bit for each level of parentheses, up to 64: a SELECT was seen there; its FROM list goes on there.
    var selects: UInt64 = 0
    var fromLists: UInt64 = 0
    /// A table's name comes next; `isForced`: even when parentheses follow it.
    var expectsTable = false
    var isForced = false
    var inSelectList = false
    var selectsColumns = false
    var hasUnion = false
    var hasDelay = false
    var isExplain = false
    /// COPY: 1 before TO or FROM, 2 behind TO, 3 behind FROM.
    var copyState: UInt8 = 0
    var expectsOutfile = false
    /// LIMIT or FETCH: its number comes next.
    var expectsLimit = false
    var isBehindLimit = false
    var sawLimitComma = false
    // A condition without meaning, see ``SQLReader/condition(_:)``.
    var conditionState: UInt8 = 0
    var conditionIsWhere = false
    var conditionIsOr = false
    var conditionLiteral = SQLLexer.Token()
    // SET and its kin, see ``SQLReader/setting(_:)``.
    var settingState: UInt8 = 0
    var settingName = 0..<0
    var isReset = false
    /// Names that WITH defines; they are no tables.
    var definedNames = InlineArray<8, UInt64>(repeating: 0)
    var definedCount = 0
    // Fingerprint.
    var hash: UInt64 = 0
    var lastWasLiteral = false
    var holdsComma = false
    /// 1 behind VALUES, 2 when its first row is over: the others don't count.
    var valuesState: UInt8 = 0

    init(_ bytes: UnsafeRawBufferPointer, isMySQL: Bool, _ table: SQLWordTable) {
        lexer = SQLLexer(bytes, isMySQL: isMySQL, table)
        self.isMySQL = isMySQL
    }

    mutating func read(_ reading: inout StatementReading) {
        while true {
            lexer.next(&token)
            if token.kind == .end { break }
            if depth == 0, token.is(";") {
                endStatement(&reading)
                continue
            }
            mix()
            step(&reading)
            previous = token
        }
        endStatement(&reading)
        reading.fingerprint = hash
    }

    private mutating func step(_ reading: inout StatementReading) {
        tokensOfStatement += 1
        if tokensOfStatement == 1 {
            reading.statementCount += 1
            if token.kind == .word { begin(&reading) }
            if verb != 0 { return }
        }
        if conditionState != 0 { condition(&reading) }
        if settingState != 0 { setting(&reading) }
        switch token.kind {
        case .word:
            if expectsTable, takesTable(&reading) { return }
            if token.word != 0 { word(&reading) } else { column() }
        case .name:
            if expectsTable, takesTable(&reading) { return }
            column()
        case .string: string(&reading)
        case .number, .parameter: number(&reading)
        case .symbol: symbol(&reading)
        case .end: break
        }
    }

    // MARK: columns

    /// A name in the list of what is selected; not one that only renames.
    mutating func column() {
        guard inSelectList, depth == 0, !previous.is(")"), !previous.is(.as) else { return }
        selectsColumns = true
    }

    // MARK: tables

    /// Reads a table's name that begins with the token; false when none does.
    private mutating func takesTable(_ reading: inout StatementReading) -> Bool {
        if token.kind == .word {
            switch SQLWord(rawValue: token.word) {
            case .only, .lateral, .ignore, .lowPriority, .delayed, .quick, .ifWord, .exists: return true
            case .table, .tables, .into, .from: return false
            case .select, .values, .where, .set, .outfile, .dumpfile, .union, .with, .program:
                expectsTable = false
                return false
            default: break
            }
        }
        expectsTable = false
        var name = StatementReading.Table(schema: .none, name: Span(token.start..<token.end))
        var key = token.key
        var isQualified = false
        while lexer.peek() == 0x2E {
            lexer.next(&token)
            mix()
            lexer.next(&token)
            guard token.kind == .word || token.kind == .name else { break }
            mix()
            name.schema = name.name
            name.name = Span(token.start..<token.end)
            key = token.key
            isQualified = true
        }
        if !isForced, lexer.peek() == 0x28 { return true }  // A function that returns rows.
        if !isQualified, isDefined(key) { return true }
        note(name, &reading)
        return true
    }

    private mutating func note(_ table: StatementReading.Table, _ reading: inout StatementReading) {
        if hasUnion, SystemTables.isCatalog(lexer.bytes, table) { reading.signs.insert(.unionCatalog) }
        reading.add(table)
    }

    private func isDefined(_ key: UInt64) -> Bool {
        for index in 0..<definedCount where definedNames[index] == key { return true }
        return false
    }

    // MARK: symbols and literals

    private mutating func symbol(_ reading: inout StatementReading) {
        switch token.symbol {
        case 0x28:
            depth += 1
            let bit = bit(depth)
            selects &= ~bit
            fromLists &= ~bit
        case 0x29:
            if depth > 0 { depth -= 1 }
            (expectsTable, isBehindLimit) = (false, false)
        case 0x2C:
            if fromLists & bit(depth) != 0 { (expectsTable, isForced) = (true, false) }
            if reading.limit >= 0, isBehindLimit { sawLimitComma = true }
        case 0x2A:
            if inSelectList, depth == 0,
                previous.is(.select) || previous.is(",") || previous.is(".") || previous.is(.distinct) || previous.is(.all)
                    || previous.is(.sqlNoCache)
            {
                selectsColumns = true
            }
        default: break
        }
    }

    @inline(__always)
    func bit(_ depth: Int) -> UInt64 { 1 << UInt64(truncatingIfNeeded: depth & 63) }

    private mutating func number(_ reading: inout StatementReading) {
        if expectsLimit {
            (expectsLimit, isBehindLimit) = (false, true)
            reading.limit = token.kind == .number ? lexer.bytes.number(at: token.start)?.value ?? Int64.max : Int64.max
        } else if sawLimitComma {
            // LIMIT offset, count.
            (sawLimitComma, isBehindLimit) = (false, false)
            if token.kind == .number, let value = lexer.bytes.number(at: token.start)?.value { reading.limit = value }
        }
    }

    private mutating func string(_ reading: inout StatementReading) {
        if expectsOutfile {
            expectsOutfile = false
            reading.writesFile = true
            if ScriptPath.isScript(lexer.bytes.part(token.start..<token.end)) { reading.signs.insert(.writesScript) }
        } else if copyState == 2 {
            reading.writesFile = true
            copyState = 4
        }
        if token.hasEscape, InjectionText.isAttempt(lexer.bytes.part(token.start..<token.end)) { reading.signs.insert(.inLiteral) }
    }

    // MARK: the fingerprint

    private mutating func mix() {
        let isLiteral = token.kind == .string || token.kind == .number || token.kind == .parameter
        if valuesState == 2 {
            guard depth == 0, token.kind == .word else { return }
            valuesState = 0
        }
        if isLiteral {
            if !(lastWasLiteral && holdsComma) {
                flushComma()
                hash = Self.mixed(hash, 0x3F)
            }
            (lastWasLiteral, holdsComma) = (true, false)
            return
        }
        if lastWasLiteral, !holdsComma, token.is(",") {
            holdsComma = true
            return
        }
        flushComma()
        lastWasLiteral = false
        hash = Self.mixed(hash, token.kind == .symbol ? UInt64(token.symbol) : token.key)
        if valuesState == 1, depth == 1, token.is(")") { valuesState = 2 }
    }

    private mutating func flushComma() {
        if holdsComma { hash = Self.mixed(hash, 0x2C) }
        holdsComma = false
    }

    @inline(__always)
    static func mixed(_ hash: UInt64, _ value: UInt64) -> UInt64 {
        let product = (hash ^ value).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        let mixed = product.high ^ product.low &+ 0x9E37_79B9_7F4A_7C15
        return mixed == 0 ? 1 : mixed
    }
}
