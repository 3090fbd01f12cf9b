import Foundation
import LogFormats
import Network
import Sigma

/// One thread's parsing: lines of a chunk become digests, each put with the partition that counts it.
struct ChunkParser {
    /// No format has more records open at once.
    private static let openRecords = 64

    private let plan: LinePlan
    private(set) var digester: Digester
    private var event = LogEvent()
    private var digest = EventDigest()
    private let addressScratch = AddressScratch()
    private var dialect: StatementDialect?
    private var watcher: LineWatcher?
    /// Of this thread: the source's is the sum.
    let personalData: PersonalDataTally

    init(plan: LinePlan) {
        self.plan = plan
        personalData = PersonalDataTally(key: plan.seed)
        digester = Digester(plan: plan)
    }

    /// - Parameter now: stamps later than a day after it are not believed.
    mutating func move(to now: Date) { digester.latest = Int64(now.timeIntervalSince1970) + 86_400 }

    /// - Parameter watch: what to look for in lines of this format; nil for nothing.
    mutating func parse(_ chunk: LogChunk, _ parser: inout any LineParser, _ format: LogFormat, _ watch: LineWatch?) -> FileCount {
        dialect = DatabaseFormats.dialect(of: format.id)
        if watcher?.watch !== watch { watcher = watch.flatMap { LineWatcher($0) } }
        // Where lines lean on each other, an event is not the line it comes with: then each event is scanned by itself.
        if format.isLineWise { watcher?.scan(chunk.bytes) }
        repeatsLeft = Self.chunkRepeatLimit
        var count = FileCount()
        let bytes = chunk.bytes
        var start = 0
        while start < bytes.count {
            let newline = bytes.next(0x0A, from: start)
            let end = newline ?? bytes.count
            let next = end + 1
            // A log that was cut under a writing server begins with a hole: zeros that belong to no line.
            while start < end, bytes[start] == 0 { start += 1 }
            if start < end {
                if end - start > LineScanner.lineLimit { count.cut += 1 }
                let line = start..<min(end, start + LineScanner.lineLimit)
                count.lines += 1
                let outcome = parser.parse(bytes.part(line), into: &event)
                // The last line of a live file may be half written.
                if outcome == .unparsed, newline == nil, chunk.isLast {
                    count.lines -= 1
                } else {
                    note(outcome, chunk, format.isLineWise ? line : nil, &count)
                }
            }
            start = next
            chunk.newlines += 1
        }
        if chunk.isLast {
            // More than one record may be open still.
            for _ in 0..<Self.openRecords {
                let outcome = parser.finish(into: &event)
                note(outcome, chunk, nil, &count)
                if outcome != .event { break }
            }
        }
        return count
    }

    @inline(__always)
    private mutating func note(_ outcome: LineOutcome, _ chunk: LogChunk, _ line: Range<Int>?, _ count: inout FileCount) {
        switch outcome {
        case .partial, .nothing: return
        case .unparsed: count.unparsed += 1
        case .event:
            switch digester.take(event, dialect, &digest) {
            case .unparsed: count.unparsed += 1
            case .implausible: count.implausible += 1
            case .outside: noteTime(&count)
            case .counted:
                noteTime(&count)
                digest.file = UInt32(truncatingIfNeeded: chunk.file)
                digest.offset = LineCode.of(chunk: chunk.number, line: chunk.newlines)
                if watcher != nil { watch(chunk, line) }
                if SourceLedger.concerns(digest) { chunk.general.append(digest) }
                route(chunk)
            }
        }
    }

    @inline(__always)
    private func noteTime(_ count: inout FileCount) {
        count.events += 1
        if event.time < count.first { count.first = event.time }
        if event.time > count.last { count.last = event.time }
    }

    @inline(__always)
    private mutating func watch(_ chunk: LogChunk, _ line: Range<Int>?) {
        guard let watcher else { return }
        let isInChunk = line != nil && event.text.baseAddress == event.raw.baseAddress
        let sighting = isInChunk ? watcher.take(line ?? 0..<0, in: chunk.bytes) : watcher.take(event)
        if sighting.isTriggered, event.action == .request { digest.signs |= UInt32(watcher.attackSigns(of: event).rawValue) }
        if sighting.hasCandidates { matchRules(watcher, chunk) }
        plan.personalData?.examine(
            event, isTriggered: sighting.mayHoldPersonalData, shape: digest.shape,
            at: LeakLine(file: digest.file, line: digest.offset, time: event.time), into: personalData)
    }

    private func matchRules(_ watcher: LineWatcher, _ chunk: LogChunk) {
        let whole = LogSigmaEvent(
            event: event, client: digest.hasAddress ? IPAddress(v6High: digest.high, low: digest.low) : nil, scratch: addressScratch)
        for sighted in watcher.watch.isAudit ? whole.records : [whole] {
            watcher.match(sighted) { rule in
                chunk.ruleHits.append(
                    RuleHit(rule: rule, digest: digest, occurrence: watcher.watch.plan?.occurrence(of: rule, in: sighted, at: event.time)))
            }
        }
    }

    /// A line may tell of many events alike (“message repeated 5 times”). So many are believed.
    private static let repeatLimit: Int32 = 1_000
    /// …and so many in all of one chunk: whoever may write to a log could make gigabytes of a megabyte.
    private static let chunkRepeatLimit: Int32 = 50_000
    private var repeatsLeft = chunkRepeatLimit

    @inline(__always)
    private mutating func route(_ chunk: LogChunk) {
        route(once: chunk)
        guard event.repeats > 1 else { return }
        let more = min(event.repeats, Self.repeatLimit, repeatsLeft + 1) - 1
        repeatsLeft -= more
        for _ in 0..<more { route(once: chunk) }
    }

    @inline(__always)
    private func route(once chunk: LogChunk) {
        if digest.hasAddress { chunk.addresses[Partition.index(digest.high, digest.low, plan.seed)].append(digest) }
        if digest.account != 0 { chunk.accounts[Partition.index(0, digest.account, plan.seed)].append(digest) }
    }
}
