/// What stands against sealing a table of SQLite, and only there.
package enum SQLiteBlocker: Sendable, Hashable {
    case libraryTooOld(version: Int)
    case readOnlyFile
    case virtualTable
    case fullTextTable(String, column: String)
    case nullInKey(String)
    case strictNumber(String, type: String)
    case uniqueByOtherRules(String, index: String)
}

package enum SQLiteWarning: Sendable, Hashable {
    case insertsNeedNames
    case needsRoom(bytes: Int)
    case numbersBecomeBytes(String)
    case triggerReads(String, column: String)
    case constraintStays(String, column: String)
    case rowNumbersChange
    case writersWait
}

/// Where plaintext stays behind in and beside the file.
package enum SQLiteRemanence: Sendable, Hashable {
    case freePages
    case writeAheadLog
    case journal
}
