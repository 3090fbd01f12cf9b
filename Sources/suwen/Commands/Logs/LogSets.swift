import Foundation

/// Which files that somebody named are one log.
enum LogSets {
    struct LogSet {
        var name: String
        var paths: [String]
    }

    /// Files of folders, sorted; rotated files (`access.log.1`, `access.log-20260102.gz`) go with the one they were rotated from.
    static func group(_ paths: [String]) -> [LogSet] {
        var sets: [String: [String]] = [:]
        var order: [String] = []
        for path in paths.flatMap(files) {
            let base = base(of: path)
            if sets[base] == nil { order.append(base) }
            sets[base, default: []].append(path)
        }
        return order.map { LogSet(name: $0, paths: sets[$0] ?? []) }
    }

    private static func files(_ path: String) -> [String] {
        let absolute = URL(fileURLWithPath: path).path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: absolute, isDirectory: &isFolder), isFolder.boolValue else { return [absolute] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: absolute)) ?? []
        return names.sorted().map { absolute + "/" + $0 }.filter { path in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue && !path.hasSuffix(".journal")
        }
    }

    /// Without what rotation appends: a number, a date, an ending of compression.
    static func base(of path: String) -> String {
        var base = path[...]
        for ending in [".gz", ".xz", ".zst", ".bz2"] where base.hasSuffix(ending) { base = base.dropLast(ending.count) }
        guard let mark = base.lastIndex(where: { $0 == "." || $0 == "-" || $0 == "_" }) else { return String(base) }
        let rest = base[base.index(after: mark)...]
        guard !rest.isEmpty, rest.allSatisfy(\.isNumber), mark > base.startIndex else { return String(base) }
        let head = base[..<mark]
        // `report-2026`: a date has eight digits or more, a number of a set has few, after a dot.
        return rest.count >= 8 || base[mark] == "." && rest.count <= 3 ? String(head) : String(base)
    }
}
