/// A command document of MongoDB as its log prints it: `{"find":"patient","filter":{},"limit":25,"$db":"clinic"}` (manual, "Database Commands"). The first
/// member's name is the command, its value the collection.
enum MongoCommand {
    static func read(_ bytes: UnsafeRawBufferPointer, _ reading: inout StatementReading) {
        var walker = Walker(bytes: bytes)
        walker.walk(&reading)
    }

    private struct Walker {
        let bytes: UnsafeRawBufferPointer
        var position = 0
        var hash = SQLWordTable.seed
        var command = 0..<0
        /// The member of the top level that is being read.
        var member = 0..<0
        var isEmptyFilter = true
        var hasMatch = false

        mutating func walk(_ reading: inout StatementReading) {
            guard let open = bytes.next(0x7B, from: 0) else { return }
            position = open + 1
            var depth = 1
            var expectsKey = true
            while position < bytes.count, depth > 0 {
                let byte = bytes[position]
                switch byte {
                case 0x22:
                    let text = string()
                    if isKey() {
                        if depth == 1 { key(text) }
                        if depth > 1, expectsKey { nested(text, depth) }
                        hash = SQLReader.mixed(hash, bytes.part(text).reduce(SQLWordTable.seed) { SQLWordTable.add($1, to: $0) })
                    } else if depth == 1 {
                        value(text, isString: true, &reading)
                    }
                    continue
                case 0x7B, 0x5B: depth += 1
                case 0x7D, 0x5D: depth -= 1
                case 0x3A: expectsKey = false
                case 0x2C: expectsKey = true
                case 0x30...0x39, 0x2D:
                    let start = position
                    while position < bytes.count, bytes[position] &- 0x30 < 10 || bytes[position] == 0x2E || bytes[position] == 0x2D { position += 1 }
                    if depth == 1 { value(start..<position, isString: false, &reading) }
                    if depth == 2, bytes.part(member).isEqual(to: "limit") { value(start..<position, isString: false, &reading) }
                    continue
                default: break
                }
                if byte == 0x7B || byte == 0x5B { expectsKey = true }
                position += 1
            }
            end(&reading)
        }

        private mutating func string() -> Range<Int> {
            let start = position + 1
            var at = start
            while at < bytes.count, bytes[at] != 0x22 { at += bytes[at] == 0x5C ? 2 : 1 }
            let end = min(at, bytes.count)
            position = min(end + 1, bytes.count)
            return start..<end
        }

        private func isKey() -> Bool {
            var at = position
            while at < bytes.count, bytes[at] == 0x20 { at += 1 }
            return at < bytes.count && bytes[at] == 0x3A
        }

        private mutating func key(_ text: Range<Int>) {
            if command.isEmpty { command = text }
            member = text
        }

        private mutating func nested(_ text: Range<Int>, _ depth: Int) {
            let name = bytes.part(member)
            if name.isEqual(to: "filter") || name.isEqual(to: "query") || name.isEqual(to: "q") { isEmptyFilter = false }
            if name.isEqual(to: "pipeline"), bytes.part(text).isEqual(to: "$match") { hasMatch = true }
        }

        private mutating func value(_ text: Range<Int>, isString: Bool, _ reading: inout StatementReading) {
            let name = bytes.part(member)
            let isCollection = member == command || bytes.part(command).isEqual(to: "getMore") && name.isEqual(to: "collection")
            if isString, isCollection, reading.tableCount == 0 {
                reading.add(StatementReading.Table(schema: .none, name: Span(text)))
                hash = SQLReader.mixed(hash, bytes.part(text).reduce(SQLWordTable.seed) { SQLWordTable.add($1, to: $0) })
            } else if !isString, name.isEqual(to: "limit"), reading.limit < 0 {
                // A limit of 0 is none.
                let number = bytes.number(at: bytes[text.lowerBound] == 0x2D ? text.lowerBound + 1 : text.lowerBound)?.value ?? 0
                if number > 0 { reading.limit = number }
            } else if isString, name.isEqual(to: "$db"), reading.tableCount > 0 {
                reading.tables[0].schema = Span(text)
            }
        }

        private mutating func end(_ reading: inout StatementReading) {
            guard !command.isEmpty else { return }
            reading.statementCount = 1
            let name = bytes.part(command)
            let kind = commands.first { name.isEqual(to: $0.0) }?.1 ?? .other
            reading.set(kind)
            reading.hasWhere = !isEmptyFilter || hasMatch
            let reads = name.isEqual(to: "find") || name.isEqual(to: "aggregate")
            reading.readsWholeTable = reads && reading.tableCount > 0 && !reading.hasWhere && !reading.hasLimit
            reading.isCatalogOnly = reading.tableCount > 0 && bytes.part(reading.tables[0].name.range).starts(with: "system.", at: 0)
            reading.fingerprint = SQLReader.mixed(hash, UInt64(kind.rawValue))
        }
    }

    private static let commands: [(StaticString, StatementReading.Kind)] = [
        ("find", .select), ("aggregate", .select), ("getMore", .select), ("distinct", .select), ("count", .other), ("mapReduce", .select),
        ("insert", .insert), ("update", .update), ("findAndModify", .update), ("delete", .delete), ("drop", .ddl), ("dropDatabase", .ddl),
        ("create", .ddl), ("createIndexes", .ddl), ("renameCollection", .ddl), ("collMod", .ddl), ("createUser", .privilegeChange),
        ("updateUser", .privilegeChange), ("dropUser", .privilegeChange), ("grantRolesToUser", .privilegeChange), ("createRole", .privilegeChange),
        ("logRotate", .logControl), ("profile", .logControl), ("setParameter", .configure), ("fsync", .dumpSetup), ("replSetSyncFrom", .replicate),
    ]
}
