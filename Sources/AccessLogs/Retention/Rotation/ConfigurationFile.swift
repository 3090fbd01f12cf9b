import Foundation

/// Reads configuration files of the machine that is assessed, perhaps below a folder that stands for its root (evidence that was copied).
struct ConfigurationFiles: Sendable {
    /// Empty for this machine's own.
    let root: String
    /// No configuration is larger; what is, is not read.
    private static let limit = 4 << 20

    init(root: String) { self.root = root.hasSuffix("/") ? String(root.dropLast()) : root }

    /// The bytes of a regular file; nil when it isn't there or can't be read.
    func read(_ path: String) -> [UInt8]? {
        let descriptor = open(root + path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= Self.limit else { return nil }
        var bytes = [UInt8](repeating: 0, count: Self.limit + 1)
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress.map { $0 + filled }, $0.count - filled) }
            guard count > 0 else { break }
            filled += count
        }
        return filled <= Self.limit ? Array(bytes[..<filled]) : nil
    }

    /// The names in a folder, in byte order; nil when it is none.
    func names(in folder: String) -> [String]? {
        (try? FileManager.default.contentsOfDirectory(atPath: root + folder))?.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    }

    func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: root + path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// Whether group or world may write a file: some programs then don't read it.
    func isOpenToWriters(_ path: String) -> Bool {
        var status = stat()
        return stat(root + path, &status) == 0 && status.st_mode & 0o022 != 0
    }

    /// The path as the assessed machine knows it; nil when it isn't below the root.
    func path(ofLog path: String) -> String? {
        guard !root.isEmpty else { return path }
        return path.hasPrefix(root + "/") ? String(path.dropFirst(root.count)) : nil
    }

    func exists(_ path: String) -> Bool { access(root + path, F_OK) == 0 }

    /// The paths that a shell pattern names, as glob(3) sorts them; the pattern itself when there are none.
    func paths(_ pattern: String) -> [String] {
        let escaped = String(root.flatMap { "*?[\\".contains($0) ? ["\\", $0] : [$0] })
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(escaped + pattern, 0, nil, &found) == 0, let list = found.gl_pathv else { return [pattern] }
        return (0..<min(Int(found.gl_pathc), 1_000_000)).compactMap { list[$0].map { String(String(cString: $0).dropFirst(root.count)) } }
    }

    /// Whether a path matches a shell pattern whose wildcards stay within one folder and don't match a leading dot, as glob(3) has it.
    static func matches(_ path: String, _ pattern: String) -> Bool { fnmatch(pattern, path, FNM_PATHNAME | FNM_PERIOD) == 0 }
}

/// Lines of the form `name = value`, as auditd and PostgreSQL have them.
enum AssignmentLines {
    struct Assignment {
        var name: String
        var value: String
        var line: Int
    }

    /// Names in lower case; `#` begins a comment outside single quotes; a value may stand in single quotes, `''` and `\'` being one of them.
    static func read(_ bytes: [UInt8]) -> [Assignment] {
        var found: [Assignment] = []
        for (index, raw) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let line = raw.drop(while: isBlank)
            let name = line.prefix { $0 >= 0x30 && $0 <= 0x39 || ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 == 0x5F || $0 == 0x2E }
            guard !name.isEmpty else { continue }
            var rest = line.dropFirst(name.count).drop(while: isBlank)
            if rest.first == 0x3D { rest = rest.dropFirst().drop(while: isBlank) }
            found.append(Assignment(name: String(decoding: name, as: UTF8.self).lowercased(), value: value(rest), line: index + 1))
        }
        return found
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    private static func value(_ rest: ArraySlice<UInt8>) -> String {
        guard rest.first == 0x27 else {
            let plain = rest.prefix { $0 != 0x23 }
            return String(decoding: plain.reversed().drop(while: isBlank).reversed(), as: UTF8.self)
        }
        var text: [UInt8] = []
        var index = rest.startIndex + 1
        while index < rest.endIndex {
            let next = index + 1 < rest.endIndex ? rest[index + 1] : 0
            if rest[index] == 0x27 {
                guard next == 0x27 else { break }
                index += 1
            } else if rest[index] == 0x5C, next != 0 {
                index += 1
            }
            text.append(rest[index])
            index += 1
        }
        return String(decoding: text, as: UTF8.self)
    }
}
