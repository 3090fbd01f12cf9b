import Dispatch
import Estate
import Findings
import Foundation
import Network
import Synchronization

/// What one source came to.
struct SourceResult: Sendable {
    var source: LogSource
    var tally: SourceTally
    var lines = 0
    var unparsable = 0
    /// Names of the files, by the number that records hold.
    var fileNames: [String] = []
    var unexamined: [Message] = []
    /// Whether anything of the source was not even looked into: then what is missing may lie there.
    var hasUnreadFiles = false
}

/// Reads the files of one source, two at a time.
struct SourceExaminer: Sendable {
    let source: LogSource
    let context: InspectionContext
    let makeTally: @Sendable () -> SourceTally
    static let workers = 2

    func examine() async -> SourceResult {
        var result = SourceResult(source: source, tally: makeTally())
        let (paths, missing) = LogFileSet.list(source.paths)
        for path in missing {
            result.unexamined.append(Message("access-logs.no-file", ["path": .text(path)]))
            result.hasUnreadFiles = true
        }
        var probes: [LogFileProbe] = []
        for path in paths {
            do throws(LogFileError) {
                let probe = try LogFileProbe(path: path)
                if probe.isForeignFormat {
                    add(Message("access-logs.unknown-format", ["file": .text(path)]), to: &result)
                } else {
                    probes.append(probe)
                }
            } catch {
                add(error.message(file: path), to: &result)
            }
        }
        let files = LogFileProbe.withoutCopies(probes)
        result.fileNames = files.map { URL(fileURLWithPath: $0.path).lastPathComponent }
        await read(files, into: &result)
        return result
    }

    private func add(_ message: Message, to result: inout SourceResult) {
        result.unexamined.append(message)
        result.hasUnreadFiles = true
    }

    private func read(_ files: [LogFileProbe], into result: inout SourceResult) async {
        let work = SharedWork(files: files)
        let batches = await withTaskCancellationHandler {
            await withTaskGroup(of: WorkerResult.self) { group in
                for _ in 0..<min(Self.workers, files.count) {
                    group.addTask {
                        await withCheckedContinuation { continuation in
                            // Reading and counting block for as long as the file is large: not on the cooperative pool.
                            DispatchQueue.global().async { continuation.resume(returning: readNext(work)) }
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
        } onCancel: {
            work.stop()
        }
        for batch in batches {
            result.tally.merge(batch.tally)
            result.lines += batch.lines
            result.unparsable += batch.unparsable
            result.unexamined += batch.unexamined
            result.hasUnreadFiles = result.hasUnreadFiles || batch.hasUnreadFiles
        }
    }

    private struct WorkerResult: Sendable {
        var tally: SourceTally
        var lines = 0
        var unparsable = 0
        var unexamined: [Message] = []
        var hasUnreadFiles = false
    }

    private func readNext(_ work: SharedWork) -> WorkerResult {
        var result = WorkerResult(tally: makeTally())
        while let (index, file) = work.next() {
            var count = SourceTally.FileCount()
            do throws(LogFileError) {
                let reader = try LogFileReader(path: file.path)
                var reported = 0
                let chunkDone = {
                    let done = work.add(bytes: reader.consumed - reported)
                    reported = reader.consumed
                    context.progress(ProgressUpdate(.accessLogs, subject: source.name, done: done, total: work.totalBytes, unit: "bytes"))
                    return !work.isStopped
                }
                try LineScanner.scan(reader, chunkDone: chunkDone) { line, ending in
                    result.tally.consume(line, ending, file: UInt32(truncatingIfNeeded: index), &count)
                }
            } catch {
                result.unexamined.append(error.message(file: file.path, lines: count.lines))
                result.hasUnreadFiles = result.hasUnreadFiles || !error.isLossOfLog
            }
            result.lines += count.lines
            result.unparsable += count.unparsable
            if count.unparsable * 2 > count.lines {
                result.unexamined.append(
                    Message(
                        "access-logs.mostly-unparsable",
                        ["file": .text(file.path), "lines": .count(count.lines), "unparsable": .count(count.unparsable)]))
                result.hasUnreadFiles = true
            }
            if count.implausible > 0 {
                result.unexamined.append(
                    Message("access-logs.future-stamps", ["file": .text(file.path), "lines": .count(count.implausible)]))
            }
        }
        return result
    }
}

/// The files still to be read, the progress, and the wish to stop: shared by the workers.
private final class SharedWork: Sendable {
    let totalBytes: Int
    private let queue: Mutex<[(Int, LogFileProbe)]>
    private let doneBytes = Atomic<Int>(0)
    private let stopped = Atomic<Bool>(false)

    init(files: [LogFileProbe]) {
        totalBytes = files.reduce(0) { $0 + $1.size }
        // The largest first, from the end, so that no worker is left alone with it.
        queue = Mutex(files.enumerated().map { ($0.offset, $0.element) }.sorted { $0.1.size < $1.1.size })
    }

    func next() -> (Int, LogFileProbe)? { isStopped ? nil : queue.withLock { $0.popLast() } }
    func add(bytes: Int) -> Int { doneBytes.add(bytes, ordering: .relaxed).newValue }
    func stop() { stopped.store(true, ordering: .relaxed) }
    var isStopped: Bool { stopped.load(ordering: .relaxed) }
}

extension LogFileError {
    /// Whether what is missing is lost for good, as opposed to not having been looked at.
    var isLossOfLog: Bool {
        switch self {
        case .truncated, .damaged: true
        default: false
        }
    }

    /// - Parameter lines: how many were read before.
    func message(file: String, lines: Int = 0) -> Message {
        let facts: [String: Fact] = ["file": .text(file), "lines": .count(lines)]
        return switch self {
        case .vanished: Message("access-logs.vanished", facts)
        case .denied: Message("access-logs.denied", facts)
        case .notAFile: Message("access-logs.not-a-file", facts)
        case .failed(let code): Message("access-logs.read-failed", facts.merging(["code": .count(Int(code))]) { $1 })
        case .truncated: Message("access-logs.truncated", facts)
        case .damaged: Message("access-logs.damaged", facts)
        case .implausible: Message("access-logs.implausible", facts)
        case .unsupportedCompression(let kind): Message("access-logs.unsupported-compression", facts.merging(["kind": .text(kind)]) { $1 })
        case .interrupted: Message("access-logs.interrupted", facts)
        }
    }
}
