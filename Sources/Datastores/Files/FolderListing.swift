import Glibc

/// The files below a folder, ordered by name. Hidden ones, and what symbolic links lead to, are left out.
struct FolderListing {
    static let depthLimit = 32
    static let fileLimit = 20_000

    /// Paths below the folder.
    private(set) var files: [String] = []
    /// Files of other kinds than are read.
    private(set) var unsupported: [String] = []
    private(set) var unreadable: [(name: String, why: String)] = []
    /// Why the folder itself can't be listed: `errno`.
    private(set) var failure: Int32?
    private let root: String

    init(_ path: String) {
        root = path
        list("", depth: 0)
        files.sort()
        unsupported.sort()
        unreadable.sort { $0.name < $1.name }
    }

    private mutating func list(_ folder: String, depth: Int) {
        guard let directory = opendir(folder.isEmpty ? root : "\(root)/\(folder)") else {
            if depth == 0 { failure = errno } else { unreadable.append((folder, Errno.text(errno))) }
            return
        }
        var folders: [String] = []
        while let entry = readdir(directory) {
            let bytes = Self.name(of: entry)
            guard let first = bytes.first, first != 0x2E else { continue }
            guard let name = String(validating: bytes, as: UTF8.self) else {
                unreadable.append((folder + (folder.isEmpty ? "" : "/") + String(decoding: bytes, as: UTF8.self), "its name isn't UTF-8"))
                continue
            }
            let path = folder.isEmpty ? name : "\(folder)/\(name)"
            var status = stat()
            guard lstat("\(root)/\(path)", &status) == 0 else {
                unreadable.append((path, Errno.text(errno)))
                continue
            }
            switch status.st_mode & S_IFMT {
            case S_IFDIR: folders.append(path)
            case S_IFREG: add(path, name)
            case S_IFLNK:
                // What lies in the folder is read under its own name.
                if !Self.isBelow("\(root)/\(path)", root) { unreadable.append((path, "is a symbolic link that leads out of the folder")) }
            default: unsupported.append(path)
            }
        }
        closedir(directory)
        for folder in folders.sorted() {
            guard depth < Self.depthLimit else {
                unreadable.append((folder, "lies more than \(Self.depthLimit) folders deep"))
                continue
            }
            list(folder, depth: depth + 1)
        }
    }

    private mutating func add(_ path: String, _ name: String) {
        if FileKind(name: name) == nil {
            unsupported.append(path)
        } else if files.count >= Self.fileLimit {
            unreadable.append((path, "more than \(Self.fileLimit) files"))
        } else {
            files.append(path)
        }
    }

    private static func name(of entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
        withUnsafeBytes(of: &entry.pointee.d_name) { name in Array(name.prefix { $0 != 0 }) }
    }

    /// Whether `path`, with every symbolic link followed, lies below `folder`.
    static func isBelow(_ path: String, _ folder: String) -> Bool {
        guard let inner = realpath(path, nil) else { return false }
        defer { free(inner) }
        guard let outer = realpath(folder, nil) else { return false }
        defer { free(outer) }
        let prefix = String(cString: outer)
        return String(cString: inner).hasPrefix(prefix == "/" ? "/" : prefix + "/")
    }
}
