/// What a reader of the data should know about how it was read.
package enum DatastoreRemark: Hashable, Sendable {
    /// The file isn't UTF-8 and nobody declared its encoding: it was read as this one (`gb18030`, `utf-16le`, `utf-16be`).
    case encodingAssumed(String)
    /// So many bytes were no text in the file's encoding; U+FFFD stands for each.
    case invalidBytes(Int)
    /// The compressed file is cut off or damaged; what came before `line` was read.
    case truncated(line: Int)
    /// So many records have fewer or more fields than the first one; what was missing is null, what was too much was left out.
    case unevenRecords(Int)
    /// The file has no header: its columns are called `column_1` and so on.
    case headerMissing
}
