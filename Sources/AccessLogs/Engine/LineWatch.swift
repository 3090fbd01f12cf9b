import Dispatch
import LogFormats
import Patterns
import Sigma

/// What lines of one format are scanned for, in one pass over the bytes for signs of attacks and of persons' data, and one for literals of rules.
/// Shared by all threads.
final class LineWatch: Sendable {
    let set: PatternSet?
    let matcher: SigmaMatcher?
    let plan: SigmaCorrelationPlan?
    let isAudit: Bool
    /// The id of what stands before persons' names and secrets; those below are ``AttackTriggers/Kind``.
    static let personalData: UInt32 = 8

    /// The same for all logs of requests, and two thousand literals take a while to compile: made once, for all runs of a process. Nil for want of
    /// memory.
    private static let ofRequests = try? PatternSet(AttackTriggers.literals() + PersonalDataTriggers.literals(id: personalData))
    private static let ofOthers = try? PatternSet(PersonalDataTriggers.literals(id: personalData))

    /// Begins to make what every run needs, beside what its caller does meanwhile.
    static func prepare() {
        DispatchQueue.global().async {
            _ = ofRequests
            LineWatcher.prepare()
        }
    }

    /// Nil when there is nothing to look for.
    init?(_ format: LogFormat, _ rules: RuleBook?, looksForPersonalData: Bool) {
        isAudit = format.family == .audit
        matcher = rules?.matcher(for: format)
        plan = rules?.plan
        switch format.family {
        case .web, .proxy, .application: set = Self.ofRequests
        default: set = looksForPersonalData ? Self.ofOthers : nil
        }
        guard set != nil || matcher != nil else { return nil }
    }
}

/// One thread's watching over lines.
final class LineWatcher {
    private struct Hit {
        var id: UInt32
        var end: UInt32
    }

    let watch: LineWatch
    private let scratch: PatternScratch?
    private let rules: SigmaScanner?
    private let classifier = LineWatcher.sharedClassifier
    private let attackScratch = AttackScratch()
    /// Of the chunk, and which of them comes next.
    private var hits: [Hit] = []
    private var next = 0
    /// Of one event whose text is not the line. Apart from the chunk's: the lines that follow need those.
    private var ownHits: [Hit] = []

    private static let sharedClassifier = AttackClassifier()

    static func prepare() { _ = sharedClassifier }

    init?(_ watch: LineWatch) {
        self.watch = watch
        scratch = watch.set.flatMap { try? PatternScratch(for: $0) }
        rules = watch.matcher.flatMap { try? SigmaScanner(for: $0) }
        guard scratch != nil || rules != nil else { return nil }
    }

    /// Scans a chunk of lines that all stand as they are, to take them one after the other.
    func scan(_ chunk: UnsafeRawBufferPointer) {
        next = 0
        find(chunk, &hits)
        rules?.scan(chunk)
    }

    private func find(_ text: UnsafeRawBufferPointer, _ hits: inout [Hit]) {
        var found = consume hits
        found.removeAll(keepingCapacity: true)
        if let set = watch.set, let scratch {
            var isSorted = true
            set.scan(text, scratch) { id, end in
                if let last = found.last, last.end > end { isSorted = false }
                found.append(Hit(id: id, end: UInt32(truncatingIfNeeded: end)))
                return true
            }
            if !isSorted { found.sort { $0.end < $1.end } }
        }
        hits = found
    }

    /// What came of a line.
    struct Sighting {
        /// Worth a look for attacks.
        var isTriggered = false
        /// Rules to be evaluated.
        var hasCandidates = false
        /// Names of what is a person's or a secret stand in it.
        var mayHoldPersonalData = false
    }

    /// - Parameter line: where the line stands in the chunk that was scanned. Hits of lines before it are passed over.
    @inline(__always)
    func take(_ line: Range<Int>, in chunk: UnsafeRawBufferPointer) -> Sighting {
        var sighting = Sighting()
        while next < hits.count, Int(hits[next].end) <= line.lowerBound { next += 1 }
        if next < hits.count, Int(hits[next].end) <= line.upperBound { sighting = collect(hits, from: &next, upTo: line.upperBound, in: chunk) }
        if let rules { sighting.hasCandidates = rules.takeCandidates(upTo: line.upperBound) }
        return sighting
    }

    private func collect(_ hits: [Hit], from next: inout Int, upTo end: Int, in bytes: UnsafeRawBufferPointer) -> Sighting {
        var attack = AttackTriggers.Line()
        var sighting = Sighting()
        while next < hits.count, Int(hits[next].end) <= end {
            let hit = hits[next]
            next += 1
            if hit.id == LineWatch.personalData {
                sighting.mayHoldPersonalData = true
            } else if let kind = AttackTriggers.Kind(rawValue: hit.id) {
                attack.note(kind, end: Int(hit.end), in: bytes)
            }
        }
        sighting.isTriggered = attack.isTriggered
        return sighting
    }

    /// For events whose text is not the line: decoded, or of several lines.
    func take(_ event: borrowing LogEvent) -> Sighting {
        find(event.text, &ownHits)
        var first = 0
        var sighting = collect(ownHits, from: &first, upTo: event.text.count, in: event.text)
        guard let rules else { return sighting }
        if event.raw.baseAddress == event.text.baseAddress {
            rules.scan(event.text)
            sighting.hasCandidates = rules.takeCandidates(upTo: event.text.count)
        } else {
            // Keywords look at the line as it stands, fields at what was decoded from it: with all rules, none is missed.
            sighting.hasCandidates = rules.considerAll()
        }
        return sighting
    }

    func attackSigns(of event: borrowing LogEvent) -> AttackSigns {
        classifier.classify(
            method: event.bytes(of: event.method), target: event.bytes(of: event.target), userAgent: event.bytes(of: event.userAgent),
            referer: event.bytes(of: event.referer), scratch: attackScratch)
    }

    /// Calls `found` with each rule that the event matches.
    func match(_ event: LogSigmaEvent, _ found: (Int) -> Void) {
        guard let rules else { return }
        watch.matcher?.match(event, rules, found)
    }
}
