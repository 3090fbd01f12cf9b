import Glibc

/// The regular files below a folder, and what can't be reached. Follows no symbolic link but the one that the caller names.
struct RemanenceFolder {
    struct File: Sendable {
        var path: String
        /// What reports call it.
        var name: String
        var size: Int
    }

    private(set) var files: [File] = []
    private(set) var gaps: [RemanenceReport.Gap] = []
    private(set) var remarks: [String] = []

    /// - Throws: ``RemanenceFailure`` when there is nothing at `path`, or neither a folder nor a regular file.
    init(_ path: String) throws(RemanenceFailure) {
        guard let resolved = realpath(path, nil) else { throw RemanenceFailure(path: path, code: errno) }
        defer { free(resolved) }
        let root = String(cString: resolved)
        var status = stat()
        guard lstat(root, &status) == 0 else { throw RemanenceFailure(path: path, code: errno) }
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            walk(root, "")
            files.sort { $0.name < $1.name }
            gaps.sort { $0.path < $1.path }
            noteRunning(root)
        case S_IFREG:
            let name = root.split(separator: "/").last.map(String.init) ?? root
            files.append(File(path: root, name: name, size: Int(status.st_size)))
            // SQLite keeps what isn't checkpointed, or not rolled back, beside its file.
            for suffix in ["-wal", "-journal"] where lstat(root + suffix, &status) == 0 && status.st_mode & S_IFMT == S_IFREG {
                files.append(File(path: root + suffix, name: name + suffix, size: Int(status.st_size)))
            }
        default: throw RemanenceFailure(path: path, code: nil)
        }
    }

    private mutating func walk(_ folder: String, _ prefix: String) {
        guard let stream = opendir(folder) else {
            gaps.append(.init(path: prefix.isEmpty ? "." : prefix, reason: String(cString: strerror(errno))))
            return
        }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name != ".", name != ".." else { continue }
            visit("\(folder)/\(name)", prefix.isEmpty ? name : "\(prefix)/\(name)")
        }
    }

    private mutating func visit(_ path: String, _ name: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            gaps.append(.init(path: name, reason: String(cString: strerror(errno))))
            return
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: walk(path, name)
        case S_IFREG: files.append(File(path: path, name: name, size: Int(status.st_size)))
        case S_IFLNK: gaps.append(.init(path: name, reason: "a symbolic link, which isn't followed: scan what it leads to by itself"))
        // Sockets, pipes and devices hold nothing.
        default: break
        }
    }

    /// A server that runs changes its files meanwhile, and keeps pages in memory that aren't in them.
    private mutating func noteRunning(_ root: String) {
        if access(root + "/postmaster.pid", F_OK) == 0 {
            remarks.append("postmaster.pid is there: the server runs, or was killed. Stop it, or scan a copy that was made while it was stopped")
        }
    }
}

/// Why nothing was scanned.
package struct RemanenceFailure: Error, Sendable, CustomStringConvertible {
    package let path: String
    /// `errno`; nil: neither a folder nor a regular file.
    package let code: Int32?

    package var description: String { "\(path): \(code.map { String(cString: strerror($0)) } ?? "neither a folder nor a regular file")" }
}
