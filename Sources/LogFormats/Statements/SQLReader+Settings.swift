extension SQLReader {
    /// `SET [GLOBAL] name = value`, `ALTER SYSTEM SET name TO value`, `RESET name`, `set_config('name', 'value', …)`.
    ///
    /// States: 1 a name comes; 2 behind it; 3 the value comes; 4 behind it. 11 the name of set_config comes, 12 its value.
    mutating func setting(_ reading: inout StatementReading) {
        switch settingState {
        case 1:
            guard token.kind == .word || token.kind == .name else { return }
            if token.is(.global) || token.is(.session) || token.is(.local) || token.is(.persist) { return }
            settingName = token.start..<token.end
            settingState = 2
            if isReset { reset(&reading) }
        case 2:
            if token.is(".") {
                settingState = 21
            } else if token.is("=") || token.is(.to) {
                settingState = 3
            } else if token.kind == .word || token.kind == .name {
                // SET TRANSACTION …, SET ROLE …, SET NAMES …: no settings of this kind, but others may follow.
                settingState = 4
            }
        case 21:
            let prefix = lexer.bytes.part(settingName)
            let isScope = prefix.isEqualIgnoringCase(to: "global") || prefix.isEqualIgnoringCase(to: "session")
            settingName = (isScope ? token.start : settingName.lowerBound)..<max(token.end, settingName.upperBound)
            settingState = 2
            if isReset { reset(&reading) }
        case 3:
            if token.is("=") || token.is(":") { return }
            set(settingName, token.start..<token.end, &reading)
            settingState = 4
        case 4: if token.is(","), depth == 0, verb == SQLWord.set.rawValue { settingState = 1 }
        case 11 where token.kind == .string:
            settingName = token.start..<token.end
            settingState = 12
        case 12 where token.kind == .string:
            if LogSettings.isLogSetting(lexer.bytes.part(settingName)) { set(settingName, token.start..<token.end, &reading) }
            settingState = 0
        default: break
        }
    }

    private mutating func set(_ name: Range<Int>, _ value: Range<Int>, _ reading: inout StatementReading) {
        let (name, value) = (lexer.bytes.part(name), lexer.bytes.part(value))
        guard LogSettings.isLogSetting(name) else {
            if !reading.kinds.contains(.of(.logControl)), !reading.kinds.contains(.of(.dumpSetup)), reading.kinds.isEmpty { reading.set(.configure) }
            return
        }
        turn(&reading)
        if LogSettings.reduces(name, value) { reading.reducesLogging = true }
    }

    private mutating func reset(_ reading: inout StatementReading) {
        guard LogSettings.isLogSetting(lexer.bytes.part(settingName)) else { return }
        turn(&reading)
        reading.reducesLogging = true
    }

    /// It is about the log, whatever the verb said.
    private func turn(_ reading: inout StatementReading) {
        if reading.kind == .ddl || reading.kind == .configure || reading.kind == .privilegeChange || reading.kind == .select {
            reading.kinds.remove(.of(reading.kind))
            reading.kind = .logControl
        }
        reading.set(.logControl)
    }

    // MARK: the end of a statement

    mutating func endStatement(_ reading: inout StatementReading) {
        defer { forget() }
        guard tokensOfStatement > 0 else { return }
        if conditionState == 1 || conditionState == 2 || conditionState == 3, conditionIsWhere { reading.hasWhere = true }
        let isSetting = verb == SQLWord.set.rawValue || verb == SQLWord.reset.rawValue
        if isSetting, reading.kinds.isEmpty { reading.set(.configure) }
        if reading.kinds.isEmpty { reading.set(.other) }
        if hasDelay, reading.tableCount > 0 { reading.signs.insert(.delay) }
        let destroys = StatementReading.Kinds([.of(.ddl), .of(.delete), .of(.privilegeChange), .of(.update), .of(.insert)])
        if reading.statementCount > 1, reading.kind == .select, !reading.kinds.isDisjoint(with: destroys) { reading.signs.insert(.stacked) }
        logTables(&reading)
        var isCatalog = reading.tableCount > 0
        for index in 0..<reading.tableCount where !SystemTables.isCatalog(lexer.bytes, reading.tables[index]) { isCatalog = false }
        reading.isCatalogOnly = isCatalog
        let isUnlimited = !reading.hasWhere || reading.signs.contains(.tautology)
        let comesOut = reading.kind == .select && selectsColumns && !isExplain || reading.kind == .copyOut
        if comesOut, reading.tableCount > 0, isUnlimited, !reading.hasLimit { reading.readsWholeTable = true }
    }

    /// Emptying the tables that logs are written to.
    private func logTables(_ reading: inout StatementReading) {
        guard reading.kind == .ddl || reading.kind == .delete || reading.kind == .configure else { return }
        let isInstall = verb == SQLWord.install.rawValue || verb == SQLWord.create.rawValue
        for index in 0..<reading.tableCount where !isInstall && SystemTables.isLog(lexer.bytes, reading.tables[index]) {
            turn(&reading)
            reading.reducesLogging = true
        }
        let isAway = verb == SQLWord.uninstall.rawValue || verb == SQLWord.drop.rawValue && reading.tableCount == 0
        let isAudit = lexer.bytes.find("audit") != nil || lexer.bytes.find("AUDIT") != nil
        if isAway, isAudit {
            turn(&reading)
            reading.reducesLogging = true
        }
    }

    private mutating func forget() {
        (verb, tokensOfStatement, depth, selects, fromLists) = (0, 0, 0, 0, 0)
        (expectsTable, isForced, inSelectList, selectsColumns, hasUnion, isExplain) = (false, false, false, false, false, false)
        isReset = false
        (isBehindLimit, sawLimitComma) = (false, false)
        (copyState, expectsOutfile, expectsLimit, conditionState, settingState, valuesState) = (0, false, false, 0, 0, 0)
        previous = SQLLexer.Token()
        lastWasLiteral = false
    }
}
