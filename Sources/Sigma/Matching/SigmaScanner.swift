package import Patterns

/// The working memory of one thread for one ``SigmaMatcher``: which rules are worth a look for which line.
///
/// Either scan a chunk of whole lines at once and take its lines one after the other:
///
///     scanner.scan(chunk)
///     for line in lines(of: chunk) {
///         if scanner.takeCandidates(upTo: line.end) { matcher.match(event, scanner) { … } }
///     }
///
/// or, when the literals are part of a larger ``PatternSet``, note the hits of a line yourself:
///
///     scanner.begin(); scanner.note(literal: id); …
///     if scanner.finish() { matcher.match(event, scanner) { … } }
package final class SigmaScanner {
    private struct Hit {
        var end: UInt32
        var literal: UInt32
    }

    private let matcher: SigmaMatcher
    private let prefilterScratch: PatternScratch
    /// For regular expressions.
    package let scratch: PatternScratch
    private var hits: [Hit] = []
    private var next = 0
    /// Local rules; the first ``candidateCount`` count.
    package var candidates: [UInt32]
    package var candidateCount = 0
    /// Local rule → the last line it became a candidate for.
    private var seen: [UInt64]
    private var line: UInt64 = 0

    /// - Throws: ``PatternSet/CompileError`` when there is no memory.
    package init(for matcher: SigmaMatcher) throws(PatternSet.CompileError) {
        self.matcher = matcher
        prefilterScratch = try PatternScratch(for: matcher.prefilter)
        scratch = try PatternScratch(for: matcher.tables.expressions)
        candidates = [UInt32](repeating: 0, count: matcher.rules.count)
        seen = [UInt64](repeating: 0, count: matcher.rules.count)
    }

    /// Finds the literals of a chunk, at most 4 GiB. Forgets the chunk before.
    package func scan(_ chunk: UnsafeRawBufferPointer) {
        hits.removeAll(keepingCapacity: true)
        next = 0
        var isSorted = true
        matcher.prefilter.scan(chunk, prefilterScratch) { literal, end in
            let end = UInt32(clamping: end)
            if let last = hits.last, last.end > end { isSorted = false }
            hits.append(Hit(end: end, literal: literal))
            return true
        }
        if !isSorted { hits.sort { $0.end < $1.end } }
    }

    /// The candidates of the lines up to `end` (an offset into the chunk) that were not taken before.
    /// - Returns: whether there are any.
    @inline(__always)
    package func takeCandidates(upTo end: Int) -> Bool {
        if next >= hits.count || Int(hits[next].end) > end, !matcher.hasUnfiltered {
            candidateCount = 0
            return false
        }
        return collect(upTo: end)
    }

    private func collect(upTo end: Int) -> Bool {
        begin()
        while next < hits.count, Int(hits[next].end) <= end {
            note(literal: hits[next].literal)
            next += 1
        }
        return finish()
    }

    /// Begins a line whose hits are noted one by one.
    package func begin() {
        line &+= 1
        candidateCount = 0
    }

    /// - Parameter literal: its id in ``SigmaMatcher/literals``.
    package func note(literal: UInt32) {
        guard Int(literal) < matcher.rulesOfLiteral.count else { return }
        for rule in matcher.rulesOfLiteral[Int(literal)] { add(rule) }
    }

    /// Adds the rules that are looked at for every line.
    package func finish() -> Bool {
        for rule in matcher.unfiltered { add(rule) }
        return candidateCount > 0
    }

    /// Every rule is a candidate: for lines whose values don't stand in the scanned text as the event gives them.
    package func considerAll() -> Bool {
        begin()
        for rule in 0..<UInt32(clamping: matcher.rules.count) { add(rule) }
        return candidateCount > 0
    }

    private func add(_ rule: UInt32) {
        guard seen[Int(rule)] != line else { return }
        seen[Int(rule)] = line
        candidates[candidateCount] = rule
        candidateCount += 1
    }
}

extension SigmaMatcher {
    var hasUnfiltered: Bool { !unfiltered.isEmpty }
}
