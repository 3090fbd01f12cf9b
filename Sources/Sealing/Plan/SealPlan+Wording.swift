import Cryptography

extension SealPlan.Blocker: CustomStringConvertible {
    /// What is wrong, and how to mend it.
    package var description: String {
        switch self {
        case .serverTooOld(let version): "PostgreSQL \(version / 10_000) can't read a table by ranges of pages: 14 or newer is needed"
        case .notATable(let kind): "this is not a table (\(kind)): name the table that holds the rows"
        case .noSuchColumn(let column): "there is no column \(column)"
        case .noColumns: "no column was named"
        case .columnTwice(let column): "\(column) was named twice"
        case .noPrimaryKey: "the table has no primary key, to which sealed cells are bound: add one"
        case .columnInPrimaryKey(let column):
            "\(column) is part of the primary key: add another key (a number of no meaning), and seal the column then"
        case .generatedColumn(let column): "\(column) is generated: seal the columns that it is made of, and drop it"
        case .feedsGeneratedColumn(let column, let generated): "the generated column \(generated) is made of \(column): drop \(generated) first"
        case .viewUses(let column, let view): "\(view) uses \(column), whose type has to change: drop it, and create it again afterwards"
        case .checkConstraint(let column, let name):
            "the check constraint \(name) looks into \(column): drop it; what it checks can't be read any more"
        case .foreignKey(let column, let name, let table):
            "the foreign key \(name)\(table.map { " of \($0)" } ?? "") uses \(column): let it lead to a key of no meaning"
        case .exclusionConstraint(let column, let name): "the exclusion constraint \(name) uses \(column): drop it"
        case .uniqueWithoutIndex(let column, let name):
            "\(name) keeps \(column) unique, which sealed values always are: ask for \(column):index=unique, so that it goes on, or drop it"
        case .partitionKey(let column): "the table is partitioned by \(column): partition it by something else"
        case .partition: "this is a partition: seal the whole table"
        case .partitioned: "the table is partitioned, which isn't supported yet"
        case .inheritance: "other tables inherit from this one, which isn't supported: detach them"
        case .typeNeedsRewrite(let column, let type):
            "\(column) is \(type): changing its type writes the table anew; take --mode rewrite, in a window"
        case .formNeedsText(let column, let type): "\(column) is \(type): only values of text can be replaced by others of the same form"
        case .uniqueFormPreserving(let column, let index):
            "\(index) keeps \(column) unique: half of the values sealed and half not, two may be equal by chance; drop it, and create it again afterwards"
        case .enforceFormPreserving(let column):
            "\(column) is to keep its form: a constraint can't tell its sealed values from plain ones, so --enforce is of no use"
        case .identity(let column): "\(column) is an identity column"
        case .trigger(let name): "the trigger \(name) would fire for every row: drop it, allow it with --fire-triggers, or take --mode rewrite"
        case .policyUses(let column, let policy): "the policy \(policy) looks into \(column): drop it"
        case .notOwner: "the account doesn't own the table, and may not change its columns: use the owner's account"
        case .cannotRead: "the account may not read the table: grant it SELECT and UPDATE"
        case .cannotCreateState: "the account may not create the schema suwen, where progress is kept: grant it CREATE on the database"
        case .rowSecurity: "row security hides rows from the account: use the owner's account, or one with BYPASSRLS"
        case .readOnlyReplica: "this server is a replica: seal on its primary"
        case .readOnly: "the database is read-only (default_transaction_read_only)"
        case .nameTaken(let name): "there is a column \(name) already"
        case .nameTooLong(let name): "the name \(name) is longer than 63 bytes: rename the column"
        case .badIndex(let column): "an index of \(column) asks for other than 1…63 bits, or for other than 1…16 characters"
        case .defaultWithEnforce(let column): "\(column) has a default, which --enforce would refuse: drop the default"
        case .lookalike(let column):
            "\(column) holds values that look like envelopes, and no run has sealed it: clear them up, or the run's state is lost"
        case .rewriteReferenced(let table): "\(table) refers to this table by a foreign key: take --mode online"
        case .alreadySealedRewrite(let column): "\(column) is sealed, or a run has begun with it: take --mode online, which goes on where it was"
        case .sqlite(let blocker): blocker.description
        case .serverUnfit(let server, let needed): "\(server) lacks what sealing needs: \(needed) or newer"
        case .otherEngine(let engine): "the table's engine is \(engine), which can't undo: ALTER TABLE … ENGINE = InnoDB first"
        case .systemVersioned: "the table keeps the history of its rows, in plaintext: DROP SYSTEM VERSIONING first"
        case .rowFormat(let format): "the row format \(format) lets no column be added online: take --mode rewrite"
        case .fullText(let index): "beside the full-text index \(index) no column can be added online: drop it, or take --mode rewrite"
        case .statementLog: "binlog_format is STATEMENT, which can't log changes of single rows: set MIXED or ROW"
        case .missingRights(let rights): "the account lacks rights on the database: GRANT \(rights)"
        case .keyIsPrefix: "the primary key holds only the beginning of a column: make one of whole columns"
        case .keyType(let column, let type):
            "\(column) of the primary key is \(type), which can't be compared with its text: add a key of another type"
        case .characterSet(let column, let set): "\(column) has the character set \(set), whose text isn't ASCII: convert it to utf8mb4"
        case .typeUnsupported(let column, let type): "\(column) is \(type), which can't be sealed"
        case .uniquePrefix(let column, let index):
            "\(index) keeps the beginning of \(column) unique, and all sealed values begin alike: drop it, and ask for \(column):index=unique"
        case .rowTooLarge(let bytes):
            "a row's columns would have \(bytes) bytes at most, and the server takes 65,535: make texts of the longest (ALTER TABLE … MODIFY … text)"
        case .rewriteForeignKey(let name): "the foreign key \(name) doesn't follow to a new table: take --mode online"
        case .rewriteTrigger(let name):
            "the trigger \(name) doesn't follow to a new table: drop it, and create it again afterwards, or take --mode online"
        case .rewriteCheck(let name):
            "the check constraint \(name) would get another name: drop it, and add it again afterwards, or take --mode online"
        case .rewriteOption(let option): "\(option) doesn't follow to a new table: take --mode online"
        }
    }
}

extension SealPlan.Warning: CustomStringConvertible {
    package var description: String {
        switch self {
        case .plainIndexBecomesUseless(let index, let column): "\(index) is of no use once \(column) is sealed, and is dropped at the end"
        case .uniquenessMoves(let constraint, let column): "\(constraint) is dropped at the end; the index of \(column) keeps it unique"
        case .hasDefault(let column): "\(column) has a default, in plaintext: rows that come in with it have to be sealed by another run"
        case .view(let view, let column): "\(view) will show \(column) sealed"
        case .published(let name): "the publication \(name) sends the table on: widen the subscribers' columns first"
        case .neverAnalysed: "the table was never analysed: estimates are missing (ANALYZE)"
        case .unlogged: "the table is unlogged: a crash of the server empties it, as before"
        case .freeSpaceUnknown(let bytes): "about \(bytes >> 20) MiB more are needed; how much room the server has can't be asked: look with df"
        case .triggersFire(let name): "the trigger \(name) fires for every row that is sealed"
        case .primaryKeyIsBound: "a row whose primary key changes doesn't open any more: seal it anew then"
        case .indexLeaks(let column, let index, let rows): Self.leak(column, index, rows)
        case .formPreserving(let column):
            "sealed values of \(column) look like plain ones; whoever reads the table sees which are equal, and how often each occurs"
        case .extendedStatistics(let name, let column): "the statistics object \(name) keeps values of \(column): drop it, or run ANALYZE"
        case .unsealRewrites(let column, let type): "unsealing gives \(column) its type \(type) back, which writes the table anew"
        case .exclusiveWindow: "nobody else can read or write the table while it is written anew"
        case .sqlite(let warning): warning.description
        case .writersWait: "nobody can write to the table while it is written anew; readers go on"
        case .replicasNotWatched: "how far replicas lag behind can't be seen here: look on them, and bound the load with --rate and --batch"
        case .keysInProgress: "until the run ends, the table suwen_seal_progress holds the primary key where it stands"
        case .enforceCopies(let column):
            "MySQL copies the table for the constraint on \(column), and lets nobody write meanwhile: leave --enforce out, or do it in a window"
        }
    }

    private static func leak(_ column: String, _ index: BlindIndexDefinition, _ rows: Double?) -> String {
        let shared = rows.map { " (about \(($0 * 10).rounded() / 10) rows share one)" } ?? ""
        guard case .bits(let bits) = index.width else {
            return
                "whoever reads the table sees which rows of \(column) are equal (none, as it is unique), and recognises a value in two copies of the table"
        }
        return switch index.part {
        case .whole: "whoever reads the table sees which rows of \(column) may be equal, by \(bits) bits\(shared)"
        case .suffix(let characters):
            "whoever reads the table sees which rows of \(column) may end alike, by \(bits) bits of \(characters) characters\(shared)"
        case .prefix(let characters):
            "whoever reads the table sees which rows of \(column) may begin alike, by \(bits) bits of \(characters) characters\(shared)"
        }
    }
}

extension SealPlan.Remanence {
    package var description: String {
        switch self {
        case .deadTuples: "the table's files keep the old versions of rows until they are written over"
        case .writeAheadLog: "the write-ahead log keeps them until it is recycled"
        case .archivedWAL: "the archive of the write-ahead log keeps them as long as it lasts"
        case .replicas(let count): "\(count) replicas keep them as this server does"
        case .replicationSlots(let count): "\(count) replication slots hold the write-ahead log back"
        case .statistics: "the planner's statistics quote frequent values (pg_stats)"
        case .backups: "backups made before hold everything in plaintext"
        case .serverLog: "the server's log may quote statements with values"
        case .deletedFiles: "the old rows' files are deleted, and the disk keeps their blocks until they are written over"
        case .sqlite(let place): place.description
        case .innodbPages: "pages of the table's file, undo logs and the doublewrite buffer keep old versions of rows until they are written over"
        case .redoLog: "the redo log keeps changed pages until it has gone round"
        case .binaryLog: "the binary log holds each changed row, as it was and as it is"
        case .mySQLReplicas(let count): "\(count) replicas keep them as this server does, and relay logs besides"
        }
    }

    /// What clears it.
    package func mend(table: String) -> String {
        switch self {
        case .deadTuples: "VACUUM (FULL, ANALYZE) \(table); -- locks the table; then fstrim, or overwrite the free space of the disk"
        case .writeAheadLog: "CHECKPOINT; SELECT pg_switch_wal(); CHECKPOINT;"
        case .archivedWAL: "make a new base backup, and delete the archived segments before it"
        case .replicas: "nothing to do on them: VACUUM FULL and the log reach them; look at their disks as well"
        case .replicationSlots: "SELECT slot_name, restart_lsn FROM pg_replication_slots; -- drop those that nobody reads"
        case .statistics: "ANALYZE \(table);"
        case .backups: "make a new backup, and delete or seal the older ones"
        case .serverLog: "look through the log for statements on the table, and delete it when its time is up"
        case .deletedFiles: "fstrim, or overwrite the free space of the disk"
        case .sqlite(let place): place.mend
        case .innodbPages: "OPTIMIZE TABLE \(table); -- writes the table anew; then fstrim, or overwrite the free space of the disk"
        case .redoLog:
            "SET GLOBAL innodb_log_file_size (MariaDB 10.9) or innodb_redo_log_capacity (MySQL 8.0.30) to another size, and back; or wait until it has gone round"
        case .binaryLog: "FLUSH BINARY LOGS; PURGE BINARY LOGS BEFORE NOW(); -- once the replicas have read them"
        case .mySQLReplicas: "do the same on each: OPTIMIZE TABLE, PURGE BINARY LOGS"
        }
    }
}
