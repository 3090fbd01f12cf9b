import Synchronization

/// What the threads share: pieces of files to be looked through, and what came of them.
final class RemanenceWork: Sendable {
    /// A piece of a file: whole when the file is compressed.
    struct Unit: Sendable {
        var file: Int
        var range: Range<Int>
    }

    static let unitLength = 8 << 20

    let files: [RemanenceFolder.File]
    let index: NeedleIndex
    let units: [Unit]
    private let totalBytes: Int
    let columns: Int
    private let progress: @Sendable (RemanenceProgress) -> Void
    private let state: Mutex<State>

    private struct State {
        var next = 0
        var bytesOnDisk = 0
        var bytes = 0
        var occurrences = 0
        var files: [Int: RemanenceFinds] = [:]
        var gaps: [RemanenceReport.Gap] = []
        var unitsLeft: [Int]
        var found: Set<UInt32> = []
        var byColumn: [Int]
        var report: [RemanenceReport.File] = []
        var wasCancelled = false
    }

    init(
        _ files: [RemanenceFolder.File], index: NeedleIndex, columns: Int, progress: @escaping @Sendable (RemanenceProgress) -> Void
    ) {
        self.files = files
        self.index = index
        self.columns = columns
        self.progress = progress
        units = files.enumerated().flatMap { number, file in
            stride(from: 0, to: max(1, file.size), by: Self.unitLength).map {
                Unit(file: number, range: $0..<min($0 + Self.unitLength, file.size))
            }
        }
        totalBytes = files.reduce(0) { $0 + $1.size }
        var unitsLeft = [Int](repeating: 0, count: files.count)
        for unit in units { unitsLeft[unit.file] += 1 }
        state = Mutex(State(unitsLeft: unitsLeft, byColumn: [Int](repeating: 0, count: columns)))
    }

    var wasCancelled: Bool { state.withLock { $0.wasCancelled } }

    func cancel() { state.withLock { $0.wasCancelled = true } }

    func next() -> Unit? {
        state.withLock { state in
            guard state.next < units.count, !state.wasCancelled else { return nil }
            state.next += 1
            return units[state.next - 1]
        }
    }

    func finish(_ unit: Unit, _ finds: RemanenceFinds, gaps: [String]) {
        state.withLock { state in
            let file = files[unit.file]
            state.bytesOnDisk += unit.range.count
            state.bytes += finds.bytes
            state.occurrences += finds.occurrences
            state.gaps += gaps.map { .init(path: file.name, reason: $0) }
            for (column, count) in finds.byColumn.enumerated() { state.byColumn[column] += count }
            state.found.formUnion(finds.needles)
            if finds.occurrences > 0 { state.files[unit.file, default: RemanenceFinds(columns: columns)].add(finds) }
            state.unitsLeft[unit.file] -= 1
            progress(RemanenceProgress(bytes: state.bytesOnDisk, totalBytes: totalBytes, occurrences: state.occurrences))
        }
    }

    func report(_ needles: RemanenceNeedles, _ index: NeedleIndex) -> RemanenceReport {
        state.withLock { state in
            var distinct = [Int](repeating: 0, count: columns)
            for column in index.columns { distinct[Int(column)] += 1 }
            var found = [Int](repeating: 0, count: columns)
            for needle in state.found { found[Int(index.columns[Int(needle)])] += 1 }
            var report = RemanenceReport(
                columns: needles.columns.enumerated().map { number, column in
                    RemanenceReport.Column(
                        name: column.name, values: column.offered, tooShort: column.tooShort, needles: distinct[number], found: found[number],
                        occurrences: state.byColumn[number])
                })
            report.files = state.files.sorted { $0.key < $1.key }.map { file($0.key, $0.value, needles) }
            report.filesScanned = files.count
            report.bytes = state.bytes
            report.gaps = state.gaps
            return report
        }
    }

    private func file(_ number: Int, _ finds: RemanenceFinds, _ needles: RemanenceNeedles) -> RemanenceReport.File {
        let columns = zip(needles.columns, finds.byColumn).filter { $1 > 0 }.map { ($0.name, $1) }
        return RemanenceReport.File(
            path: files[number].name, kind: RemanenceFileKind(path: files[number].name), occurrences: finds.occurrences, needles: finds.needles.count,
            columns: Dictionary(columns, uniquingKeysWith: +), firstOffsets: finds.offsets, isCompressed: finds.isCompressed)
    }
}

/// What was found in a piece of a file.
struct RemanenceFinds: Sendable {
    private static let keptOffsets = 5

    var bytes = 0
    var occurrences = 0
    var byColumn: [Int]
    var needles: Set<UInt32> = []
    var offsets: [Int] = []
    var isCompressed = false

    init(columns: Int) { byColumn = [Int](repeating: 0, count: columns) }

    mutating func note(needle: Int, column: Int, offset: Int) {
        occurrences += 1
        byColumn[column] += 1
        needles.insert(UInt32(truncatingIfNeeded: needle))
        if offsets.count < Self.keptOffsets || offset < offsets[offsets.count - 1] { keep(offset) }
    }

    mutating func add(_ other: RemanenceFinds) {
        bytes += other.bytes
        occurrences += other.occurrences
        for (column, count) in other.byColumn.enumerated() { byColumn[column] += count }
        needles.formUnion(other.needles)
        other.offsets.forEach { keep($0) }
        isCompressed = isCompressed || other.isCompressed
    }

    private mutating func keep(_ offset: Int) {
        guard !offsets.contains(offset) else { return }
        offsets.append(offset)
        offsets.sort()
        if offsets.count > Self.keptOffsets { offsets.removeLast() }
    }
}
