import Foundation

/// The files that a source's paths name.
enum LogFileSet {
    /// Absolute paths, sorted, without repeats; `missing` are the declared paths that name no file.
    static func list(_ patterns: [String]) -> (files: [String], missing: [String]) {
        var files: Set<String> = []
        var missing: [String] = []
        for pattern in patterns {
            let found = pattern == LogFileReader.standardInput || pattern == JournalSource.path ? [pattern] : matches(pattern)
            if found.isEmpty { missing.append(pattern) }
            files.formUnion(found)
        }
        return (files.sorted(), missing)
    }

    private static func matches(_ pattern: String) -> [String] {
        let url = URL(fileURLWithPath: pattern)
        let name = url.lastPathComponent
        guard name.contains("*") || name.contains("?") else { return access(pattern, F_OK) == 0 ? [pattern] : [] }
        let folder = url.deletingLastPathComponent()
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let wanted = Array(name.utf8)
        return names.filter { matches(Array($0.utf8), wanted) }.map { folder.appendingPathComponent($0).path }.filter { path in
            // A folder that a pattern happens to match is no log; one that is named outright is reported.
            var isFolder: ObjCBool = false
            return !(FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue)
        }
    }

    /// `*` any bytes, `?` one byte; linear but for the last star, so that no pattern is slow.
    static func matches(_ text: [UInt8], _ pattern: [UInt8]) -> Bool {
        var (t, p) = (0, 0)
        var star: (pattern: Int, text: Int)?
        while t < text.count {
            if p < pattern.count, pattern[p] == 0x2A {
                star = (p, t)
                p += 1
            } else if p < pattern.count, pattern[p] == text[t] || pattern[p] == 0x3F {
                (t, p) = (t + 1, p + 1)
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                (t, p) = (last.text + 1, last.pattern + 1)
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == 0x2A }
    }
}
