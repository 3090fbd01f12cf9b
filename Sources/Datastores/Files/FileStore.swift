import Glibc

/// A file that holds one table, called as the file is, or a folder of such files: each is a table, called by its path below the folder.
///
/// Formats: CSV and its like with comma, tab, semicolon, vertical bar or ^A; JSON Lines and other files of JSON objects; each plain, `.gz` or
/// `.zst`; in UTF-8, GB 18030 or UTF-16.
package final class FileStore: Datastore {
    private enum Content {
        case file(any TabularFile)
        case folder(FileFolder)
    }

    private let context: FileContext
    private let path: String
    private let access: DatastoreAccess
    private var content: Content?

    init(_ opening: Opening, path: String) throws(DatastoreError) {
        let encoding = try Self.encoding(opening.encoding, store: opening.location.description)
        context = FileContext(
            store: opening.location.description, encoding: encoding, tuning: FileTuning(), followsLinks: true, watch: opening.watch)
        access = opening.access
        self.path = path
    }

    /// Opens a file or folder for reading on the caller's own thread.
    package init(path: String, encoding: String? = nil, tuning: FileTuning = FileTuning()) throws(DatastoreError) {
        let store = "file:\(path)"
        context = FileContext(
            store: store, encoding: try Self.encoding(encoding, store: store), tuning: tuning, followsLinks: true, watch: Watch())
        access = .read
        self.path = path
    }

    private static func encoding(_ name: String?, store: String) throws(DatastoreError) -> TextEncoding? {
        guard let name else { return nil }
        guard let encoding = TextEncoding(name: name) else {
            throw DatastoreError(store: store, problem: .badFile("the encoding \(name) isn't known", line: nil))
        }
        return encoding
    }

    package var product: String {
        switch try? open() {
        case .file(let file): file.product
        case .folder: "files"
        case nil: FileKind(name: path) == .json ? "JSON Lines" : "CSV"
        }
    }

    package var remarks: [DatastoreRemark] {
        switch content {
        case .file(let file): file.remarks
        case .folder(let folder): folder.remarks
        case nil: []
        }
    }

    package func tables() throws(DatastoreError) -> [Table] {
        try plainly { () throws in
            switch try open() {
            case .file(let file): [try file.table()]
            case .folder(let folder): try folder.tables()
            }
        }
    }

    package func chunks(of table: Table) throws(DatastoreError) -> [TableChunk] {
        try plainly { () throws in try file(of: table).chunks() }
    }

    package func version(of table: Table) throws(DatastoreError) -> String? {
        try plainly { () throws in
            var status = stat()
            guard stat(try file(of: table).path, &status) == 0 else { return nil }
            return "\(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
        }
    }

    package func size() throws(DatastoreError) -> Int? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    package func scan(
        _ table: Table, columns: [String], chunk: TableChunk, limit: Int?, _ body: (Batch) throws -> Bool
    ) throws {
        try file(of: table).scan(columns: columns, chunk: chunk, limit: limit, body)
    }

    package func create(_ table: Table) throws(DatastoreError) -> any TableWriter {
        guard access == .write else { throw context.error(.refused("opened for reading only")) }
        return try FileWriter(context, path: path, table)
    }

    private func file(of table: Table) throws -> any TabularFile {
        switch try open() {
        case .file(let file): file
        case .folder(let folder): try folder.file(named: table.name)
        }
    }

    private func open() throws -> Content {
        if let content { return content }
        var status = stat()
        let isFolder = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
        let name = FileKind.tableName(path.split(separator: "/").last.map(String.init) ?? path)
        let new = isFolder ? Content.folder(FileFolder(context, path: path)) : .file(try FileKind.open(context, path: path, name: name))
        content = new
        return new
    }

    /// With errors of the store alone; being cancelled is said by whoever cancelled.
    private func plainly<Result>(_ body: () throws -> Result) throws(DatastoreError) -> Result {
        do {
            return try body()
        } catch let error as DatastoreError {
            throw error
        } catch {
            throw context.error(.failed("can't be read"))
        }
    }
}

/// What a file holds, by its name.
enum FileKind: Hashable {
    case delimited
    case json
    /// Its content tells: text of either kind.
    case text

    /// Nil for what isn't read when a folder is.
    init?(name: String) {
        guard let suffix = Self.plain(name).split(separator: ".", omittingEmptySubsequences: false).dropFirst().last else { return nil }
        switch suffix {
        case "csv", "tsv", "tab", "psv": self = .delimited
        case "json", "jsonl", "ndjson": self = .json
        case "txt", "dat", "log", "text": self = .text
        default: return nil
        }
    }

    /// The name in lower case, without the suffix of a compressed file.
    private static func plain(_ name: String) -> String {
        let name = name.lowercased()
        return name.hasSuffix(".gz") ? String(name.dropLast(3)) : name.hasSuffix(".zst") ? String(name.dropLast(4)) : name
    }

    /// `patients` for `patients.csv.gz`.
    static func tableName(_ file: String) -> String {
        var name = file
        for suffix in [".gz", ".zst", ".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".json"]
        where name.lowercased().hasSuffix(suffix) && name.count > suffix.count {
            name.removeLast(suffix.count)
        }
        return name
    }

    static func open(_ context: FileContext, path: String, name: String) throws -> any TabularFile {
        switch FileKind(name: path.split(separator: "/").last.map(String.init) ?? path) {
        case .delimited: return DelimitedFile(context, path: path, name: name)
        case .json: return JSONLinesFile(context, path: path, name: name)
        case .text, nil:
            let (_, window) = try context.open(path, .whole(context.encoding))
            while window.text.count < 4_096, try context.more(window) {}
            return JSONLinesFile.isLikely(window.text)
                ? JSONLinesFile(context, path: path, name: name) : DelimitedFile(context, path: path, name: name)
        }
    }
}
