import Glibc

/// In which portions files are read. What is read doesn't depend on it.
package struct FileTuning: Sendable {
    /// Bytes of one read.
    package var blockLength: Int
    /// Bytes of a ``TableChunk``, about. A file of less than two is read as a whole.
    package var chunkLength: Int64

    package init(blockLength: Int = 512 << 10, chunkLength: Int64 = 32 << 20) {
        self.blockLength = blockLength
        self.chunkLength = chunkLength
    }
}

/// What is needed to read a file, or the files of a folder.
struct FileContext: Sendable {
    /// The store's URL.
    var store: String
    var encoding: TextEncoding?
    var tuning: FileTuning
    /// Whether a file may be reached through a symbolic link: not below a folder, which it might leave.
    var followsLinks: Bool
    var watch: Watch

    func error(_ problem: DatastoreError.Problem) -> DatastoreError { DatastoreError(store: store, problem: problem) }

    func error(_ failure: FileSource.Failure) -> DatastoreError {
        switch failure {
        case .system(let code): error(.badFile(Errno.text(code), line: nil))
        case .notRegular: error(.badFile("is no regular file", line: nil))
        case .notCompressed(let format): error(.badFile("is no \(format) file, other than its name says", line: nil))
        case .foreign(let format): error(.badFile(format.advice, line: nil))
        case .tooMuchMemory: error(.badFile("is compressed with a window of more than 128 MiB; compress it without --long or --ultra", line: nil))
        case .truncated: error(.badFile("is cut off or damaged", line: nil))
        }
    }

    func open(_ path: String, _ part: TextWindow.Part) throws(DatastoreError) -> (FileSource, TextWindow) {
        do {
            var range: Range<Int64>?
            if case .range(let bytes) = part { range = bytes }
            let source = try FileSource(path: path, range: range, followsLink: followsLinks)
            return (source, TextWindow(source, part, blockLength: tuning.blockLength))
        } catch {
            throw self.error(error)
        }
    }

    /// Lengthens the window; false at the end.
    /// - Throws: ``DatastoreError``, `CancellationError`.
    func more(_ window: TextWindow) throws -> Bool {
        if watch.isCancelled { throw CancellationError() }
        do throws(FileSource.Failure) {
            return try window.more()
        } catch {
            throw self.error(error)
        }
    }

    /// Opens a part of the file: only a plain one in UTF-8 has any.
    func open(_ path: String, chunk: TableChunk) throws(DatastoreError) -> TextWindow {
        guard chunk != .whole else { return try open(path, .whole(encoding)).1 }
        guard 0 <= chunk.lower, chunk.lower <= chunk.upper else { throw error(.failed("has no such part")) }
        let (source, window) = try open(path, .range(chunk.lower..<chunk.upper))
        guard source.compression == .none else { throw error(.failed("has no such part")) }
        return window
    }
}

/// One file that holds one table.
protocol TabularFile: AnyObject {
    var path: String { get }
    var product: String { get }
    var remarks: [DatastoreRemark] { get }

    /// - Throws: ``DatastoreError``, `CancellationError`.
    func table() throws -> Table
    func chunks() throws -> [TableChunk]
    func scan(columns: [String], chunk: TableChunk, limit: Int?, _ body: (Batch) throws -> Bool) throws
}

/// Texts of `errno`.
enum Errno {
    static func text(_ code: Int32) -> String { String(cString: strerror(code)) }
}
