import Findings

/// Scores, counts and progress, with the geometry of their bars (in thousandths of the drawing's width).
struct SummarySection: Sendable {
    let domains: [DomainRow]
    let verdicts: [Tally]
    let severities: [Tally]
    let progress: String

    /// One part of a whole: `x` and `width` place it in a stacked bar.
    struct Tally: Sendable {
        let badge: Badge
        let count: String
        let x: Int
        let width: Int
    }

    init(_ report: Report, _ words: Words) {
        domains = report.domains.map { DomainRow($0, words) }
        let controls = report.summary.controls
        verdicts = Self.stack(
            [
                (Badge(.nonCompliant, words), controls.nonCompliant), (Badge(.partial, words), controls.partial),
                (Badge(.compliant, words), controls.compliant), (Badge(.notAssessed, words), controls.notAssessed),
                (Badge(.notApplicable, words), controls.notApplicable),
            ], words)
        let findings = report.summary.findings
        severities = Self.stack(
            [
                (Badge(.critical, words), findings.critical), (Badge(.high, words), findings.high), (Badge(.medium, words), findings.medium),
                (Badge(.low, words), findings.low),
            ], words)
        progress = Self.progress(report.progress, words)
    }

    private static func stack(_ parts: [(Badge, Int)], _ words: Words) -> [Tally] {
        let counts = parts.map { max($0.1, 0) }
        let edges = Bars.edges(counts)
        return parts.indices.map { index in
            Tally(
                badge: parts[index].0, count: words.fact(.count(counts[index])), x: edges[index], width: edges[index + 1] - edges[index])
        }
    }

    private static func progress(_ progress: Report.Progress, _ words: Words) -> String {
        guard let previous = progress.previousRun else { return words["note.first-run"] }
        return words.sentence(
            "progress",
            [
                "previous": .time(previous), "new": .count(progress.new), "open": .count(progress.open), "fixed": .count(progress.fixed),
                "accepted": .count(progress.accepted),
            ])
    }
}

/// The score of one domain.
struct DomainRow: Sendable {
    let title: String
    let score: String
    let width: Int
    let colour: String
    let assessed: String
    let unassessed: String

    init(_ domain: Report.Domain, _ words: Words) {
        title = PlainText.name(domain.title)
        let value = domain.score.flatMap { $0.isFinite ? min(max($0, 0), 100) : nil }
        score = value.map { words.fact(.share($0 / 100)) } ?? words["label.no-score"]
        width = Int(((value ?? 0) * 10).rounded())
        // The bounds of the 2025 assessment template: over 90, 60 to 90, under 60.
        let verdict: Verdict = value.map { $0 > 90 ? .compliant : $0 >= 60 ? .partial : .nonCompliant } ?? .notAssessed
        colour = Colours.fill(verdict.rawValue)
        assessed = words.fact(.count(domain.counts.compliant + domain.counts.partial + domain.counts.nonCompliant))
        unassessed = words.fact(.count(domain.counts.notAssessed))
    }
}

/// Geometry of bars.
enum Bars {
    /// The edges of parts laid end to end over 0…1000; one more edge than parts. Nothing at all has no width.
    static func edges(_ counts: [Int]) -> [Int] {
        let total = counts.reduce(0.0) { $0 + Double($1) }
        guard total > 0 else { return Array(repeating: 0, count: counts.count + 1) }
        var sum = 0.0
        return [0]
            + counts.map { count in
                sum += Double(count)
                return Int((sum / total * 1000).rounded())
            }
    }

    /// The length of a value over 0…1000 beside the greatest; what is more than nothing is seen.
    static func length(_ value: Double, of greatest: Double) -> Int {
        guard value.isFinite, greatest.isFinite, value > 0, greatest > 0 else { return 0 }
        return max(Int((min(value / greatest, 1) * 1000).rounded()), 4)
    }
}
