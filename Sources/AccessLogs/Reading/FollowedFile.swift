import Foundation

/// A log that is followed while its server writes it, through rotations.
///
/// Renamed files are read on until they were quiet for a while: servers write to them until they are told of the rotation. Of a file that was
/// copied and cut (copytruncate), the end is taken from the copy. Files that came and went between two looks are read from where rotation put
/// them. No line is read twice. Not for use by several threads at once.
package final class FollowedFile {
    package enum Notice: Hashable, Sendable {
        /// The file is not there (yet, or any more).
        case missing
        case rotated
        case truncated
        /// The end of a file that was cut could not be found: lines may be lost.
        case tailLost
    }

    /// What was added to the log.
    package struct Chunk: Sendable {
        package var lines: CutChunk
        /// The file that the lines stand in; nil where there is none.
        package var identity: FileIdentity?

        package init(lines: CutChunk, identity: FileIdentity?) {
            self.lines = lines
            self.identity = identity
        }
    }

    package let path: String
    /// What happened since they were last taken.
    private var notices: [Notice] = []
    /// In the order of time; the last is the one that is written, unless there is none now.
    private var tails: [FileTail] = []
    private var copies: [(tail: CopyTail, identity: FileIdentity)] = []
    /// Looks without news, since the file was renamed.
    private var quiet: [FileIdentity: Int] = [:]
    /// Files of the set that were there before, or have been read.
    private var known: Set<FileIdentity> = []
    /// How they begin: what is compressed is a new file with old lines.
    private var heads: [[UInt8]] = []
    private let patience: Int
    private var folderChanged = 0
    private var isMissing = false

    private static let tailLimit = 4

    /// - Parameters:
    ///   - offset: where reading goes on, of the file `identity` (``LineCutter/identity``); nil: only what is added from now on.
    ///   - patience: looks without news after which a renamed file is left.
    package init(path: String, from offset: Int?, of identity: FileIdentity? = nil, patience: Int = 240) {
        self.path = path
        self.patience = patience
        let start: FileTail.Start = offset.map { .offset($0) } ?? .end
        let siblings = RotatedLog.siblings(of: path)
        known = Set(siblings.compactMap { FileIdentity(path: $0) })
        heads = siblings.compactMap { CopyTail.head(of: $0) }
        if let identity, FileIdentity(path: path) != identity {
            // Rotated since it was read.
            if let moved = siblings.first(where: { FileIdentity(path: $0) == identity }), let tail = try? FileTail(path: moved, from: start) {
                tails = [tail]
            } else {
                notices.append(.tailLost)
            }
            return
        }
        guard let tail = try? FileTail(path: path, from: start) else { return }
        tails = [tail]
        known.insert(tail.identity)
    }

    package func takeNotices() -> [Notice] {
        defer { notices = [] }
        return notices
    }

    /// What was added and not yet given; nil when there is nothing now. Ask again after a while.
    /// - Parameter buffer: at least ``LineCutter/minimumCapacity`` bytes.
    package func advance(into buffer: UnsafeMutableRawBufferPointer) throws(LogFileError) -> Chunk? {
        guard buffer.count >= LineCutter.minimumCapacity else { throw .failed(EINVAL) }
        // A rotation brings in files that have lines already.
        for _ in 0..<(Self.tailLimit * 2) {
            if let chunk = try added(buffer) { return chunk }
            if let chunk = retired(buffer) { return chunk }
            if try look() { continue }
            guard findUnseen() else { return nil }
        }
        return nil
    }

    private func added(_ buffer: UnsafeMutableRawBufferPointer) throws(LogFileError) -> Chunk? {
        for tail in tails {
            // Copies hold what comes before the files that are written now, but after those that were renamed earlier.
            if tail === tails.last {
                // At its beginning: what was written before and put away comes first.
                if tail.position == 0 { _ = findUnseen() }
                if let chunk = copied(buffer) { return chunk }
            }
            switch try tail.read(into: buffer) {
            case .nothing: continue
            case .lines(let lines):
                quiet[tail.identity] = 0
                return Chunk(lines: lines, identity: tail.identity)
            case .cut:
                recover(tail)
                return try added(buffer)
            }
        }
        return tails.isEmpty ? copied(buffer) : nil
    }

    private func copied(_ buffer: UnsafeMutableRawBufferPointer) -> Chunk? {
        while let copy = copies.first {
            if let lines = copy.tail.next(into: buffer) { return Chunk(lines: lines, identity: copy.identity) }
            copies.removeFirst()
        }
        return nil
    }

    /// The file was cut: what had not been read of it stands in the copy.
    private func recover(_ tail: FileTail) {
        notices.append(.truncated)
        let (position, mark) = (tail.position, tail.mark)
        if !tail.head.isEmpty { heads.append(tail.head) }
        tail.restart()
        defer { addUnseen() }
        guard position > 0 else { return }
        for sibling in newestFirst(RotatedLog.siblings(of: path)) {
            guard let identity = FileIdentity(path: sibling), !tails.contains(where: { $0.identity == identity }),
                let copy = CopyTail(path: sibling, from: position, mark: mark)
            else { continue }
            known.insert(identity)
            copies.append((copy, identity))
            return
        }
        notices.append(.tailLost)
    }

    /// Whether the path leads to another file than before, which is now read as well.
    private func look() throws(LogFileError) -> Bool {
        guard let identity = FileIdentity(path: path) else {
            if !isMissing { notices.append(.missing) }
            isMissing = true
            return false
        }
        isMissing = false
        if tails.last?.identity == identity { return false }
        let tail: FileTail
        do throws(LogFileError) {
            tail = try FileTail(path: path, from: .beginning)
        } catch {
            // Gone again.
            guard error == .vanished else { throw error }
            return false
        }
        if !tails.isEmpty {
            notices.append(.rotated)
            addUnseen()
        }
        tails.append(tail)
        known.insert(tail.identity)
        return true
    }

    /// Whether files were written and put away since the last look: asked when the folder has changed.
    private func findUnseen() -> Bool {
        var status = stat()
        guard !tails.isEmpty, stat(URL(fileURLWithPath: path).deletingLastPathComponent().path, &status) == 0 else { return false }
        let changed = status.st_mtim.tv_sec &* 1_000_000_000 &+ status.st_mtim.tv_nsec
        guard changed != folderChanged else { return false }
        // The clock of file systems ticks slowly: within the same tick more may change.
        if Date().timeIntervalSince1970 - TimeInterval(status.st_mtim.tv_sec) > 2 { folderChanged = changed }
        addUnseen()
        return !copies.isEmpty
    }

    private func addUnseen() {
        for sibling in newestFirst(RotatedLog.siblings(of: path)).reversed() {
            guard let found = FileIdentity(path: sibling), !known.contains(found), !tails.contains(where: { $0.identity == found }),
                let head = CopyTail.head(of: sibling)
            else { continue }
            // A copy that is being made, and not yet cut off the file itself.
            if let own = CopyTail.head(of: path), !own.isEmpty, Self.beginAlike(own, head) { continue }
            known.insert(found)
            let isRead = (heads + tails.flatMap { [$0.head, $0.currentHead] }).contains { Self.beginAlike($0, head) }
            guard !isRead,
                let copy = CopyTail(path: sibling, from: 0, mark: [])
            else { continue }
            heads.append(head)
            copies.append((copy, found))
        }
    }

    private static func beginAlike(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        let count = min(a.count, b.count)
        // An empty file is nothing's beginning; two of them hold the same.
        return count == 0 ? a.count == b.count : a.prefix(count) == b.prefix(count)
    }

    /// Leaves renamed files that were quiet for long; gives the line that they end with.
    private func retired(_ buffer: UnsafeMutableRawBufferPointer) -> Chunk? {
        while tails.count > 1, let first = tails.first {
            let count = (quiet[first.identity] ?? 0) + 1
            quiet[first.identity] = count
            guard count > patience || tails.count > Self.tailLimit else { return nil }
            tails.removeFirst()
            heads.append(first.head)
            quiet[first.identity] = nil
            if let lines = first.finish(into: buffer) { return Chunk(lines: lines, identity: first.identity) }
        }
        return nil
    }

    private func newestFirst(_ paths: [String]) -> [String] {
        func modified(_ path: String) -> Int {
            var status = stat()
            return stat(path, &status) == 0 ? status.st_mtim.tv_sec &* 1_000_000_000 &+ status.st_mtim.tv_nsec : 0
        }
        return paths.map { ($0, modified($0)) }.sorted { ($0.1, $1.0) > ($1.1, $0.0) }.map(\.0)
    }
}
