import Findings
import Foundation

/// Lines that come from no file: standard input, or the journal. They can be read once; their beginning may be looked at before.
final class LogInput: @unchecked Sendable {
    let reader: LogFileReader
    /// Kept while it is read: journalctl ends with it.
    private let journal: JournalSource?

    /// Why not all was read; known at the end.
    var problem: Message? { journal?.problem }

    /// Nil for paths of files.
    init?(path: String, since: Date?) throws(LogFileError) {
        switch path {
        case LogFileReader.standardInput:
            journal = nil
            reader = try LogFileReader(path: path)
        case JournalSource.path:
            let source = try JournalSource(since: since)
            journal = source
            reader = try source.reader()
        default: return nil
        }
    }
}
