import Cryptography
import Findings
import Regulations
import Sealing
import Testing

@Suite("The words of a plan")
struct PlanWordingTests {
    @Test("Everything that a plan can say has words in Chinese and English")
    func words() throws {
        let wording = try Catalogue.load().wording
        let blockers: [SealPlan.Blocker] = [
            .serverTooOld(version: 1), .notATable(.view), .noSuchColumn("x"), .noColumns, .columnTwice("x"), .noPrimaryKey,
            .columnInPrimaryKey("x"), .generatedColumn("x"), .feedsGeneratedColumn("x", generated: "x"), .viewUses("x", view: "x"),
            .checkConstraint("x", constraint: "x"), .foreignKey("x", constraint: "x", table: "x"), .exclusionConstraint("x", constraint: "x"),
            .uniqueWithoutIndex("x", constraint: "x"), .partitionKey("x"), .partition, .partitioned, .inheritance,
            .typeNeedsRewrite("x", type: "x"), .formNeedsText("x", type: "x"), .uniqueFormPreserving("x", index: "x"),
            .enforceFormPreserving("x"), .identity("x"), .trigger("x"), .policyUses("x", policy: "x"), .notOwner, .cannotRead,
            .cannotCreateState, .rowSecurity, .readOnlyReplica, .readOnly, .nameTaken("x"), .nameTooLong("x"), .badIndex("x"),
            .defaultWithEnforce("x"), .lookalike("x"), .rewriteReferenced(table: "x"), .alreadySealedRewrite("x"),
            .serverUnfit("x", needed: "x"), .otherEngine("x"), .systemVersioned, .rowFormat("x"), .fullText("x"), .statementLog,
            .missingRights("x"), .keyIsPrefix, .keyType("x", type: "x"), .characterSet("x", "x"), .typeUnsupported("x", type: "x"),
            .uniquePrefix("x", index: "x"), .rowTooLarge(bytes: 1), .rewriteForeignKey("x"), .rewriteTrigger("x"), .rewriteCheck("x"),
            .rewriteOption("x"), .sqlite(.libraryTooOld(version: 1)), .sqlite(.readOnlyFile), .sqlite(.virtualTable),
            .sqlite(.fullTextTable("x", column: "x")), .sqlite(.nullInKey("x")), .sqlite(.strictNumber("x", type: "x")),
            .sqlite(.uniqueByOtherRules("x", index: "x")),
        ]
        let warnings: [SealPlan.Warning] = [
            .plainIndexBecomesUseless(index: "x", column: "x"), .uniquenessMoves(constraint: "x", column: "x"), .hasDefault("x"),
            .view("x", column: "x"), .published("x"), .neverAnalysed, .unlogged, .freeSpaceUnknown(bytes: 1), .triggersFire("x"),
            .primaryKeyIsBound, .indexLeaks(column: "x", .groups(index: "x", bits: 3, rowsPerGroup: 2.5)), .formPreserving(column: "x"),
            .extendedStatistics("x", column: "x"), .unsealRewrites(column: "x", type: "x"), .exclusiveWindow, .writersWait,
            .replicasNotWatched, .keysInProgress, .enforceCopies("x"), .sqlite(.insertsNeedNames), .sqlite(.needsRoom(bytes: 1)),
            .sqlite(.numbersBecomeBytes("x")), .sqlite(.triggerReads("x", column: "x")), .sqlite(.constraintStays("x", column: "x")),
            .sqlite(.rowNumbersChange), .sqlite(.writersWait), .indexLeaks(column: "x", .recognisableAcrossCopies(index: "x")),
            .indexLeaks(column: "x", .equality(index: "x")), .indexLeaks(column: "x", .frequencies(index: "x")),
            .indexLeaks(column: "x", .partOfValue(index: "x")), .indexLeaks(column: "x", .combinationIdentifies(bits: 30, safe: 21)),
            .indexLeaks(column: "x", .manyFalsePositives(bits: 3, atLeast: 12)),
        ]
        let steps: [SealPlan.Step] = [
            .widen(column: "x", from: "x", to: "x"), .retype(column: "x", from: "x", to: "x"), .addCompanion(column: "x", of: "x", type: "x"),
            .sealRows(columns: ["x"], batch: 1), .copyTable(columns: ["x"]), .createIndex(on: "x", isUnique: true), .dropIndex("x"),
            .swapTables, .enforce(column: "x"), .verify, .analyse,
        ]
        let places: [SealPlan.Remanence] = [
            .deadTuples, .writeAheadLog, .archivedWAL, .replicas(count: 1), .replicationSlots(count: 1), .statistics, .backups, .serverLog,
            .deletedFiles, .innodbPages, .redoLog, .binaryLog, .mySQLReplicas(count: 1), .sqlite(.freePages), .sqlite(.writeAheadLog),
            .sqlite(.journal),
        ]
        let messages =
            blockers.map(\.message) + warnings.map(\.message) + steps.map(\.message) + places.map(\.message) + places.map { $0.mend(table: "t") }
        for message in messages { #expect(wording.missingKeys(message) == []) }
        #expect(messages.count > 100 && Set(messages.map(\.key)).count > 95)
    }
}
