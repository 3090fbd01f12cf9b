import Datastores

/// Reads ``MySQLTable`` from a server.
struct MySQLSnapshot {
    let session: MySQLSession
    let schema: String
    let table: String

    /// Nil when there is no such table, or the account may not see it.
    /// - Parameter scanned: columns whose values are to be measured, which reads the table.
    static func read(_ session: MySQLSession, _ request: SealRequest, scanned: [String] = []) throws -> MySQLTable? {
        try MySQLSnapshot(session: session, schema: request.schema, table: request.table).read(scanned)
    }

    private var place: String { "TABLE_SCHEMA = \(MySQLSession.literal(schema)) AND TABLE_NAME = \(MySQLSession.literal(table))" }

    private func read(_ scanned: [String]) throws -> MySQLTable? {
        let rows = try session.rows(
            """
            SELECT TABLE_TYPE, ENGINE, ROW_FORMAT, TABLE_ROWS, DATA_LENGTH, INDEX_LENGTH, AUTO_INCREMENT FROM information_schema.TABLES WHERE \(place)
            """)
        guard let row = rows.first else { return nil }
        var found = MySQLTable(schema: schema, table: table, isMariaDB: session.isMariaDB, version: session.version)
        found.kind = row[0] ?? ""
        found.engine = row[1] ?? ""
        found.rowFormat = row[2] ?? ""
        found.estimatedRows = row[3].flatMap(Int.init)
        found.dataBytes = row[4].flatMap(Int.init) ?? 0
        found.indexBytes = row[5].flatMap(Int.init) ?? 0
        found.autoIncrement = row[6].flatMap(Int.init)
        try addServer(to: &found)
        guard found.kind == "BASE TABLE" || found.kind == "SYSTEM VERSIONED" else { return found }
        try addRights(to: &found)
        guard found.canRead else { return found }
        try addDefinition(to: &found)
        try addDependents(to: &found)
        found.sealed = try MySQLState.sealedColumns(session, schema: schema, table: table)
        try scan(scanned, &found)
        return found
    }

    private func addServer(to table: inout MySQLTable) throws {
        let row = try session.rows(
            "SELECT @@global.read_only, @@global.log_bin, @@session.binlog_format, @@global.general_log OR @@global.slow_query_log"
        ).first
        table.isReadOnly = row?[0] == "1"
        table.binaryLog = row?[1] == "1" ? row?[2] : nil
        table.logsStatements = row?[3] == "1"
        table.packetLimit = session.packetLimit
        // Both need rights that an owner of tables often hasn't; nothing is known then.
        table.isReplica = (try? session.rows(session.isMariaDB ? "SHOW ALL SLAVES STATUS" : "SHOW REPLICA STATUS")).map { !$0.isEmpty } ?? false
        table.replicas = (try? session.rows("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE COMMAND LIKE 'Binlog Dump%'"))?.first?[0]
            .flatMap(Int.init)
    }

    /// What `SHOW GRANTS` says, which includes those of active roles.
    private func addRights(to found: inout MySQLTable) throws {
        var table: Set<String> = []
        var database: Set<String> = []
        for grant in try session.rows("SHOW GRANTS").compactMap({ $0[0] }) {
            guard grant.hasPrefix("GRANT "), let on = grant[...].range(of: " ON "), let to = grant[on.upperBound...].range(of: " TO ") else {
                continue
            }
            let rights = grant.dropFirst(6)[..<on.lowerBound].split(separator: ",").map { $0.drop { $0 == " " }.uppercased() }
            let object = String(grant[on.upperBound..<to.lowerBound])
            let coversDatabase =
                object == "*.*" || Self.unquoted(object.hasSuffix(".*") ? String(object.dropLast(2)) : "").map { Self.matches(schema, $0) } ?? false
            if coversDatabase { database.formUnion(rights) }
            if object == found.qualifiedName { table.formUnion(rights) }
        }
        let all = database.union(table)
        let hasAll = { (rights: Set<String>) in rights.contains { $0.hasPrefix("ALL PRIVILEGES") } }
        guard !hasAll(database) else { return }
        found.canRead = hasAll(table) || all.isSuperset(of: ["SELECT", "UPDATE"])
        if !hasAll(table) { found.missingRights = ["ALTER", "INDEX"].filter { !all.contains($0) } }
        // For the tables that keep progress, and those that a rewrite makes.
        found.missingRights += ["CREATE", "DROP", "INSERT", "DELETE", "SELECT", "UPDATE", "LOCK TABLES"].filter { !database.contains($0) }
    }

    private static func unquoted(_ name: String) -> String? {
        name.first == "`" && name.last == "`" && name.count > 1
            ? String(name.dropFirst().dropLast()).split(separator: "``").joined(separator: "`") : nil
    }

    /// A database's name against a grant's pattern: `%` any characters, `_` one, a backslash takes their meaning.
    private static func matches(_ name: String, _ pattern: String) -> Bool {
        func match(_ name: Substring, _ pattern: Substring) -> Bool {
            guard let first = pattern.first else { return name.isEmpty }
            switch first {
            case "%": return match(name, pattern.dropFirst()) || (!name.isEmpty && match(name.dropFirst(), pattern))
            case "_": return !name.isEmpty && match(name.dropFirst(), pattern.dropFirst())
            case "\\":
                guard let next = pattern.dropFirst().first else { return false }
                return name.first == next && match(name.dropFirst(), pattern.dropFirst(2))
            default: return name.first == first && match(name.dropFirst(), pattern.dropFirst())
            }
        }
        return match(name[...], pattern[...])
    }

    // MARK: - Definition

    private func addDefinition(to found: inout MySQLTable) throws {
        let text = try session.rows("SHOW CREATE TABLE \(found.qualifiedName)").first?[1] ?? ""
        var definitions: [String: String] = [:]
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if !lines.isEmpty { lines.removeFirst() }
        while let line = lines.first, line.hasPrefix("  ") {
            lines.removeFirst()
            add(line.hasSuffix(",") ? String(line.dropFirst(2).dropLast()) : String(line.dropFirst(2)), to: &found, &definitions)
        }
        found.options = lines.joined(separator: "\n")
        found.columns = try session.rows(
            """
            SELECT COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, CHARACTER_SET_NAME, COLLATION_NAME, CHARACTER_MAXIMUM_LENGTH, CHARACTER_OCTET_LENGTH,
                   IS_NULLABLE, COLUMN_DEFAULT, EXTRA, GENERATION_EXPRESSION
            FROM information_schema.COLUMNS WHERE \(place) ORDER BY ORDINAL_POSITION
            """
        ).map { row in
            let extra = row[9]?.lowercased() ?? ""
            let fallback = row[8].flatMap { $0.uppercased() == "NULL" ? nil : $0 }
            return MySQLTable.Column(
                name: row[0] ?? "", type: row[1]?.lowercased() ?? "", declaration: row[2] ?? "", definition: definitions[row[0] ?? ""] ?? "",
                characterSet: row[3], collation: row[4], characters: row[5].flatMap(Int.init), octets: row[6].flatMap(Int.init),
                isNotNull: row[7] == "NO", hasDefault: fallback != nil, isAutoIncrement: extra.contains("auto_increment"),
                followsUpdates: extra.contains("on update"), expression: row[10].flatMap { $0.isEmpty ? nil : $0 })
        }
        try addIndexes(to: &found)
    }

    private func add(_ line: String, to found: inout MySQLTable, _ definitions: inout [String: String]) {
        if line.hasPrefix("`") {
            guard let (name, rest) = Self.name(line[...]) else { return }
            definitions[name] = rest.drop { $0 == " " }.description
        } else if line.hasPrefix("CONSTRAINT `") {
            guard let (name, rest) = Self.name(line.dropFirst("CONSTRAINT ".count)) else { return }
            if rest.hasPrefix(" CHECK") { found.checks[name] = String(rest) }
        } else if line.hasPrefix("PRIMARY KEY") || line.hasPrefix("PERIOD ") {
            return
        } else if let key = line[...].range(of: "KEY `"), let (name, _) = Self.name(line[line.index(before: key.upperBound)...]) {
            found.indexes.append(
                MySQLTable.Index(name: name, definition: line, isUnique: line.hasPrefix("UNIQUE"), isFullText: line.hasPrefix("FULLTEXT")))
        }
    }

    /// A quoted name at the beginning of `text`, and what is behind it.
    private static func name(_ text: Substring) -> (String, Substring)? {
        guard text.first == "`" else { return nil }
        var name = ""
        var rest = text.dropFirst()
        while let character = rest.popFirst() {
            if character == "`" {
                guard rest.first == "`" else { return (name, rest) }
                rest.removeFirst()
            }
            name.append(character)
        }
        return nil
    }

    private func addIndexes(to found: inout MySQLTable) throws {
        let expression = session.isMariaDB ? "NULL" : "EXPRESSION"
        let rows = try session.rows(
            "SELECT INDEX_NAME, COLUMN_NAME, SUB_PART, \(expression) FROM information_schema.STATISTICS WHERE \(place) ORDER BY INDEX_NAME, SEQ_IN_INDEX"
        )
        for row in rows {
            let names = row[1].map { [$0] } ?? found.columns.map(\.name).filter { Self.mentions(row[3] ?? "", $0) }
            if row[0] == "PRIMARY" {
                found.primaryKey += names
                if row[2] != nil { found.primaryKeyIsPrefix = true }
            } else if let index = found.indexes.firstIndex(where: { $0.name == row[0] }) {
                found.indexes[index].columns += names
                if row[2] != nil { found.indexes[index].prefixes.formUnion(names) }
            }
        }
    }

    /// Whether an expression, as the server writes it, names a column.
    static func mentions(_ expression: String, _ column: String) -> Bool { expression[...].contains(text: MySQLSession.identifier(column)) }

    private func addDependents(to found: inout MySQLTable) throws {
        var keys: [String: MySQLTable.ForeignKey] = [:]
        let name = MySQLSession.literal(table)
        let own = MySQLSession.literal(schema)
        for row in try session.rows(
            """
            SELECT CONSTRAINT_NAME, COLUMN_NAME, NULL FROM information_schema.KEY_COLUMN_USAGE WHERE \(place) AND REFERENCED_TABLE_NAME IS NOT NULL
            UNION ALL SELECT CONSTRAINT_NAME, REFERENCED_COLUMN_NAME, CONCAT(TABLE_SCHEMA, '.', TABLE_NAME) FROM information_schema.KEY_COLUMN_USAGE
            WHERE REFERENCED_TABLE_SCHEMA = \(own) AND REFERENCED_TABLE_NAME = \(name)
            """)
        {
            guard let constraint = row[0], let column = row[1] else { continue }
            keys[constraint + (row[2] ?? ""), default: MySQLTable.ForeignKey(name: constraint, columns: [], referencing: row[2])].columns.append(
                column)
        }
        found.foreignKeys = keys.sorted { $0.key < $1.key }.map(\.value)
        for row in try session.rows(
            "SELECT TRIGGER_NAME, EVENT_MANIPULATION FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = \(own) AND EVENT_OBJECT_TABLE = \(name)"
        ) { found.triggers[row[0] ?? ""] = row[1] == "UPDATE" }
        for row in try session.rows("SELECT CONCAT(TABLE_SCHEMA, '.', TABLE_NAME), VIEW_DEFINITION FROM information_schema.VIEWS") {
            guard let view = row[0], let text = row[1], text[...].contains(text: found.qualifiedName) else { continue }
            found.views[view] = text
        }
    }

    /// Measures columns, in one pass over the table.
    private func scan(_ columns: [String], _ found: inout MySQLTable) throws {
        let wanted = columns.compactMap { found.column($0) }
        guard !wanted.isEmpty, found.engine.lowercased() == "innodb" else { return }
        let list = wanted.flatMap { column -> [String] in
            let name = MySQLSession.identifier(column.name)
            return ["MAX(LENGTH(\(name)))", "COALESCE(MAX(\(MySQLCondition.isSealed(column.name, column.form))), 0)"]
        }
        guard let row = try session.rows("SELECT \(list.joined(separator: ", ")) FROM \(found.qualifiedName)").first else { return }
        for (index, column) in wanted.enumerated() {
            found.longest[column.name] = row[2 * index].flatMap(Int.init) ?? 0
            if row[2 * index + 1] == "1", !found.sealedColumns.contains(column.name) { found.lookalikes.insert(column.name) }
        }
    }
}
