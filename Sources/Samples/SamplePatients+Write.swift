package import Datastores
import Glibc

extension SamplePatients {
    /// Writes the table into a store that was opened for writing. It appears when it is complete. Rows are made on a second thread
    /// meanwhile.
    /// - Parameter progress: rows written so far.
    /// - Throws: `DatastoreError`, `.alreadyExists` when the store has such a table.
    package func write(into store: any Datastore, table name: String = tableName, progress: (Int) -> Void = { _ in }) throws {
        let writer = try store.create(table(named: name))
        var done = 0
        try generateAhead { batch in
            try writer.append(batch)
            done += batch.rowCount
            progress(done)
        }
        try writer.finish()
    }
}

/// Lets `body` make a new file of the same name in a folder of its own beside `path`, and then puts it in place in one step, so that a file
/// that is there is kept whole until the new one is complete, and when making it fails.
/// - Throws: `SampleError.alreadyExists` when the file is there and `overwrite` is false; what `body` throws.
package func replacingFile<Result>(
    at path: String, overwrite: Bool, isolation: isolated (any Actor)? = #isolation, _ body: (String) async throws -> Result
) async throws -> Result {
    if !overwrite, access(path, F_OK) == 0 { throw SampleError.alreadyExists(path) }
    let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let name = path[slash...]
    var template = Array("\(path[..<slash]).suwen-sample.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SampleError.cannotWrite(path: path, reason: String(cString: strerror(errno))) }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let temporary = "\(folder)/\(name)"
    defer {
        unlink(temporary)
        rmdir(folder)
    }
    let result = try await body(temporary)
    guard (overwrite ? rename(temporary, path) : link(temporary, path)) == 0 else {
        if errno == EEXIST { throw SampleError.alreadyExists(path) }
        throw SampleError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
    }
    return result
}
