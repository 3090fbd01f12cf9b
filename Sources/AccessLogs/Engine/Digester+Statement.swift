import LogFormats

/// What statements to databases do, remembered by their fingerprint: an application sends the same few all day.
struct StatementNotes {
    private var classifier = StatementClassifier()
    private var reading = StatementReading()
    private let sensitive = SensitiveNames()
    /// `select patient, visit`, by fingerprint. Bounded; names of tables are no person's.
    private(set) var shapes = NameTable<UInt64>(limit: 8_192)

    mutating func note(_ event: borrowing LogEvent, _ dialect: StatementDialect, _ digest: inout EventDigest) {
        let statement = event.bytes(of: event.statement)
        classifier.read(statement, dialect, into: &reading)
        digest.shape = reading.fingerprint
        var flags: EventFlags = []
        if reading.isRead, !reading.isCatalogOnly { flags.insert(.isRead) }
        if reading.readsWholeTable { flags.insert(.readsWholeTable) }
        if reading.writesFile { flags.insert(.writesFile) }
        if reading.kinds.contains(.of(.logControl)), reading.reducesLogging { flags.insert(.tampersWithLog) }
        let dumps: StatementReading.Kinds = [.of(.copyOut), .of(.dumpSetup), .of(.keyDump), .of(.keyScan), .of(.replicate), .of(.monitor)]
        if reading.tool != .none || !reading.kinds.isDisjoint(with: dumps) { flags.insert(.isDump) }
        for index in 0..<reading.tableCount where sensitive.holds(statement.part(reading.tables[index].name)) {
            flags.insert(.isSensitive)
        }
        if !reading.signs.subtracting(.inLiteral).isEmpty { digest.signs |= UInt32(AttackSigns.sqlInjection.rawValue) }
        digest.flags.formUnion(flags)
        shapes.note(reading.fingerprint) { [reading] in Self.text(of: reading, statement) }
    }

    private static func text(of reading: StatementReading, _ statement: UnsafeRawBufferPointer) -> String {
        let tables = (0..<reading.tableCount).map { ShownName.agent(statement.part(reading.tables[$0].name)) }
        return tables.isEmpty ? "\(reading.kind)" : "\(reading.kind) \(tables.joined(separator: ", "))"
    }

    mutating func merge(_ other: StatementNotes) { shapes.merge(other.shapes) }
}

extension UnsafeRawBufferPointer {
    fileprivate func part(_ span: Span) -> UnsafeRawBufferPointer {
        span.isNone ? UnsafeRawBufferPointer(start: nil, count: 0) : part(span.range.clamped(to: 0..<count))
    }
}

extension StatementDialect {
    private static let verbs: [StaticString] = [
        "select", "insert", "update", "delete", "with", "copy", "alter", "create", "drop", "grant", "truncate", "begin", "commit", "show", "explain",
    ]

    /// Of a statement whose log doesn't tell its database: SQL by its first word, else a command of Redis.
    static func guess(_ statement: UnsafeRawBufferPointer) -> StatementDialect {
        var start = 0
        while start < statement.count, statement[start] == 0x20 || statement[start] == 0x28 || statement[start] == 0x0A { start += 1 }
        let rest = UnsafeRawBufferPointer(rebasing: statement[start...])
        if rest.first == 0x2F { return .mySQL }
        let isSQL = verbs.contains { verb in
            let count = verb.utf8CodeUnitCount
            guard rest.count > count, rest[count] | 0x20 < 0x61 || rest[count] | 0x20 > 0x7A else { return false }
            return (0..<count).allSatisfy { rest[$0] | 0x20 == verb.utf8Start[$0] }
        }
        return isSQL ? .postgreSQL : .redis
    }
}
