import Glibc

/// A file for its owner's eyes, reached through a descriptor of its folder: read, locked and replaced without following symbolic links.
package final class PrivateFile: Sendable {
    let path: String
    private let name: String
    private let folder: Int32

    package init(_ path: String) throws(KeyringError) {
        let cut = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let name = cut.map { String(path[path.utf8.index(after: $0)...]) } ?? path
        let parent = cut.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        guard !name.isEmpty, name != ".", name != "..", !path.utf8.contains(0) else { throw .notARegularFile(path: path) }
        let folder = Glibc.open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw .system(path: path, doing: "opening its folder", code: errno) }
        self.path = path
        self.name = name
        self.folder = folder
    }

    deinit { close(folder) }

    /// The whole file.
    /// - Throws: ``KeyringError`` when it is a link, has more than one name, belongs to another user, is open to group or world, or is longer than
    ///   `limit` bytes.
    package func read(limit: Int) throws(KeyringError) -> [UInt8] {
        let file = try openForReading()
        defer { close(file) }
        let status = try checkedStatus(of: file)
        guard status.st_size <= limit else { throw .tooLarge(path: path) }
        // One byte more than was announced: a file that grows meanwhile is noticed.
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size) + 1)
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress.map { $0 + filled }, $0.count - filled) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system(path: path, doing: "reading", code: errno) }
            if count == 0 { break }
            filled += count
        }
        guard filled < bytes.count else { throw .system(path: path, doing: "reading", code: EBUSY) }
        bytes.removeLast(bytes.count - filled)
        return bytes
    }

    private func openForReading() throws(KeyringError) -> Int32 {
        // O_NONBLOCK: a named pipe in the file's place must not make us wait.
        let file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard file < 0 else { return file }
        switch errno {
        case ENOENT: throw .missing(path: path)
        case ELOOP: throw .symbolicLink(path: path)
        case let code: throw .system(path: path, doing: "opening", code: code)
        }
    }

    private func checkedStatus(of file: Int32) throws(KeyringError) -> stat {
        var status = stat()
        guard fstat(file, &status) == 0 else { throw .system(path: path, doing: "reading its state", code: errno) }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_nlink <= 1 else { throw .notARegularFile(path: path) }
        guard status.st_uid == geteuid() || geteuid() == 0 else { throw .foreignOwner(path: path) }
        guard status.st_mode & 0o077 == 0 else { throw .openToOthers(path: path, mode: status.st_mode) }
        return status
    }

    // MARK: Writing

    package enum Placement { case new, replacing, replacingAndErasing }

    /// What ``write(_:_:reached:)`` has behind it; the tests end it there.
    package enum WriteStep: CaseIterable, Sendable { case temporaryOpened, temporaryWritten, temporarySynced, inPlace, folderSynced }

    /// Puts `bytes` in the file's place: whole or not at all, also when the machine stops at any instant. The caller holds the lock.
    ///
    /// A temporary file beside it is written and synced, then renamed over it (or linked, where nothing may be there), then the folder is synced.
    /// `replacingAndErasing` overwrites the old file's bytes afterwards, when no name leads to them any more.
    package func write(_ bytes: [UInt8], _ placement: Placement, reached: (WriteStep) throws -> Void = { _ in }) throws {
        let temporary = ".\(name).new"
        // What a killed writer left; nobody else writes, for the lock is ours.
        unlinkat(folder, temporary, 0)
        let file = openat(folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("writing beside it") }
        defer { close(file) }
        try reached(.temporaryOpened)
        do throws(KeyringError) {
            // The mode is exact whatever the umask.
            guard fchmod(file, 0o600) == 0 else { throw failure("setting its mode") }
            try Self.writeAll(bytes, to: file, path)
        } catch {
            unlinkat(folder, temporary, 0)
            throw error
        }
        try reached(.temporaryWritten)
        guard fsync(file) == 0 else { throw failure("syncing") }
        try reached(.temporarySynced)
        let old = placement == .replacingAndErasing ? openat(folder, name, O_WRONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK) : -1
        defer { if old >= 0 { close(old) } }
        try putInPlace(temporary, placement)
        try reached(.inPlace)
        guard fsync(folder) == 0 else { throw failure("syncing its folder") }
        try reached(.folderSynced)
        if old >= 0 { try erase(old) }
    }

    private func putInPlace(_ temporary: String, _ placement: Placement) throws(KeyringError) {
        guard placement == .new else {
            guard renameat(folder, temporary, folder, name) == 0 else { throw failure("renaming") }
            return
        }
        let linked = linkat(folder, temporary, folder, name, 0) == 0
        let code = errno
        unlinkat(folder, temporary, 0)
        guard linked else { throw code == EEXIST ? .alreadyExists(path: path) : .system(path: path, doing: "naming it", code: code) }
    }

    /// Overwrites a file that has no name any more. A file system that copies on write, its journal and its snapshots may keep the old bytes.
    private func erase(_ old: Int32) throws(KeyringError) {
        var status = stat()
        guard fstat(old, &status) == 0, status.st_nlink == 0 else { return }
        try Self.writeAll([UInt8](repeating: 0, count: Int(status.st_size)), to: old, path)
        guard fsync(old) == 0 else { throw failure("syncing what was erased") }
    }

    private static func writeAll(_ bytes: [UInt8], to file: Int32, _ path: String) throws(KeyringError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress.map { $0 + written }, $0.count - written) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system(path: path, doing: "writing", code: errno) }
            written += count
        }
    }

    private func failure(_ doing: String) -> KeyringError { .system(path: path, doing: doing, code: errno) }

    // MARK: Locking

    /// Held as long as it lives.
    package final class Lock: Sendable {
        private let file: Int32
        fileprivate init(_ file: Int32) { self.file = file }
        deinit { close(file) }
    }

    /// Keeps other writers out, of this process too. The lock is a file of its own (`.NAME.lock`), since the file itself is replaced at each write;
    /// it stays, empty.
    /// - Parameter patience: how long to try, in tenths of a second.
    package func lock(patience: Int) throws(KeyringError) -> Lock {
        let file = openat(folder, ".\(name).lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("opening its lock") }
        for attempt in 0...max(0, patience) {
            if flock(file, LOCK_EX | LOCK_NB) == 0 { return Lock(file) }
            guard errno == EWOULDBLOCK || errno == EINTR else { break }
            if attempt < patience { usleep(100_000) }
        }
        close(file)
        throw .busy(path: path)
    }
}
