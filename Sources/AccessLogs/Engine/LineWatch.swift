import LogFormats
import Patterns
import Sigma

/// What lines of one format are scanned for, in one pass over the bytes: signs of attacks, and literals of rules. Shared by all threads.
final class LineWatch: Sendable {
    let set: PatternSet
    let matcher: SigmaMatcher?
    let plan: SigmaCorrelationPlan?
    let looksForAttacks: Bool
    let isAudit: Bool
    /// Ids below are ``AttackTriggers/Kind``; those from here on are literals of the matcher.
    static let ruleBase: UInt32 = 16
    /// The id of what stands before persons' names and secrets.
    static let personalData: UInt32 = 8

    /// Nil when there is nothing to look for.
    init?(_ format: LogFormat, _ rules: RuleBook?, looksForPersonalData: Bool) {
        looksForAttacks = format.family == .web || format.family == .proxy || format.family == .application
        isAudit = format.family == .audit
        matcher = rules?.matcher(for: format)
        plan = rules?.plan
        var literals = looksForAttacks ? AttackTriggers.literals() : []
        if looksForPersonalData { literals += PersonalDataTriggers.literals(id: Self.personalData) }
        for literal in matcher?.literals ?? [] {
            literals.append(PatternSet.Literal(bytes: literal.bytes, id: Self.ruleBase + literal.id, ignoresCase: literal.ignoresCase))
        }
        guard !literals.isEmpty || matcher != nil, let set = try? PatternSet(literals) else { return nil }
        self.set = set
    }
}

/// One thread's watching over lines.
final class LineWatcher {
    private struct Hit {
        var id: UInt32
        var end: UInt32
    }

    let watch: LineWatch
    private let scratch: PatternScratch
    private let rules: SigmaScanner?
    private let classifier = LineWatcher.sharedClassifier
    private let attackScratch = AttackScratch()
    private var hits: [Hit] = []
    private var next = 0
    /// Of an event that is scanned by itself, while those of its chunk wait.
    private var eventHits: [Hit] = []

    private static let sharedClassifier = AttackClassifier()

    init?(_ watch: LineWatch) {
        guard let scratch = try? PatternScratch(for: watch.set) else { return nil }
        self.watch = watch
        self.scratch = scratch
        rules = watch.matcher.flatMap { try? SigmaScanner(for: $0) }
    }

    /// Scans a chunk of lines that all stand as they are, to take them one after the other.
    func scan(_ chunk: UnsafeRawBufferPointer) {
        hits.removeAll(keepingCapacity: true)
        next = 0
        var isSorted = true
        watch.set.scan(chunk, scratch) { id, end in
            if let last = hits.last, last.end > end { isSorted = false }
            hits.append(Hit(id: id, end: UInt32(truncatingIfNeeded: end)))
            return true
        }
        if !isSorted { hits.sort { $0.end < $1.end } }
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
        while next < hits.count, Int(hits[next].end) <= line.lowerBound { next += 1 }
        guard next < hits.count && Int(hits[next].end) <= line.upperBound || rules != nil && watch.matcher?.unfilteredCount != 0 else {
            return Sighting()
        }
        return collect(upTo: line.upperBound, in: chunk)
    }

    private func collect(upTo end: Int, in bytes: UnsafeRawBufferPointer) -> Sighting {
        var attack = AttackTriggers.Line()
        var mayHoldPersonalData = false
        rules?.begin()
        while next < hits.count, Int(hits[next].end) <= end {
            let hit = hits[next]
            next += 1
            if hit.id >= LineWatch.ruleBase {
                rules?.note(literal: hit.id - LineWatch.ruleBase)
            } else if hit.id == LineWatch.personalData {
                mayHoldPersonalData = true
            } else if let kind = AttackTriggers.Kind(rawValue: hit.id) {
                attack.note(kind, end: Int(hit.end), in: bytes)
            }
        }
        return Sighting(
            isTriggered: attack.isTriggered, hasCandidates: rules?.finish() ?? false, mayHoldPersonalData: mayHoldPersonalData)
    }

    /// For events whose text is not the line: decoded, or of several lines.
    func take(_ event: borrowing LogEvent) -> Sighting {
        // The chunk's own stay for the lines behind this one: a client that has its words escaped must not hide who comes after it.
        let nextOfChunk = next
        swap(&hits, &eventHits)
        scan(event.text)
        var sighting = collect(upTo: event.text.count, in: event.text)
        swap(&hits, &eventHits)
        next = nextOfChunk
        // Keywords look at the line as it stands, fields at what was decoded from it: with both, no candidate is missed.
        if rules != nil, event.raw.baseAddress != event.text.baseAddress { sighting.hasCandidates = rules?.considerAll() ?? false }
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
