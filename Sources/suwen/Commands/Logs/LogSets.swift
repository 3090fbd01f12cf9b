import AccessLogs
import Foundation

/// Which files that somebody named are one log.
enum LogSets {
    struct LogSet {
        var name: String
        var paths: [String]
    }

    /// The journal: read through journalctl.
    static let journal = "journal:"

    /// Files of folders, sorted; rotated files go with the log that they were rotated from.
    static func group(_ paths: [String]) -> [LogSet] {
        let special = paths.filter { $0 == "-" || $0 == journal }.map { LogSet(name: $0, paths: [$0]) }
        let files = paths.filter { $0 != "-" && $0 != journal }.flatMap(files)
        var order: [String: Int] = [:]
        for (index, path) in files.enumerated() where order[path] == nil { order[path] = index }
        let sets = RotatedLog.sets(Array(order.keys)).sorted { (order[$0.first ?? ""] ?? 0) < (order[$1.first ?? ""] ?? 0) }
        return special + sets.compactMap { set in set.first.map { LogSet(name: name(of: $0, among: sets), paths: set) } }
    }

    /// The file's name; with its folder, where two logs have the same name.
    private static func name(of path: String, among sets: [[String]]) -> String {
        let url = URL(fileURLWithPath: path)
        let name = RotatedLog.name(of: url.lastPathComponent)
        let isAlone = sets.count { set in set.first.map { RotatedLog.name(of: URL(fileURLWithPath: $0).lastPathComponent) == name } ?? false } == 1
        return isAlone ? name : url.deletingLastPathComponent().appendingPathComponent(name).path
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
}
