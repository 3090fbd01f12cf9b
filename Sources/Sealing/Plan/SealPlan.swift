package import Cryptography

/// The judgement on a ``SealRequest``: what would be done, what stands against it, what to know before. Names of the catalogue only, no value.
package struct SealPlan: Sendable, Hashable {
    package var steps: [Step] = []
    /// Nothing is done while there is one.
    package var blockers: [Blocker] = []
    package var warnings: [Warning] = []
    package var remanence: [Remanence] = []
    package var estimate = Estimate()

    package var isPossible: Bool { blockers.isEmpty }

    package enum Step: Sendable, Hashable {
        /// Only the catalogue changes, in milliseconds.
        case widen(column: String, from: String, to: String)
        /// The column gets another type with the new table.
        case retype(column: String, from: String, to: String)
        case addCompanion(column: String, of: String, type: String)
        case sealRows(columns: [String], batch: Int)
        case copyTable(columns: [String])
        case createIndex(on: String, isUnique: Bool)
        case dropIndex(String)
        case swapTables
        case enforce(column: String)
        case verify
        case analyse
    }

    package enum Blocker: Sendable, Hashable {
        case serverTooOld(version: Int)
        case notATable(TableSnapshot.Kind)
        case noSuchColumn(String)
        case noColumns
        case columnTwice(String)
        case noPrimaryKey
        case columnInPrimaryKey(String)
        case generatedColumn(String)
        case feedsGeneratedColumn(String, generated: String)
        case viewUses(String, view: String)
        case checkConstraint(String, constraint: String)
        case foreignKey(String, constraint: String, table: String?)
        case exclusionConstraint(String, constraint: String)
        case uniqueWithoutIndex(String, constraint: String)
        case partitionKey(String)
        case partition
        case partitioned
        case inheritance
        case typeNeedsRewrite(String, type: String)
        /// A value of the same form can only stand in a column of text.
        case formNeedsText(String, type: String)
        case uniqueFormPreserving(String, index: String)
        case enforceFormPreserving(String)
        case identity(String)
        case trigger(String)
        case policyUses(String, policy: String)
        case notOwner
        case cannotRead
        case cannotCreateState
        case rowSecurity
        case readOnlyReplica
        case readOnly
        case nameTaken(String)
        case nameTooLong(String)
        case badIndex(String)
        case defaultWithEnforce(String)
        case lookalike(String)
        case rewriteReferenced(table: String)
        case alreadySealedRewrite(String)
        case sqlite(SQLiteBlocker)
        // MySQL and MariaDB.
        case serverUnfit(String, needed: String)
        case otherEngine(String)
        case systemVersioned
        case rowFormat(String)
        case fullText(String)
        case statementLog
        case missingRights(String)
        case keyIsPrefix
        case keyType(String, type: String)
        case characterSet(String, String)
        case typeUnsupported(String, type: String)
        case uniquePrefix(String, index: String)
        case rowTooLarge(bytes: Int)
        case rewriteForeignKey(String)
        case rewriteTrigger(String)
        case rewriteCheck(String)
        case rewriteOption(String)
    }

    package enum Warning: Sendable, Hashable {
        case plainIndexBecomesUseless(index: String, column: String)
        case uniquenessMoves(constraint: String, column: String)
        case hasDefault(String)
        case view(String, column: String)
        case published(String)
        case neverAnalysed
        case unlogged
        case freeSpaceUnknown(bytes: Int)
        case triggersFire(String)
        case primaryKeyIsBound
        /// What whoever has a copy of the table learns from an index.
        case indexLeaks(column: String, BlindIndexLeak)
        case formPreserving(column: String)
        case extendedStatistics(String, column: String)
        case unsealRewrites(column: String, type: String)
        case exclusiveWindow
        case sqlite(SQLiteWarning)
        // MySQL and MariaDB.
        case writersWait
        case replicasNotWatched
        case keysInProgress
        case enforceCopies(String)
    }

    /// Where plaintext stays behind after the last row is sealed.
    package enum Remanence: Sendable, Hashable {
        case deadTuples
        case writeAheadLog
        case archivedWAL
        case replicas(count: Int)
        case replicationSlots(count: Int)
        case statistics
        case backups
        case serverLog
        case deletedFiles
        case sqlite(SQLiteRemanence)
        // MySQL and MariaDB.
        case innodbPages
        case redoLog
        case binaryLog
        case mySQLReplicas(count: Int)
    }

    package struct Estimate: Sendable, Hashable {
        package var rows: Int?
        /// Of the heap and its indexes, afterwards, before VACUUM takes the dead rows away.
        package var extraBytes: Int?
        package var writeAheadLogBytes: Int?
        package var seconds: Double?
    }
}
