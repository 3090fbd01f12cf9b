import Cryptography

/// Judges a request by what the catalogue says. Pure: it asks nothing of the server.
package struct SealPlanner {
    private let request: SealRequest
    private let table: TableSnapshot
    private var plan = SealPlan()

    package static func plan(_ request: SealRequest, on table: TableSnapshot) -> SealPlan {
        var planner = SealPlanner(request: request, table: table)
        planner.judge()
        return planner.plan
    }

    private init(request: SealRequest, table: TableSnapshot) {
        self.request = request
        self.table = table
    }

    private mutating func judge() {
        judgeServer()
        judgeTable()
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
            judgeProtection(column, wanted)
            judgeConstraints(column, wanted)
            judgeDependents(column, wanted)
            judgeIndexes(column, wanted)
        }
        if request.columns.isEmpty { plan.blockers.append(.noColumns) }
        judgeTriggers()
        estimate()
        plan.steps = plan.isPossible ? steps() : []
        plan.remanence = remanence()
    }

    private mutating func judgeServer() {
        if table.serverVersion < 140_000 { plan.blockers.append(.serverTooOld(version: table.serverVersion)) }
        if table.isReplica { plan.blockers.append(.readOnlyReplica) } else if table.isReadOnly { plan.blockers.append(.readOnly) }
        if !table.isOwner { plan.blockers.append(.notOwner) }
        if !table.canSelect { plan.blockers.append(.cannotRead) }
        if !table.hasStateSchema, !table.canCreateInDatabase { plan.blockers.append(.cannotCreateState) }
        if table.hasRowSecurity, !table.bypassesRowSecurity { plan.blockers.append(.rowSecurity) }
    }

    private mutating func judgeTable() {
        switch table.kind {
        case .table: break
        case .partitioned: plan.blockers.append(.partitioned)
        default: plan.blockers.append(.notATable(table.kind))
        }
        if table.isPartition {
            plan.blockers.append(.partition)
        } else if table.hasChildren, table.kind == .table {
            plan.blockers.append(.inheritance)
        }
        if table.primaryKey.isEmpty, table.kind == .table || table.kind == .partitioned { plan.blockers.append(.noPrimaryKey) }
        plan.warnings.append(.primaryKeyIsBound)
        plan.warnings += table.publications.map { .published($0) }
        if table.estimatedRows == nil { plan.warnings.append(.neverAnalysed) }
        if table.isUnlogged { plan.warnings.append(.unlogged) }
        guard request.mode == .rewrite else { return }
        plan.warnings.append(.exclusiveWindow)
        for constraint in table.constraints {
            if let other = constraint.referencing { plan.blockers.append(.rewriteReferenced(table: other)) }
        }
    }

    private mutating func judge(_ column: TableSnapshot.Column, _ wanted: SealColumn) {
        if table.primaryKey.contains(column.name) { plan.blockers.append(.columnInPrimaryKey(column.name)) }
        if table.partitionKey.contains(column.name) { plan.blockers.append(.partitionKey(column.name)) }
        if column.isGenerated { plan.blockers.append(.generatedColumn(column.name)) }
        if column.isIdentity { plan.blockers.append(.identity(column.name)) }
        if column.isInherited, !table.isPartition { plan.blockers.append(.inheritance) }
        if column.hasDefault {
            if request.enforce { plan.blockers.append(.defaultWithEnforce(column.name)) } else { plan.warnings.append(.hasDefault(column.name)) }
        }
        if table.lookalikes.contains(column.name) { plan.blockers.append(.lookalike(column.name)) }
        if request.mode == .rewrite, table.sealedColumns.contains(column.name) { plan.blockers.append(.alreadySealedRewrite(column.name)) }
    }

    private mutating func judgeProtection(_ column: TableSnapshot.Column, _ wanted: SealColumn) {
        let isWritable = ColumnForm(column, wanted.protection) != nil
        switch wanted.protection {
        case .envelope:
            if request.mode == .online, !isWritable { plan.blockers.append(.typeNeedsRewrite(column.name, type: column.declaration)) }
            if column.type != "text", column.type != "bytea" {
                plan.warnings.append(.unsealRewrites(column: column.name, type: column.declaration))
            }
        case .formatPreserving:
            if !isWritable { plan.blockers.append(.formNeedsText(column.name, type: column.declaration)) }
            if request.enforce { plan.blockers.append(.enforceFormPreserving(column.name)) }
            plan.warnings.append(.formPreserving(column: column.name))
        }
    }

    private mutating func judgeConstraints(_ column: TableSnapshot.Column, _ wanted: SealColumn) {
        for constraint in table.constraints where constraint.columns.contains(column.name) {
            switch constraint.kind {
            case .foreignKey: plan.blockers.append(.foreignKey(column.name, constraint: constraint.name, table: constraint.referencing))
            case .check where !isOurs(constraint): plan.blockers.append(.checkConstraint(column.name, constraint: constraint.name))
            case .exclusion: plan.blockers.append(.exclusionConstraint(column.name, constraint: constraint.name))
            case .check, .unique, .primaryKey, .trigger: break
            }
        }
        for (policy, columns) in table.policies.sorted(by: { $0.key < $1.key }) where columns.contains(column.name) {
            plan.blockers.append(.policyUses(column.name, policy: policy))
        }
        for (name, columns) in table.extendedStatistics.sorted(by: { $0.key < $1.key }) where columns.contains(column.name) {
            plan.warnings.append(.extendedStatistics(name, column: column.name))
        }
    }

    private func isOurs(_ constraint: TableSnapshot.Constraint) -> Bool {
        constraint.columns.count == 1 && constraint.columns.first.map { constraint.name == Enforcement.name(of: $0) } ?? false
    }

    private mutating func judgeDependents(_ column: TableSnapshot.Column, _ wanted: SealColumn) {
        for (generated, columns) in table.generated.sorted(by: { $0.key < $1.key }) where columns.contains(column.name) {
            plan.blockers.append(.feedsGeneratedColumn(column.name, generated: generated))
        }
        for (view, columns) in table.dependents.sorted(by: { $0.key < $1.key }) where columns.contains(column.name) {
            if column.type == "text" || column.type == "bytea" || wanted.hasMark {
                plan.warnings.append(.view(view, column: column.name))
            } else {
                plan.blockers.append(.viewUses(column.name, view: view))
            }
        }
    }

    private mutating func judgeIndexes(_ column: TableSnapshot.Column, _ wanted: SealColumn) {
        for index in table.indexes where index.columns.contains(column.name) && !index.isPrimary {
            if wanted.hasMark {
                // Half of the values sealed, half not: one may equal another by chance.
                if index.isUnique { plan.blockers.append(.uniqueFormPreserving(column.name, index: index.constraint ?? index.name)) }
            } else if index.isUnique, !(wanted.indexes.contains(.unique) && index.columns == [column.name]) {
                plan.blockers.append(.uniqueWithoutIndex(column.name, constraint: index.constraint ?? index.name))
            } else if let constraint = index.constraint {
                plan.warnings.append(.uniquenessMoves(constraint: constraint, column: column.name))
            } else {
                plan.warnings.append(.plainIndexBecomesUseless(index: index.name, column: column.name))
            }
        }
        for companion in wanted.companions {
            let name = companion.name
            if name.utf8.count > 63 { plan.blockers.append(.nameTooLong(name)) }
            if table.column(name) != nil, !table.sealedColumns.contains(column.name) { plan.blockers.append(.nameTaken(name)) }
            guard case .index(let index) = companion.role else { continue }
            if !index.isSound { plan.blockers.append(.badIndex(column.name)) }
        }
        plan.warnings += wanted.leaks(rows: table.estimatedRows)
        if Enforcement.name(of: column.name).utf8.count > 63 { plan.blockers.append(.nameTooLong(Enforcement.name(of: column.name))) }
        if Set(wanted.indexes.map(\.suffix)).count < wanted.indexes.count { plan.blockers.append(.badIndex(column.name)) }
    }

    private mutating func judgeTriggers() {
        guard request.mode == .online else { return }
        let names = Set(request.columns.map(\.name))
        for trigger in table.triggers where trigger.firesOnUpdate && (trigger.columns.isEmpty || !names.isDisjoint(with: trigger.columns)) {
            if request.firesTriggers { plan.warnings.append(.triggersFire(trigger.name)) } else { plan.blockers.append(.trigger(trigger.name)) }
        }
    }
}

extension SealPlanner {
    /// Rows a second, roughly, on two cores of a virtual machine: for a first idea only.
    private static let onlineRate = 50_000.0
    private static let rewriteRate = 150_000.0
    /// PostgreSQL's documentation, "Database Page Layout": header and line pointer of a row, aligned.
    private static let rowOverhead = 28

    /// Bytes of a cell in its text form: ``CellSealer``'s prefix, and base64 of the value with its 36 bytes of header, nonce and tag.
    private func sealedWidth(_ column: TableSnapshot.Column) -> Int {
        let width = column.averageWidth ?? 16
        return column.type == "bytea" ? width + 36 : 8 + ((width + 36) * 4 + 2) / 3
    }

    fileprivate mutating func estimate() {
        plan.estimate.rows = table.estimatedRows
        guard let rows = table.estimatedRows else { return }
        let names = Set(request.columns.map(\.name))
        let kept = table.columns.filter { !names.contains($0.name) }.reduce(0) { $0 + ($1.averageWidth ?? 8) }
        let sealed = table.columns.filter { names.contains($0.name) }.reduce(0) { $0 + sealedWidth($1) }
        let companions = request.columns.flatMap(\.companions).reduce(0) { $0 + ($1.type == .integer ? 8 : 33) }
        let heap = rows * (Self.rowOverhead + kept + sealed + companions)
        // An index entry: header of 8 bytes, the key, a line pointer of 4; pages are filled to nine tenths.
        let indexes = request.columns.flatMap(\.companions).filter(\.isIndexed).reduce(0) { $0 + rows * ($1.isUnique ? 50 : 22) }
        // Online, every row gets a new entry in each index beside the old one.
        let entries = table.indexBytes
        plan.estimate.extraBytes = heap + indexes + entries
        plan.estimate.writeAheadLogBytes = heap + indexes + entries + table.heapBytes / 4
        plan.estimate.seconds = Double(rows) / (request.mode == .online ? Swift.min(Self.onlineRate, Double(request.rate ?? .max)) : Self.rewriteRate)
        plan.warnings.append(.freeSpaceUnknown(bytes: 2 * heap + indexes + entries))
    }

    fileprivate func steps() -> [SealPlan.Step] {
        let names = request.columns.map(\.name)
        var steps: [SealPlan.Step] = []
        for wanted in request.columns {
            guard let column = table.column(wanted.name) else { continue }
            if column.type != "text", column.type != "bytea" {
                steps.append(
                    request.mode == .online
                        ? .widen(column: column.name, from: column.declaration, to: "text")
                        : .retype(column: column.name, from: column.declaration, to: "text"))
            }
            steps += wanted.companions.map { .addCompanion(column: $0.name, of: column.name, type: $0.postgreSQLType.name) }
        }
        steps.append(request.mode == .online ? .sealRows(columns: names, batch: request.batch) : .copyTable(columns: names))
        for wanted in request.columns {
            steps += wanted.companions.filter(\.isIndexed).map { .createIndex(on: $0.name, isUnique: $0.isUnique) }
        }
        steps += PostgreSQLState.indexesToDrop(request, table).map { .dropIndex($0.constraint ?? $0.name) }
        if request.mode == .rewrite { steps.append(.swapTables) }
        if request.enforce { steps += names.map { .enforce(column: $0) } }
        return steps + [.analyse, .verify]
    }

    fileprivate func remanence() -> [SealPlan.Remanence] {
        // A rewrite deletes the old files, which a disk may still hold; online, the old versions of rows lie in them.
        var places: [SealPlan.Remanence] = [request.mode == .online ? .deadTuples : .deletedFiles, .writeAheadLog]
        if table.archivesWAL { places.append(.archivedWAL) }
        if table.replicas > 0 { places.append(.replicas(count: table.replicas)) }
        if table.replicationSlots > 0 { places.append(.replicationSlots(count: table.replicationSlots)) }
        places += [.statistics, .backups, .serverLog]
        return places
    }
}
