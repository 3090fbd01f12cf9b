import Findings
import Foundation

/// The files below the documents' folder. Links are followed once; what isn't a plain file is never opened (a pipe would block).
struct DocumentFolder {
    struct File: Hashable {
        var url: URL
        /// Relative to the folder.
        var path: String
        var size: Int
    }

    private(set) var files: [File] = []
    private(set) var unexamined: [Unexamined] = []
    private var visited: Set<String> = []
    private var entries = 0

    static let depthLimit = 16
    static let entryLimit = 20_000

    init(_ root: URL) {
        visit(root, path: "", depth: 0)
        files.sort { $0.path < $1.path }
    }

    private mutating func visit(_ folder: URL, path: String, depth: Int) {
        // A link that leads back to a folder on the way would never end.
        guard visited.insert(folder.resolvingSymlinksInPath().path).inserted else { return leaveOut(path, "regime.link-loop") }
        guard depth <= Self.depthLimit else { return leaveOut(path, "regime.too-deep") }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else { return leaveOut(path, "regime.unreadable-folder") }
        for name in names.sorted() where !name.hasPrefix(".") && !name.hasPrefix("~$") {
            entries += 1
            guard entries <= Self.entryLimit else {
                if entries == Self.entryLimit + 1 { leaveOut(path, "regime.too-many-files") }
                return
            }
            let inner = path.isEmpty ? name : path + "/" + name
            let url = folder.appendingPathComponent(name)
            let target = url.resolvingSymlinksInPath()
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: target.path) else {
                leaveOut(inner, "regime.unreadable-file")
                continue
            }
            switch attributes[.type] as? FileAttributeType {
            case .typeDirectory?: visit(url, path: inner, depth: depth + 1)
            case .typeRegular?:
                if visited.insert(target.path).inserted {
                    files.append(File(url: target, path: inner, size: (attributes[.size] as? NSNumber)?.intValue ?? 0))
                }
            // It leads nowhere.
            case .typeSymbolicLink?: leaveOut(inner, "regime.unreadable-file")
            default: leaveOut(inner, "regime.not-a-file")
            }
        }
    }

    private mutating func leaveOut(_ path: String, _ reason: String) {
        unexamined.append(Unexamined(path.isEmpty ? "." : path, Message(reason)))
    }
}
