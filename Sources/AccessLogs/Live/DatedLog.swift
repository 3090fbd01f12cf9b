import Foundation

/// A log that is followed whether its server renames the file that is full, or begins a file with a new name each day.
package final class DatedLog: GrowingLog {
    /// The newest last; the one before is heard for a while.
    private var files: [FollowedFile]
    private var looks = 0
    private var notices: [FollowedFile.Notice] = []
    private let hasDates: Bool

    /// Looks without news between two looks at the folder.
    private static let patience = 40

    /// - Parameter set: the files of one rotated set: ``RotatedLog/sets(_:)``.
    init(set: [String]) {
        let path = Self.written(of: set)
        hasDates = RotatedLog.name(of: URL(fileURLWithPath: path).lastPathComponent) != URL(fileURLWithPath: path).lastPathComponent
        files = [FollowedFile(path: path, from: 0)]
    }

    package var path: String { files.last?.path ?? "" }
    package var isAtEnd: Bool { false }

    package func nextLines(into buffer: UnsafeMutableRawBufferPointer) throws(LogFileError) -> FollowedFile.Chunk? {
        for file in files {
            if let chunk = try file.advance(into: buffer) { return chunk }
        }
        looks += 1
        if hasDates, looks % Self.patience == 0 { lookForNext() }
        return nil
    }

    private func lookForNext() {
        let next = Self.written(of: RotatedLog.siblings(of: path) + [path])
        guard next != path, !files.contains(where: { $0.path == next }) else { return }
        files = files.suffix(1) + [FollowedFile(path: next, from: 0)]
        notices.append(.rotated)
    }

    package func takeNotices() -> [FollowedFile.Notice] {
        defer { notices = [] }
        return notices + files.flatMap { $0.takeNotices() }
    }

    /// The file that is written: the one whose name has neither date nor number; where all have dates, the newest.
    static func written(of set: [String]) -> String {
        guard let first = set.first else { return "" }
        let folder = URL(fileURLWithPath: first).deletingLastPathComponent()
        let plain = folder.appendingPathComponent(RotatedLog.name(of: URL(fileURLWithPath: first).lastPathComponent)).path
        if set.contains(plain) { return plain }
        let endings = [".gz", ".xz", ".zst", ".bz2", ".old"]
        let dated = set.filter { path in !endings.contains { path.hasSuffix($0) } && !endsInNumber(path) }
        return dated.max { (modified($0), $0) < (modified($1), $1) } ?? plain
    }

    /// `access.log.1`: the one that is written has no number.
    private static func endsInNumber(_ path: String) -> Bool {
        let digits = path.reversed().prefix { $0.isASCII && $0.isNumber }
        return (1...4).contains(digits.count) && path.dropLast(digits.count).hasSuffix(".")
    }

    private static func modified(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mtim.tv_sec : 0
    }
}
