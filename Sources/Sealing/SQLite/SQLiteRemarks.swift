/// What stands against sealing a table of SQLite, and only there.
package enum SQLiteBlocker: Sendable, Hashable, CustomStringConvertible {
    case libraryTooOld(version: Int)
    case readOnlyFile
    case virtualTable
    case fullTextTable(String, column: String)
    case nullInKey(String)
    case strictNumber(String, type: String)
    case uniqueByOtherRules(String, index: String)
    case otherDefinition(String)

    package var description: String {
        switch self {
        case .libraryTooOld(let version): "SQLite \(version / 1_000_000).\(version / 1_000 % 1_000) is too old: 3.37 or newer is needed"
        case .readOnlyFile: "the file can't be written: mend its rights, or its file system's"
        case .virtualTable: "this is a virtual table, or part of one: name the table that holds the rows"
        case .fullTextTable(let table, let column):
            "the virtual table \(table) holds, or reads, \(column): drop it; sealed text can't be searched for words"
        case .nullInKey(let column): "\(column) is part of the primary key, and NULL in some rows: give them a key"
        case .strictNumber(let column, let type): "\(column) is \(type) in a STRICT table, which takes no envelopes: make it a column of type ANY"
        case .uniqueByOtherRules(let column, let index):
            "\(index) keeps \(column) unique by a collation, an expression or a condition, which a digest can't follow: drop it"
        case .otherDefinition(let column): "\(column) was sealed with other indexes, or in another way: unseal the table first, or ask for the same"
        }
    }
}

package enum SQLiteWarning: Sendable, Hashable, CustomStringConvertible {
    case insertsNeedNames
    case needsRoom(bytes: Int)
    case numbersBecomeBytes(String)
    case triggerReads(String, column: String)
    case constraintStays(String, column: String)
    case rowNumbersChange
    case writersWait

    package var description: String {
        switch self {
        case .insertsNeedNames: "columns are added: INSERT without the columns' names fails from then on, and SELECT * shows them"
        case .needsRoom(let bytes): "about \(bytes >> 20) MiB of room are needed meanwhile, beside the file and where SQLite keeps temporary files"
        case .numbersBecomeBytes(let column): "\(column) holds numbers, which become BLOBs: they get back their type when they are unsealed"
        case .triggerReads(let trigger, let column): "the trigger \(trigger) uses \(column), which is sealed from now on"
        case .constraintStays(let index, let column):
            "\(index) belongs to a constraint of the table and stays: of \(column) it finds nothing any more"
        case .rowNumbersChange: "VACUUM may change the row numbers of tables without an INTEGER PRIMARY KEY, this file's other tables too"
        case .writersWait: "other writers wait for the length of a batch: let them have a busy timeout of some seconds"
        }
    }
}

/// Where plaintext stays behind in and beside the file.
package enum SQLiteRemanence: Sendable, Hashable, CustomStringConvertible {
    case freePages
    case writeAheadLog
    case journal

    package var description: String {
        switch self {
        case .freePages: "free pages of the file, and free room within its pages, may keep values that were deleted or moved before"
        case .writeAheadLog: "the file with -wal at its end keeps pages as they were, while somebody still reads them"
        case .journal: "the file with -journal at its end, deleted or emptied after each transaction, leaves its blocks on the disk"
        }
    }

    package var mend: String {
        switch self {
        case .freePages: "VACUUM; -- needs as much room as the file, twice"
        case .writeAheadLog: "PRAGMA wal_checkpoint(TRUNCATE); -- when nobody else has the file open; then fstrim"
        case .journal: "fstrim, or overwrite the free space of the disk; under PRAGMA journal_mode = PERSIST delete the file as well"
        }
    }
}
