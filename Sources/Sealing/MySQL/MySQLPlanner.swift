import Cryptography
import Datastores

/// Judges a request by what the server says. Pure: it asks nothing.
package struct MySQLPlanner {
    private let request: SealRequest
    private let table: MySQLTable
    private var plan = SealPlan()

    package static func plan(_ request: SealRequest, on table: MySQLTable) -> SealPlan {
        var planner = MySQLPlanner(request: request, table: table)
        planner.judge()
        return planner.plan
    }

    private init(request: SealRequest, table: MySQLTable) {
        self.request = request
        self.table = table
    }

    private var isOnline: Bool { request.mode == .online }

    private mutating func judge() {
        judgeServer()
        guard table.kind == "BASE TABLE" || table.kind == "SYSTEM VERSIONED" else { return plan.blockers.append(.notATable(.view)) }
        guard table.canRead else { return plan.blockers.append(.cannotRead) }
        judgeTable()
        judgeKey()
        var seen: Set<String> = []
        for wanted in request.columns {
            guard seen.insert(wanted.name).inserted else {
                plan.blockers.append(.columnTwice(wanted.name))
                continue
            }
            guard let column = table.column(wanted.name) else {
                plan.blockers.append(.noSuchColumn(wanted.name))
                continue
            }
            judge(column, wanted)
            judgeType(column, wanted)
            judgeDependents(column)
            judgeIndexes(column, wanted)
            judgeCompanions(column, wanted)
        }
        if request.columns.isEmpty { plan.blockers.append(.noColumns) }
        if isOnline { judgeTriggers() } else { judgeRewrite() }
        judgeRowSize()
        estimate()
        plan.steps = plan.isPossible ? steps() : []
        plan.remanence = remanence()
    }

    private mutating func judgeServer() {
        if table.version < (table.isMariaDB ? 100_600 : 80_016) {
            let version = "\(table.version / 10_000).\(table.version / 100 % 100).\(table.version % 100)"
            plan.blockers.append(
                .serverUnfit(table.isMariaDB ? "MariaDB \(version)" : "MySQL \(version)", needed: table.isMariaDB ? "10.6" : "8.0.16"))
        }
        if table.isReadOnly { plan.blockers.append(table.isReplica ? .readOnlyReplica : .readOnly) }
        if table.binaryLog == "STATEMENT" { plan.blockers.append(.statementLog) }
        if !table.missingRights.isEmpty { plan.blockers.append(.missingRights(table.missingRights.joined(separator: ", "))) }
    }

    private mutating func judgeTable() {
        if table.engine.lowercased() != "innodb" { plan.blockers.append(.otherEngine(table.engine)) }
        if table.kind == "SYSTEM VERSIONED" { plan.blockers.append(.systemVersioned) }
        if table.isPartitioned { plan.blockers.append(.partitioned) }
        if table.rowFormat.uppercased() == "COMPRESSED", isOnline { plan.blockers.append(.rowFormat(table.rowFormat)) }
        if isOnline, needsColumns, let index = table.indexes.first(where: \.isFullText) { plan.blockers.append(.fullText(index.name)) }
        plan.warnings.append(.primaryKeyIsBound)
        if isOnline { plan.warnings.append(.replicasNotWatched) } else { plan.warnings.append(.writersWait) }
    }

    /// Whether columns have to be added without copying the table.
    private var needsColumns: Bool { request.columns.flatMap(\.companions).contains { table.column($0.name) == nil } }

    private mutating func judgeKey() {
        if table.primaryKey.isEmpty { return plan.blockers.append(.noPrimaryKey) }
        if table.primaryKeyIsPrefix { plan.blockers.append(.keyIsPrefix) }
        for column in table.primaryKey.compactMap({ table.column($0) }) where MySQLKey.Part(column) == nil {
            plan.blockers.append(.keyType(column.name, type: column.declaration))
        }
        let isNumber =
            table.primaryKey.count == 1 && table.primaryKey.first.flatMap { table.column($0) }.flatMap(MySQLKey.Part.init)?.isInteger ?? false
        if isOnline, !isNumber { plan.warnings.append(.keysInProgress) }
    }

    private mutating func judge(_ column: MySQLTable.Column, _ wanted: SealColumn) {
        if table.primaryKey.contains(column.name) { plan.blockers.append(.columnInPrimaryKey(column.name)) }
        if column.expression != nil { plan.blockers.append(.generatedColumn(column.name)) }
        if column.isAutoIncrement { plan.blockers.append(.identity(column.name)) }
        if column.hasDefault {
            if request.enforce { plan.blockers.append(.defaultWithEnforce(column.name)) } else { plan.warnings.append(.hasDefault(column.name)) }
        }
        if table.lookalikes.contains(column.name) { plan.blockers.append(.lookalike(column.name)) }
        let state = table.sealed.first { $0.column.name == column.name }?.state
        if !isOnline, let state, state != "rewriting" { plan.blockers.append(.alreadySealedRewrite(column.name)) }
    }

    private mutating func judgeType(_ column: MySQLTable.Column, _ wanted: SealColumn) {
        let wide = ["ucs2", "utf16", "utf16le", "utf32"]
        if let set = column.characterSet, wide.contains(set) { plan.blockers.append(.characterSet(column.name, set)) }
        let isSealed = table.sealed.contains { $0.column.name == column.name && $0.state != "rewriting" }
        switch wanted.protection {
        case .envelope:
            if isOnline {
                if !isSealed, !column.isWritable(isMariaDB: table.isMariaDB, longest: table.longest[column.name]) {
                    plan.blockers.append(.typeNeedsRewrite(column.name, type: column.declaration))
                }
            } else if !column.isText, !column.isBinary, !Self.sealable.contains(column.type) {
                plan.blockers.append(.typeUnsupported(column.name, type: column.declaration))
            }
            if target(column) != nil { plan.warnings.append(.unsealRewrites(column: column.name, type: column.declaration)) }
        case .formatPreserving:
            if !column.isText { plan.blockers.append(.formNeedsText(column.name, type: column.declaration)) }
            if request.enforce { plan.blockers.append(.enforceFormPreserving(column.name)) }
            plan.warnings.append(.formPreserving(column: column.name))
        }
        if request.enforce, !table.isMariaDB, isOnline { plan.warnings.append(.enforceCopies(column.name)) }
    }

    /// Types whose text gives the same value again.
    private static let sealable: Set<String> = [
        "tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "float", "double", "date", "datetime", "timestamp", "time", "year", "enum",
        "set", "json", "uuid", "inet4", "inet6",
    ]

    private func target(_ column: MySQLTable.Column) -> String? {
        column.target(online: isOnline, isMariaDB: table.isMariaDB, longest: table.longest[column.name])
    }

    private mutating func judgeDependents(_ column: MySQLTable.Column) {
        for other in table.columns where other.expression.map({ MySQLSnapshot.mentions($0, column.name) }) ?? false {
            plan.blockers.append(.feedsGeneratedColumn(column.name, generated: other.name))
        }
        for key in table.foreignKeys where key.columns.contains(column.name) {
            plan.blockers.append(.foreignKey(column.name, constraint: key.name, table: key.referencing))
        }
        for (name, text) in table.checks.sorted(by: { $0.key < $1.key }) where MySQLSnapshot.mentions(text, column.name) && !isOurs(name) {
            plan.blockers.append(.checkConstraint(column.name, constraint: name))
        }
        for other in table.columns {
            guard let check = other.check, MySQLSnapshot.mentions(check, column.name) else { continue }
            let isOurs = table.sealed.contains { $0.column.name == other.name && $0.definition != other.definition }
            // A rewrite takes the CHECK that makes JSON of a text in MariaDB away, and unsealing gives it back.
            let isJSON = !isOnline && other.name == column.name && check == " CHECK (json_valid(\(MySQLSession.identifier(column.name))))"
            if !isOurs, !isJSON { plan.blockers.append(.checkConstraint(column.name, constraint: "of the column \(other.name)")) }
        }
        for (view, text) in table.views.sorted(by: { $0.key < $1.key }) where MySQLSnapshot.mentions(text, column.name) {
            plan.warnings.append(.view(view, column: column.name))
        }
    }

    private func isOurs(_ check: String) -> Bool { table.sealed.contains { Enforcement.name(of: $0.column.name) == check } }

    private mutating func judgeIndexes(_ column: MySQLTable.Column, _ wanted: SealColumn) {
        for index in table.indexes where index.columns.contains(column.name) {
            if wanted.hasMark {
                // Half of the values sealed, half not: one may equal another by chance.
                if index.isUnique { plan.blockers.append(.uniqueFormPreserving(column.name, index: index.name)) }
            } else if index.isUnique, index.prefixes.contains(column.name) {
                plan.blockers.append(.uniquePrefix(column.name, index: index.name))
            } else if index.isUnique, !(wanted.indexes.contains(.unique) && index.columns == [column.name]) {
                plan.blockers.append(.uniqueWithoutIndex(column.name, constraint: index.name))
            } else if index.isUnique {
                plan.warnings.append(.uniquenessMoves(constraint: index.name, column: column.name))
            } else {
                plan.warnings.append(.plainIndexBecomesUseless(index: index.name, column: column.name))
            }
        }
    }

    private mutating func judgeCompanions(_ column: MySQLTable.Column, _ wanted: SealColumn) {
        let isKnown = table.sealedColumns.contains(column.name)
        for companion in wanted.companions {
            if companion.name.count > 64 { plan.blockers.append(.nameTooLong(companion.name)) }
            if table.column(companion.name) != nil, !isKnown { plan.blockers.append(.nameTaken(companion.name)) }
            guard case .index(let index) = companion.role else { continue }
            if !index.isSound { plan.blockers.append(.badIndex(column.name)) }
        }
        plan.warnings += wanted.leaks(rows: table.estimatedRows)
        if Enforcement.name(of: column.name).count > 64 { plan.blockers.append(.nameTooLong(Enforcement.name(of: column.name))) }
        if Set(wanted.indexes.map(\.suffix)).count < wanted.indexes.count { plan.blockers.append(.badIndex(column.name)) }
    }

    private mutating func judgeTriggers() {
        for (trigger, firesOnUpdate) in table.triggers.sorted(by: { $0.key < $1.key }) where firesOnUpdate {
            if request.firesTriggers { plan.warnings.append(.triggersFire(trigger)) } else { plan.blockers.append(.trigger(trigger)) }
        }
    }

    /// What a new table doesn't take over.
    private mutating func judgeRewrite() {
        for key in table.foreignKeys {
            plan.blockers.append(key.referencing.map { .rewriteReferenced(table: $0) } ?? .rewriteForeignKey(key.name))
        }
        for trigger in table.triggers.keys.sorted() { plan.blockers.append(.rewriteTrigger(trigger)) }
        if !table.isMariaDB { for check in table.checks.keys.sorted() { plan.blockers.append(.rewriteCheck(check)) } }
        for option in ["DATA DIRECTORY", "INDEX DIRECTORY", "TABLESPACE"] where table.options.uppercased().contains(option) {
            plan.blockers.append(.rewriteOption(option))
        }
        if (table.table + "_suwen_new").count > 64 { plan.blockers.append(.nameTooLong(table.table + "_suwen_new")) }
    }

    /// A row's columns, without texts and blobs, may have 65,535 bytes together (MySQL 8.0 reference manual, 8.4.7, "Row Size Limits").
    private mutating func judgeRowSize() {
        let wanted = Dictionary(request.columns.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var bytes = request.columns.flatMap(\.companions).count * 33
        for column in table.columns {
            let isLarge = MySQLTable.Column.textTypes[column.type] != nil || MySQLTable.Column.blobTypes[column.type] != nil
            var octets = isLarge ? 12 : (column.octets ?? 8) + 2
            if wanted[column.name]?.protection == .envelope, let type = target(column), type.hasPrefix("var") {
                let length = Int(type.filter(\.isNumber)) ?? 0
                octets = length * max(1, (column.octets ?? 1) / max(1, column.characters ?? 1)) + 2
            }
            bytes += octets
        }
        if bytes > 65_535 { plan.blockers.append(.rowTooLarge(bytes: bytes)) }
    }
}

extension MySQLPlanner {
    /// Rows a second, roughly, on two cores of a virtual machine: for a first idea only.
    private static let onlineRate = 50_000.0
    private static let rewriteRate = 100_000.0

    fileprivate mutating func estimate() {
        guard let rows = table.estimatedRows else { return plan.warnings.append(.neverAnalysed) }
        plan.estimate.rows = rows
        let sealed = request.columns.compactMap { table.column($0.name) }.reduce(0) { $0 + ($1.form == .text ? 72 : 36) }
        let companions = request.columns.flatMap(\.companions).reduce(0) { $0 + ($1.type == .integer ? 8 : 33) }
        let indexes = request.columns.flatMap(\.companions).filter(\.isIndexed).reduce(0) { $0 + rows * ($1.isUnique ? 60 : 30) }
        // Pages that split are half full.
        let data = rows * (sealed + companions) + table.dataBytes / 2
        plan.estimate.extraBytes = isOnline ? data + indexes : table.dataBytes + rows * (sealed + companions) + indexes
        plan.estimate.writeAheadLogBytes = table.binaryLog == nil ? nil : 2 * table.dataBytes + rows * (sealed + companions)
        plan.estimate.seconds = Double(rows) / (isOnline ? Swift.min(Self.onlineRate, Double(request.rate ?? .max)) : Self.rewriteRate)
        plan.warnings.append(.freeSpaceUnknown(bytes: (plan.estimate.extraBytes ?? 0) + (plan.estimate.writeAheadLogBytes ?? 0)))
    }

    fileprivate func steps() -> [SealPlan.Step] {
        let names = request.columns.map(\.name)
        var steps: [SealPlan.Step] = []
        for wanted in request.columns {
            guard let column = table.column(wanted.name) else { continue }
            if wanted.protection == .envelope, let type = target(column) {
                steps.append(
                    isOnline
                        ? .widen(column: column.name, from: column.declaration, to: type)
                        : .retype(column: column.name, from: column.declaration, to: type))
            }
            steps += wanted.companions.map {
                .addCompanion(column: $0.name, of: column.name, type: $0.mySQLDefinition(isMariaDB: table.isMariaDB, version: table.version))
            }
        }
        steps.append(isOnline ? .sealRows(columns: names, batch: request.batch) : .copyTable(columns: names))
        for wanted in request.columns {
            steps += wanted.companions.filter(\.isIndexed).map { .createIndex(on: $0.name, isUnique: $0.isUnique) }
        }
        steps += MySQLState.indexesToDrop(request, table).map { .dropIndex($0.name) }
        if !isOnline { steps.append(.swapTables) }
        if request.enforce { steps += names.map { .enforce(column: $0) } }
        return steps + [.analyse, .verify]
    }

    fileprivate func remanence() -> [SealPlan.Remanence] {
        var places: [SealPlan.Remanence] = [isOnline ? .innodbPages : .deletedFiles, .redoLog]
        if table.binaryLog != nil { places.append(.binaryLog) }
        if let replicas = table.replicas, replicas > 0 { places.append(.mySQLReplicas(count: replicas)) }
        places.append(.backups)
        if table.logsStatements { places.append(.serverLog) }
        return places
    }
}
