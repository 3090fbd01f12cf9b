import Glibc

/// The files below a folder, each a table. A file that can't be read is remarked and doesn't stop the others.
final class FileFolder {
    /// So many files of a kind are remarked by name.
    private static let namedLimit = 20
    private let context: FileContext
    private let path: String
    private var files: [String: any TabularFile] = [:]
    private var listed: [String] = []
    private var unreadable: [(name: String, why: String)] = []
    private var unsupported: [String] = []

    init(_ context: FileContext, path: String) {
        var context = context
        context.followsLinks = false
        self.context = context
        self.path = path
    }

    func tables() throws -> [Table] {
        let listing = FolderListing(path)
        if let code = listing.failure { throw context.error(.badFile(Errno.text(code), line: nil)) }
        unsupported = listing.unsupported
        unreadable = listing.unreadable
        listed = listing.files
        var tables: [Table] = []
        for name in listing.files {
            do {
                tables.append(try file(named: name).table())
            } catch let error as DatastoreError {
                unreadable.append((name, Self.why(error)))
            }
        }
        return tables
    }

    /// - Throws: ``DatastoreError`` for a name that leads out of the folder, or to a file that can't be read.
    func file(named name: String) throws -> any TabularFile {
        if let file = files[name] { return file }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard !parts.isEmpty, parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") }), !name.utf8.contains(0) else {
            throw context.error(.failed("has no such table"))
        }
        let place = "\(path)/\(name)"
        guard parts.count == 1 || FolderListing.isBelow(place, path) else { throw context.error(.failed("has no such table")) }
        var inner = context
        inner.store = "\(context.store)/\(name)"
        let file = try FileKind.open(inner, path: place, name: name)
        files[name] = file
        return file
    }

    var remarks: [DatastoreRemark] {
        var remarks = unreadable.prefix(Self.namedLimit).map { DatastoreRemark.unreadableFile($0.name, why: $0.why) }
        remarks += unsupported.prefix(Self.namedLimit).map { .unsupportedFile($0) }
        let further = (max(0, unreadable.count - Self.namedLimit), max(0, unsupported.count - Self.namedLimit))
        if further != (0, 0) { remarks.append(.furtherFiles(unreadable: further.0, unsupported: further.1)) }
        var perFile: [DatastoreRemark] = []
        for name in listed.isEmpty ? files.keys.sorted() : listed {
            perFile += files[name]?.remarks.map { .inTable(name, $0) } ?? []
        }
        return remarks + perFile
    }

    /// Without the file's name, which stands beside it.
    private static func why(_ error: DatastoreError) -> String {
        var error = error
        error.store = ""
        return String(error.description.dropFirst(2))
    }
}
