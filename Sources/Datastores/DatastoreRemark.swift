/// What a reader of the data should know about how it was read.
package enum DatastoreRemark: Hashable, Sendable {
    /// The file isn't UTF-8 and nobody declared its encoding: it was read as this one (`gb18030`, `utf-16le`, `utf-16be`).
    case encodingAssumed(String)
    /// So many bytes were no text in the file's encoding; U+FFFD stands for each.
    case invalidBytes(Int)
    /// The file is cut off or damaged; what came before `line` was read.
    case truncated(line: Int)
    /// So many records have fewer or more fields than the first one; what was missing is null, what was too much was left out.
    case unevenRecords(Int)
    /// The file has no header: its columns are called `column_1` and so on.
    case headerMissing
    /// So many records of a file of JSON objects are none, and were left out.
    case unreadableRecords(Int)
    /// So many values of JSON objects were left out: their paths don't occur in the file's first 1,000 records.
    case unknownFields(Int)
    /// So many values of JSON arrays were left out: one object holds too many.
    case elementsLeftOut(Int)
    /// A file of a folder could not be read at all; why. The name is the file's path below the folder.
    case unreadableFile(String, why: String)
    /// A file of a folder is of a kind that isn't read.
    case unsupportedFile(String)
    /// So many more files of the folder than were named.
    case furtherFiles(unreadable: Int, unsupported: Int)
    /// It holds of one table among several.
    indirect case inTable(String, DatastoreRemark)

    /// The remarks of several workers that read different chunks of one store, as one: figures are added up, what was said twice is said once.
    package static func merged(_ workers: [[DatastoreRemark]]) -> [DatastoreRemark] {
        var result: [DatastoreRemark] = []
        for remarks in workers {
            for remark in remarks {
                if let index = result.firstIndex(where: { $0.isSameKind(as: remark) }) {
                    result[index] = result[index].added(remark)
                } else {
                    result.append(remark)
                }
            }
        }
        return result
    }

    /// The same about the same thing, whatever the figures.
    package func isSameKind(as other: DatastoreRemark) -> Bool {
        switch (self, other) {
        case (.invalidBytes, .invalidBytes), (.unevenRecords, .unevenRecords), (.unreadableRecords, .unreadableRecords),
            (.unknownFields, .unknownFields), (.elementsLeftOut, .elementsLeftOut), (.truncated, .truncated):
            true
        case (.inTable(let table, let remark), .inTable(let otherTable, let otherRemark)):
            table == otherTable && remark.isSameKind(as: otherRemark)
        default: self == other
        }
    }

    /// With a remark of the same kind.
    private func added(_ other: DatastoreRemark) -> DatastoreRemark {
        switch (self, other) {
        case (.invalidBytes(let a), .invalidBytes(let b)): .invalidBytes(a + b)
        case (.unevenRecords(let a), .unevenRecords(let b)): .unevenRecords(a + b)
        case (.unreadableRecords(let a), .unreadableRecords(let b)): .unreadableRecords(a + b)
        case (.unknownFields(let a), .unknownFields(let b)): .unknownFields(a + b)
        case (.elementsLeftOut(let a), .elementsLeftOut(let b)): .elementsLeftOut(a + b)
        case (.truncated(let a), .truncated(let b)): .truncated(line: min(a, b))
        case (.inTable(let table, let a), .inTable(_, let b)): .inTable(table, a.added(b))
        default: self
        }
    }
}
