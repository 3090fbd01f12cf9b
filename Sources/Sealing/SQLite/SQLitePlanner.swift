import Cryptography
import Datastores

/// Judges a request by what the schema says. Pure: it asks nothing of the file.
struct SQLitePlanner {
    private let request: SealRequest
    private let table: SQLiteTable
    private let definition: SQLiteDefinition
    private var plan = SealPlan()

    static func plan(_ request: SealRequest, on table: SQLiteTable) -> SealPlan {
        var planner = SQLitePlanner(request: request, table: table, definition: SQLiteDefinition(table.definition))
        planner.judge()
        return planner.plan
    }

    private init(request: SealRequest, table: SQLiteTable, definition: SQLiteDefinition) {
        self.request = request
        self.table = table
        self.definition = definition
    }

    private mutating func judge() {
        judgeTable()
        var seen: Set<String> = []
        for wanted in request.columns {
            guard seen.insert(wanted.name).inserted else {
                plan.blockers.append(.columnTwice(wanted.name))
                continue
            }
            guard let column = table.column(wanted.name), !column.isHidden else {
                plan.blockers.append(.noSuchColumn(wanted.name))
                continue
            }
            judge(column, wanted)
            judgeForm(column, wanted)
            judgeDependents(column)
            judgeIndexes(column, wanted)
            judgeCompanions(wanted)
        }
        if request.columns.isEmpty { plan.blockers.append(.noColumns) }
        judgeTriggers()
        estimate()
        plan.steps = plan.isPossible ? steps() : []
        plan.remanence = remanence()
    }

    private mutating func judgeTable() {
        if SQLiteSession.libraryVersion < 3_037_000 { plan.blockers.append(.sqlite(.libraryTooOld(version: SQLiteSession.libraryVersion))) }
        if table.isReadOnly { plan.blockers.append(.sqlite(.readOnlyFile)) }
        if table.isView {
            plan.blockers.append(.notATable(.view))
        } else if table.isVirtual {
            plan.blockers.append(.sqlite(.virtualTable))
        } else if table.primaryKey.isEmpty {
            plan.blockers.append(.noPrimaryKey)
        }
        plan.blockers += table.nullKeys.sorted().map { .sqlite(.nullInKey($0)) }
        plan.warnings.append(.primaryKeyIsBound)
        if request.columns.contains(where: { !$0.companions.isEmpty }) { plan.warnings.append(.sqlite(.insertsNeedNames)) }
        switch request.mode {
        case .online: plan.warnings.append(.sqlite(.writersWait))
        case .rewrite: plan.warnings += [.exclusiveWindow, .sqlite(.rowNumbersChange)]
        }
    }

    private mutating func judge(_ column: SQLiteTable.Column, _ wanted: SealColumn) {
        if column.keyPlace > 0 { plan.blockers.append(.columnInPrimaryKey(column.name)) }
        if column.isGenerated { plan.blockers.append(.generatedColumn(column.name)) }
        if let value = column.defaultExpression, value.uppercased() != "NULL" {
            if request.enforce { plan.blockers.append(.defaultWithEnforce(column.name)) } else { plan.warnings.append(.hasDefault(column.name)) }
        }
        if table.lookalikes.contains(column.name) { plan.blockers.append(.lookalike(column.name)) }
    }

    private mutating func judgeForm(_ column: SQLiteTable.Column, _ wanted: SealColumn) {
        if table.isStrict, !["TEXT", "BLOB", "ANY"].contains(column.declaration.uppercased()) {
            plan.blockers.append(.sqlite(.strictNumber(column.name, type: column.declaration)))
        }
        guard wanted.hasMark else {
            if table.numeric.contains(column.name) { plan.warnings.append(.sqlite(.numbersBecomeBytes(column.name))) }
            return
        }
        if table.numeric.contains(column.name) || table.binary.contains(column.name) {
            plan.blockers.append(.formNeedsText(column.name, type: "of numbers or bytes in some rows"))
        }
        if request.enforce { plan.blockers.append(.enforceFormPreserving(column.name)) }
        plan.warnings.append(.formPreserving(column: column.name))
    }

    private mutating func judgeDependents(_ column: SQLiteTable.Column) {
        for key in table.foreignKeys where key.column.lowercased() == column.name.lowercased() {
            plan.blockers.append(.foreignKey(column.name, constraint: "that", table: key.table))
        }
        for (number, check) in definition.checks.enumerated() where SQLiteTokens.uses(column.name, check.tokens) {
            plan.blockers.append(.checkConstraint(column.name, constraint: check.name ?? "number \(number + 1)"))
        }
        for generated in definition.generated where SQLiteTokens.uses(column.name, generated.tokens) {
            plan.blockers.append(.feedsGeneratedColumn(column.name, generated: generated.column))
        }
        for view in table.views where view.tokens.uses(column.name) || view.tokens.tokens.contains(.symbol("*")) {
            plan.warnings.append(.view(view.name, column: column.name))
        }
        for other in table.virtualTables where other.tokens.uses(column.name) {
            plan.blockers.append(.sqlite(.fullTextTable(other.name, column: column.name)))
        }
    }

    private mutating func judgeIndexes(_ column: SQLiteTable.Column, _ wanted: SealColumn) {
        for index in table.indexes where index.origin != "pk" && index.columns.contains(column.name) {
            if wanted.hasMark {
                if index.isUnique { plan.blockers.append(.uniqueFormPreserving(column.name, index: index.name)) }
            } else if index.isUnique, !(wanted.indexes.contains(where: \.isUnique) && index.columns == [column.name]) {
                plan.blockers.append(.uniqueWithoutIndex(column.name, constraint: index.name))
            } else if index.isUnique, !index.isPlain {
                plan.blockers.append(.sqlite(.uniqueByOtherRules(column.name, index: index.name)))
            } else if index.origin == "u" {
                plan.warnings.append(.sqlite(.constraintStays(index.name, column: column.name)))
            } else if index.isUnique {
                plan.warnings.append(.uniquenessMoves(constraint: index.name, column: column.name))
            } else {
                plan.warnings.append(.plainIndexBecomesUseless(index: index.name, column: column.name))
            }
        }
    }

    private mutating func judgeCompanions(_ wanted: SealColumn) {
        for companion in wanted.companions {
            let isTaken = table.columns.contains { $0.name.lowercased() == companion.name.lowercased() }
            if isTaken, !table.sealedColumns.contains(wanted.name) { plan.blockers.append(.nameTaken(companion.name)) }
            guard case .index(let index) = companion.role else { continue }
            if !index.isSound { plan.blockers.append(.badIndex(wanted.name)) }
        }
        plan.warnings += wanted.leaks(rows: table.rows)
        if Set(wanted.indexes.map(\.suffix)).count < wanted.indexes.count { plan.blockers.append(.badIndex(wanted.name)) }
    }

    private mutating func judgeTriggers() {
        let names = request.columns.map { $0.name.lowercased() }
        for trigger in table.userTriggers {
            let fires =
                trigger.event.firesOnUpdate
                && (trigger.event.columns.isEmpty || trigger.event.columns.contains { names.contains($0.lowercased()) })
            if fires, request.mode == .online {
                if request.firesTriggers { plan.warnings.append(.triggersFire(trigger.name)) } else { plan.blockers.append(.trigger(trigger.name)) }
            }
            let tokens = SQLiteTokens(trigger.definition)
            for column in request.columns where tokens.uses(column.name) {
                plan.warnings.append(.sqlite(.triggerReads(trigger.name, column: column.name)))
            }
        }
    }
}

extension SQLitePlanner {
    /// Rows a second, roughly, on two cores of a virtual machine: for a first idea only.
    private static let rate = 50_000.0

    fileprivate mutating func estimate() {
        let rows = table.rows
        plan.estimate.rows = rows
        // A cell in its text form: the prefix, and base64 of the value with its 36 bytes of header, nonce and tag.
        let more = request.columns.reduce(0) { sum, column in
            guard column.protection == .envelope else { return sum }
            let width = table.widths[column.name] ?? 16
            return sum + 8 + ((width + 36) * 4 + 2) / 3 - width
        }
        let companions = request.columns.flatMap(\.companions)
        let added = companions.reduce(0) { $0 + ($1.type == .integer ? 9 : 33) }
        let indexes = companions.filter(\.isIndexed).reduce(0) { $0 + rows * ($1.isUnique ? 44 : 16) }
        let extra = rows * (more + added) + indexes
        plan.estimate.extraBytes = extra
        plan.estimate.seconds = Double(rows) / Swift.min(Self.rate, Double(request.rate ?? .max))
        let size = table.pageCount * table.pageSize
        // In a window the journal holds every page that is changed; VACUUM then makes a copy, and journals it.
        plan.warnings.append(.sqlite(.needsRoom(bytes: request.mode == .online ? extra : extra + 2 * (size + extra))))
    }

    fileprivate func steps() -> [SealPlan.Step] {
        let names = request.columns.map(\.name)
        var steps: [SealPlan.Step] = request.columns.flatMap { wanted in
            wanted.companions.map { .addCompanion(column: $0.name, of: wanted.name, type: $0.sqliteType) }
        }
        steps.append(.sealRows(columns: names, batch: request.batch))
        for companion in request.columns.flatMap(\.companions) where companion.isIndexed {
            steps.append(.createIndex(on: companion.name, isUnique: companion.isUnique))
        }
        steps += table.indexesToDrop(request).map { .dropIndex($0.name) }
        if request.enforce { steps += names.map { .enforce(column: $0) } }
        if request.mode == .rewrite { steps.append(.copyTable(columns: names)) }
        return steps + [.verify]
    }

    fileprivate func remanence() -> [SealPlan.Remanence] {
        var places: [SealPlan.Remanence] = request.mode == .online ? [.sqlite(.freePages)] : []
        places.append(.sqlite(table.journalMode.lowercased() == "wal" ? .writeAheadLog : .journal))
        return places + [.backups]
    }
}
