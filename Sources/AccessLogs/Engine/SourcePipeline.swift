import Foundation
import LogFormats
import Synchronization

/// A file that is to be read, and how.
struct PlannedFile: Sendable {
    var path: String
    var format: LogFormat
    var context: LogContext
    var size: Int
    /// Where its lines come from, if not from a file.
    var input: LogInput?

    init(path: String, format: LogFormat, context: LogContext, size: Int) {
        self.path = path
        self.format = format
        self.context = context
        self.size = size
    }

    /// For a single reading.
    func cutter() throws(LogFileError) -> LineCutter {
        if let input { return LineCutter(input, capacity: LogChunk.size) }
        return try LineCutter(path: path, capacity: LogChunk.size)
    }

    /// Bytes of it that there are to read; of what is no file, those that were read.
    var bytes: Int { input?.reader.consumed ?? size }
}

/// Reads the files of one source, in their order, on all cores.
///
/// Chunks are read one after the other; where every line stands for itself they are parsed at once by several threads. Their digests are counted
/// partition by partition, each partition in the chunks' order. A thread does whatever is next: nobody waits while there is work.
final class SourcePipeline: @unchecked Sendable {
    private let files: [PlannedFile]
    private let plan: LinePlan
    private let threads: Int
    private let progress: @Sendable (Int) -> Bool
    private let partitions: [PartitionBox]

    /// Guards everything below.
    private let condition = NSCondition()
    private var nextFile = 0
    private var reader: LineCutter?
    private var sequentialParser: (any LineParser)?
    private var isReading = false
    private var isReadToEnd = false
    private var isStopped = false
    private var sequence = 0
    /// Parsed and not yet counted by all partitions, by sequence number.
    private var parsed: [Int: LogChunk] = [:]
    /// All chunks before this one are parsed.
    private var parsedUpTo = 0
    private var spare: [LogChunk] = []
    private var inFlight = 0
    private var counts: [FileCount]
    /// Lines of each chunk, by file.
    private var chunkLines: [[Int]]
    private var failures: [Int: LogFileError] = [:]
    private var doneBytes = 0
    private var digesters: [Digester] = []
    /// By format.
    private var watches: [String: LineWatch] = [:]
    /// What needs the order of all events: only the thread that has set `isTallyingWhole` touches it.
    private var whole: WholeTally
    /// The chunk that it counts next.
    private var nextForWhole = 0
    private var isTallyingWhole = false
    private let personalData: PersonalDataTally

    private final class PartitionBox {
        var partition: Partition
        /// The chunk that it counts next.
        var next = 0
        var isBusy = false

        init(_ partition: consuming Partition) { self.partition = partition }

        /// What was counted, which from now on belongs to the caller alone.
        func takeRosters() -> (addresses: Roster, accounts: Roster) { partition.takeRosters() }
    }

    /// - Parameter progress: called with the bytes of the disk that are done; false stops the run.
    init(
        files: [PlannedFile], plan: LinePlan, limits: ActorLimits, threads: Int = max(1, ProcessInfo.processInfo.activeProcessorCount),
        progress: @escaping @Sendable (Int) -> Bool = { _ in true }
    ) {
        self.files = files
        self.plan = plan
        self.threads = threads
        personalData = PersonalDataTally(key: plan.seed)
        self.progress = progress
        partitions = (0..<Partition.count).map { _ in PartitionBox(Partition(seed: plan.seed, limits: limits)) }
        counts = [FileCount](repeating: FileCount(), count: files.count)
        chunkLines = [[Int]](repeating: [], count: files.count)
        for file in files where watches[file.format.id] == nil {
            watches[file.format.id] = LineWatch(file.format, plan.rules, looksForPersonalData: plan.personalData != nil)
        }
        whole = WholeTally(rules: plan.rules.map { RuleTally($0) })
    }

    /// Blocks; to be called once.
    func run() -> SourceTally {
        DispatchQueue.concurrentPerform(iterations: threads) { _ in work() }
        let first = digesters.first ?? Digester(plan: plan)
        let digester = digesters.dropFirst().reduce(into: first) { $0.merge($1) }
        let rosters = partitions.map { $0.takeRosters() }
        return SourceTally(
            files: files, counts: counts, chunkLines: chunkLines, rules: whole.rules, personalData: personalData, failures: failures,
            wasStopped: isStopped,
            timeline: digester.timeline,
            shapes: digester.shapes.texts.merging(digester.statements.shapes.names) { first, _ in first },
            accountNames: digester.accounts.names, agentNames: digester.agents.names, addresses: rosters.map(\.addresses),
            accounts: rosters.map(\.accounts), ledger: whole.ledger)
    }

    private func work() {
        var parser = ChunkParser(plan: plan)
        condition.lock()
        while !isStopped {
            if let box = nextPartition() {
                count(box)
            } else if !isTallyingWhole, nextForWhole < parsedUpTo {
                tallyWhole()
            } else if !isReading, !isReadToEnd, inFlight < threads * 3 {
                read(&parser)
            } else if isReadToEnd, inFlight == 0 {
                break
            } else {
                condition.wait()
            }
        }
        digesters.append(parser.digester)
        personalData.merge(parser.personalData)
        condition.broadcast()
        condition.unlock()
    }

    // MARK: Counting

    /// A partition that lags; when nothing can be read any partition that has something to count.
    private func nextPartition() -> PartitionBox? {
        let canRead = !isReading && !isReadToEnd && inFlight < threads * 3
        let lag = canRead ? threads : 1
        var best: PartitionBox?
        for box in partitions where !box.isBusy && parsedUpTo - box.next >= lag && box.next < (best?.next ?? .max) { best = box }
        return best
    }

    /// Called with the lock, which is given up meanwhile.
    private func count(_ box: PartitionBox) {
        guard let index = partitions.firstIndex(where: { $0 === box }) else { return }
        box.isBusy = true
        let chunks = (box.next..<parsedUpTo).compactMap { parsed[$0] }
        condition.unlock()
        for chunk in chunks {
            box.partition.apply(addresses: chunk.addresses[index].elements, plan.settings)
            box.partition.apply(accounts: chunk.accounts[index].elements, plan.settings)
        }
        condition.lock()
        for chunk in chunks {
            release(chunk, box.next)
            box.next += 1
        }
        box.isBusy = false
        condition.broadcast()
    }

    private func release(_ chunk: LogChunk, _ sequence: Int) {
        chunk.waiting -= 1
        guard chunk.waiting == 0 else { return }
        parsed[sequence] = nil
        inFlight -= 1
        spare.append(chunk)
    }

    /// What concerns the source as a whole, and rules that count, need the log's order: one thread at a time tells them. Called with the lock, which is
    /// given up meanwhile.
    private func tallyWhole() {
        isTallyingWhole = true
        let first = nextForWhole
        let chunks = (first..<parsedUpTo).compactMap { parsed[$0] }
        condition.unlock()
        for chunk in chunks { whole.count(chunk) }
        condition.lock()
        for (index, chunk) in chunks.enumerated() { release(chunk, first + index) }
        nextForWhole = first + chunks.count
        isTallyingWhole = false
        condition.broadcast()
    }

    // MARK: Reading and parsing

    /// Called with the lock, which is given up meanwhile.
    private func read(_ parser: inout ChunkParser) {
        isReading = true
        inFlight += 1
        let chunk = spare.popLast() ?? LogChunk()
        let mine = sequence
        condition.unlock()
        chunk.reset()
        let hasChunk = readNext(into: chunk)
        var count: FileCount?
        let format = hasChunk ? files[chunk.file].format : nil
        if let format, !format.isLineWise, var own = sequentialParser {
            // Its lines lean on those before: it is parsed before anybody reads on.
            count = parser.parse(chunk, &own, format, watches[format.id])
            sequentialParser = own
        }
        let goesOn = progress(doneBytes + (reader?.consumed ?? 0))
        condition.lock()
        isReading = false
        if !goesOn { isStopped = true }
        guard hasChunk, let format else {
            isReadToEnd = true
            inFlight -= 1
            spare.append(chunk)
            condition.broadcast()
            return
        }
        sequence += 1
        condition.broadcast()
        if count == nil {
            condition.unlock()
            var own = format.makeParser(files[chunk.file].context)
            count = parser.parse(chunk, &own, format, watches[format.id])
            condition.lock()
        }
        counts[chunk.file].add(count ?? FileCount())
        while chunkLines[chunk.file].count <= chunk.number { chunkLines[chunk.file].append(0) }
        chunkLines[chunk.file][chunk.number] = chunk.newlines
        chunk.waiting = Partition.count + 1
        parsed[mine] = chunk
        while parsed[parsedUpTo] != nil { parsedUpTo += 1 }
        condition.broadcast()
    }

    /// Only by the thread that is reading. False when all files are read.
    private func readNext(into chunk: LogChunk) -> Bool {
        while true {
            if reader == nil {
                guard nextFile < files.count else { return false }
                let file = files[nextFile]
                sequentialParser = file.format.isLineWise ? nil : file.format.makeParser(file.context)
                do throws(LogFileError) {
                    reader = try file.cutter()
                } catch {
                    failures[nextFile] = error
                    nextFile += 1
                    continue
                }
            }
            do throws(LogFileError) {
                if let cut = try reader?.next(into: chunk.buffer) {
                    (chunk.file, chunk.number, chunk.filled, chunk.isLast) = (nextFile, cut.index, cut.count, cut.isLast)
                    return true
                }
            } catch {
                failures[nextFile] = error
            }
            if reader?.hasShrunk == true, failures[nextFile] == nil { failures[nextFile] = .shrunk }
            doneBytes += reader?.consumed ?? 0
            reader = nil
            nextFile += 1
        }
    }
}
