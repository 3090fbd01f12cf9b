import LogFormats

/// One thread's parsing: lines of a chunk become digests, each put with the partition that counts it.
struct ChunkParser {
    private let plan: LinePlan
    private(set) var digester: Digester
    private(set) var ledger = SourceLedger()
    private var event = LogEvent()
    private var digest = EventDigest()
    private var dialect: StatementDialect?

    init(plan: LinePlan) {
        self.plan = plan
        digester = Digester(plan: plan)
    }

    mutating func parse(_ chunk: LogChunk, _ parser: inout any LineParser, _ dialect: StatementDialect?) -> FileCount {
        self.dialect = dialect
        var count = FileCount()
        let bytes = chunk.bytes
        var start = 0
        while start < bytes.count {
            let newline = bytes.next(0x0A, from: start)
            let end = newline ?? bytes.count
            // A log that was cut under a writing server begins with a hole: zeros that belong to no line.
            while start < end, bytes[start] == 0 { start += 1 }
            if start < end {
                var line = bytes.part(start..<end)
                if line.count > LineScanner.lineLimit {
                    line = line.part(0..<LineScanner.lineLimit)
                    count.cut += 1
                }
                count.lines += 1
                let outcome = parser.parse(line, into: &event)
                // The last line of a live file may be half written.
                if outcome == .unparsed, newline == nil, chunk.isLast { count.lines -= 1 } else { note(outcome, chunk, start, &count) }
            }
            start = end + 1
        }
        if chunk.isLast { note(parser.finish(into: &event), chunk, bytes.count, &count) }
        return count
    }

    @inline(__always)
    private mutating func note(_ outcome: LineOutcome, _ chunk: LogChunk, _ start: Int, _ count: inout FileCount) {
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
                route(chunk, start)
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
    private mutating func route(_ chunk: LogChunk, _ start: Int) {
        digest.file = UInt32(truncatingIfNeeded: chunk.file)
        digest.offset = UInt64(chunk.offset + start)
        if SourceLedger.concerns(digest) { ledger.count(digest) }
        if digest.hasAddress { chunk.addresses[Partition.index(digest.high, digest.low, plan.seed)].append(digest) }
        if digest.account != 0 { chunk.accounts[Partition.index(0, digest.account, plan.seed)].append(digest) }
    }
}
