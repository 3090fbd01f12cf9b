import Cryptography
package import Findings

// What a plan says: keys of the catalogue's wording, and names of the database's catalogue; no value.

extension SealPlan.Blocker {
    /// What is wrong, and how to mend it.
    package var message: Message {
        switch self {
        case .serverTooOld(let version): Message("sealing.blocker.server-too-old", ["version": .count(version / 10_000)])
        case .notATable(let kind): Message("sealing.blocker.not-a-table", ["kind": .term("sealing.relation.\(kind)")])
        case .noSuchColumn(let column): Message("sealing.blocker.no-such-column", ["column": .text(column)])
        case .noColumns: Message("sealing.blocker.no-columns")
        case .columnTwice(let column): Message("sealing.blocker.column-twice", ["column": .text(column)])
        case .noPrimaryKey: Message("sealing.blocker.no-primary-key")
        case .columnInPrimaryKey(let column): Message("sealing.blocker.column-in-primary-key", ["column": .text(column)])
        case .generatedColumn(let column): Message("sealing.blocker.generated-column", ["column": .text(column)])
        case .feedsGeneratedColumn(let column, let generated):
            Message("sealing.blocker.feeds-generated-column", ["column": .text(column), "generated": .text(generated)])
        case .viewUses(let column, let view): Message("sealing.blocker.view-uses", ["column": .text(column), "view": .text(view)])
        case .checkConstraint(let column, let name): Message("sealing.blocker.check-constraint", ["column": .text(column), "name": .text(name)])
        case .foreignKey(let column, let name, let table):
            Message(
                "sealing.blocker.foreign-key", ["column": .text(column), "name": .text(name), "table": table.map { .text(" (\($0))") } ?? .text("")])
        case .exclusionConstraint(let column, let name):
            Message("sealing.blocker.exclusion-constraint", ["column": .text(column), "name": .text(name)])
        case .uniqueWithoutIndex(let column, let name):
            Message("sealing.blocker.unique-without-index", ["column": .text(column), "name": .text(name)])
        case .partitionKey(let column): Message("sealing.blocker.partition-key", ["column": .text(column)])
        case .partition: Message("sealing.blocker.partition")
        case .partitioned: Message("sealing.blocker.partitioned")
        case .inheritance: Message("sealing.blocker.inheritance")
        case .typeNeedsRewrite(let column, let type): Message("sealing.blocker.type-needs-rewrite", ["column": .text(column), "type": .text(type)])
        case .formNeedsText(let column, let type): Message("sealing.blocker.form-needs-text", ["column": .text(column), "type": .text(type)])
        case .uniqueFormPreserving(let column, let index):
            Message("sealing.blocker.unique-form-preserving", ["column": .text(column), "index": .text(index)])
        case .enforceFormPreserving(let column): Message("sealing.blocker.enforce-form-preserving", ["column": .text(column)])
        case .identity(let column): Message("sealing.blocker.identity", ["column": .text(column)])
        case .trigger(let name): Message("sealing.blocker.trigger", ["name": .text(name)])
        case .policyUses(let column, let policy): Message("sealing.blocker.policy-uses", ["column": .text(column), "policy": .text(policy)])
        case .notOwner: Message("sealing.blocker.not-owner")
        case .cannotRead: Message("sealing.blocker.cannot-read")
        case .cannotCreateState: Message("sealing.blocker.cannot-create-state")
        case .rowSecurity: Message("sealing.blocker.row-security")
        case .readOnlyReplica: Message("sealing.blocker.read-only-replica")
        case .readOnly: Message("sealing.blocker.read-only")
        case .nameTaken(let name): Message("sealing.blocker.name-taken", ["name": .text(name)])
        case .nameTooLong(let name): Message("sealing.blocker.name-too-long", ["name": .text(name)])
        case .badIndex(let column): Message("sealing.blocker.bad-index", ["column": .text(column)])
        case .defaultWithEnforce(let column): Message("sealing.blocker.default-with-enforce", ["column": .text(column)])
        case .lookalike(let column): Message("sealing.blocker.lookalike", ["column": .text(column)])
        case .rewriteReferenced(let table): Message("sealing.blocker.rewrite-referenced", ["table": .text(table)])
        case .alreadySealedRewrite(let column): Message("sealing.blocker.already-sealed-rewrite", ["column": .text(column)])
        case .serverUnfit(let server, let needed): Message("sealing.blocker.server-unfit", ["server": .text(server), "needed": .text(needed)])
        case .otherEngine(let engine): Message("sealing.blocker.other-engine", ["engine": .text(engine)])
        case .systemVersioned: Message("sealing.blocker.system-versioned")
        case .rowFormat(let format): Message("sealing.blocker.row-format", ["format": .text(format)])
        case .fullText(let index): Message("sealing.blocker.full-text", ["index": .text(index)])
        case .statementLog: Message("sealing.blocker.statement-log")
        case .missingRights(let rights): Message("sealing.blocker.missing-rights", ["rights": .text(rights)])
        case .keyIsPrefix: Message("sealing.blocker.key-is-prefix")
        case .keyType(let column, let type): Message("sealing.blocker.key-type", ["column": .text(column), "type": .text(type)])
        case .characterSet(let column, let set): Message("sealing.blocker.character-set", ["column": .text(column), "set": .text(set)])
        case .typeUnsupported(let column, let type): Message("sealing.blocker.type-unsupported", ["column": .text(column), "type": .text(type)])
        case .uniquePrefix(let column, let index): Message("sealing.blocker.unique-prefix", ["column": .text(column), "index": .text(index)])
        case .rowTooLarge(let bytes): Message("sealing.blocker.row-too-large", ["bytes": .count(bytes)])
        case .rewriteForeignKey(let name): Message("sealing.blocker.rewrite-foreign-key", ["name": .text(name)])
        case .rewriteTrigger(let name): Message("sealing.blocker.rewrite-trigger", ["name": .text(name)])
        case .rewriteCheck(let name): Message("sealing.blocker.rewrite-check", ["name": .text(name)])
        case .rewriteOption(let option): Message("sealing.blocker.rewrite-option", ["option": .text(option)])
        case .sqlite(let blocker): blocker.message
        }
    }
}

extension SealPlan.Warning {
    package var message: Message {
        switch self {
        case .plainIndexBecomesUseless(let index, let column):
            Message("sealing.warning.plain-index-useless", ["index": .text(index), "column": .text(column)])
        case .uniquenessMoves(let constraint, let column):
            Message("sealing.warning.uniqueness-moves", ["constraint": .text(constraint), "column": .text(column)])
        case .hasDefault(let column): Message("sealing.warning.has-default", ["column": .text(column)])
        case .view(let view, let column): Message("sealing.warning.view", ["view": .text(view), "column": .text(column)])
        case .published(let name): Message("sealing.warning.published", ["name": .text(name)])
        case .neverAnalysed: Message("sealing.warning.never-analysed")
        case .unlogged: Message("sealing.warning.unlogged")
        case .freeSpaceUnknown(let bytes): Message("sealing.warning.free-space-unknown", ["bytes": .bytes(bytes)])
        case .triggersFire(let name): Message("sealing.warning.triggers-fire", ["name": .text(name)])
        case .primaryKeyIsBound: Message("sealing.warning.primary-key-bound")
        case .formPreserving(let column): Message("sealing.warning.form-preserving", ["column": .text(column)])
        case .extendedStatistics(let name, let column):
            Message("sealing.warning.extended-statistics", ["name": .text(name), "column": .text(column)])
        case .unsealRewrites(let column, let type): Message("sealing.warning.unseal-rewrites", ["column": .text(column), "type": .text(type)])
        case .exclusiveWindow: Message("sealing.warning.exclusive-window")
        case .writersWait: Message("sealing.warning.writers-wait")
        case .replicasNotWatched: Message("sealing.warning.replicas-not-watched")
        case .keysInProgress: Message("sealing.warning.keys-in-progress")
        case .enforceCopies(let column): Message("sealing.warning.enforce-copies", ["column": .text(column)])
        case .indexLeaks(let column, let leak): leak.message(column: column)
        case .sqlite(let warning): warning.message
        }
    }
}

extension BlindIndexLeak {
    fileprivate func message(column: String) -> Message {
        var facts = ["index": Fact.text(column)]
        switch self {
        case .groups(_, let bits, let rows):
            facts["bits"] = .count(bits)
            facts["rows"] = .text(rows < 10 ? "\((rows * 10).rounded() / 10)" : "\(Int(rows.rounded()))")
        case .combinationIdentifies(let bits, let safe): (facts["bits"], facts["safe"]) = (.count(bits), .count(safe))
        case .manyFalsePositives(let bits, let atLeast): (facts["bits"], facts["atLeast"]) = (.count(bits), .count(atLeast))
        case .recognisableAcrossCopies, .equality, .frequencies, .partOfValue: break
        }
        return Message(messageKey, facts)
    }
}

extension SealPlan.Step {
    package var message: Message {
        switch self {
        case .widen(let column, let from, let to), .retype(let column, let from, let to):
            Message("sealing.step.retype", ["column": .text(column), "from": .text(from), "to": .text(to)])
        case .addCompanion(let column, let source, let type):
            Message("sealing.step.add-companion", ["column": .text(column), "source": .text(source), "type": .text(type)])
        case .sealRows(let columns, let batch):
            Message("sealing.step.seal-rows", ["columns": .list(columns.map { .text($0) }), "batch": .count(batch)])
        case .copyTable(let columns): Message("sealing.step.copy-table", ["columns": .list(columns.map { .text($0) })])
        case .createIndex(let column, let isUnique):
            Message("sealing.step.create-index", ["column": .text(column), "kind": .term(isUnique ? "sealing.index.unique" : "sealing.index.plain")])
        case .dropIndex(let name): Message("sealing.step.drop-index", ["name": .text(name)])
        case .swapTables: Message("sealing.step.swap-tables")
        case .enforce(let column): Message("sealing.step.enforce", ["column": .text(column)])
        case .verify: Message("sealing.step.verify")
        case .analyse: Message("sealing.step.analyse")
        }
    }
}

extension SealPlan.Remanence {
    /// Where plaintext stays.
    package var message: Message {
        switch self {
        case .deadTuples: Message("sealing.remanence.dead-tuples")
        case .writeAheadLog: Message("sealing.remanence.write-ahead-log")
        case .archivedWAL: Message("sealing.remanence.archived-wal")
        case .replicas(let count): Message("sealing.remanence.replicas", ["count": .count(count)])
        case .replicationSlots(let count): Message("sealing.remanence.replication-slots", ["count": .count(count)])
        case .statistics: Message("sealing.remanence.statistics")
        case .backups: Message("sealing.remanence.backups")
        case .serverLog: Message("sealing.remanence.server-log")
        case .deletedFiles: Message("sealing.remanence.deleted-files")
        case .innodbPages: Message("sealing.remanence.innodb-pages")
        case .redoLog: Message("sealing.remanence.redo-log")
        case .binaryLog: Message("sealing.remanence.binary-log")
        case .mySQLReplicas(let count): Message("sealing.remanence.mysql-replicas", ["count": .count(count)])
        case .sqlite(let place): place.message
        }
    }

    /// What clears it.
    package func mend(table: String) -> Message {
        Message(message.key.replacing("sealing.remanence.", with: "sealing.mend."), ["table": .text(table)])
    }
}
