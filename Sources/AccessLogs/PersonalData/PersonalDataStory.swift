import Findings
import Foundation
import Geography

/// Tells what persons' data a log holds: one incident for each kind and place.
struct PersonalDataStory {
    let evidence: SourceEvidence

    /// Fewer lines than this may be chance: a number that only looks like one of a person.
    private static func fewest(_ kind: LeakedKind) -> Int {
        switch kind {
        case .idCard, .bankCard, .password: 2
        case .mobile, .name, .token, .session: 5
        }
    }

    /// Parameters of one incident beyond this many are counted, not named.
    private static let named = 5
    private static let listed = 40

    func incidents(_ tally: PersonalDataTally) -> [Incident] {
        struct Group: Hashable {
            var kind: LeakedKind
            var place: LeakPlace
            var shape: UInt64
        }
        let groups = Dictionary(grouping: tally.ranked) { Group(kind: $0.key.kind, place: $0.key.place, shape: $0.key.shape) }
        // A dictionary's order is none: what is as frequent comes in the order of its key.
        let ordered = groups.sorted {
            ($0.key.kind.rawValue, $0.key.place.rawValue, $0.key.shape) < ($1.key.kind.rawValue, $1.key.place.rawValue, $1.key.shape)
        }
        return ordered.map(\.value).compactMap(incident).sorted { ($1.requests, $0.from) < ($0.requests, $1.from) }.prefix(Self.listed).map { $0 }
    }

    private func incident(_ entries: [(key: PersonalDataTally.Key, entry: PersonalDataTally.Entry)]) -> Incident? {
        guard let leading = entries.first, let first = entries.map(\.entry.first).min(), let last = entries.map(\.entry.last).max() else {
            return nil
        }
        let kind = leading.key.kind
        let lines = entries.reduce(0) { $0 + $1.entry.lines }
        guard lines >= Self.fewest(kind) else { return nil }
        let values = entries.reduce(0) { $0 + ($1.entry.values ?? $1.entry.lines) }
        let times = entries.flatMap { [$0.entry.first.time, $0.entry.last.time] }.filter { $0 > 0 }
        var incident = Incident(
            kind: .personalDataInLog, source: evidence.name, region: .undetermined, standing: .undetermined, from: Self.date(times.min() ?? 0),
            to: Self.date(times.max() ?? 0), severity: kind == .name ? .medium : .high)
        incident.requests = lines
        incident.persons = kind.isPersonal ? values : 0
        incident.succeeded = true
        incident.facts = ["kind": .term(kind.term), "place": .term(leading.key.place.term), "lines": .count(lines), "values": .count(values)]
        var parameters = entries.prefix(Self.named).map(\.key.parameter).filter { !$0.isEmpty }.map { Fact.text($0) }
        if parameters.isEmpty { parameters = [.text("—")] }
        incident.facts["discriminator"] = .text("\(kind) \(leading.key.place) \(evidence.shapes[leading.key.shape] ?? "")")
        incident.evidence = [
            Message(
                "access-logs.leak",
                [
                    "shape": .text(evidence.shapes[leading.key.shape] ?? "—"), "parameters": .list(parameters),
                    "samples": .list(leading.entry.samples.isEmpty ? [.text("—")] : leading.entry.samples.map { .text($0) }),
                    "place": .text(evidence.place(LinePlace(file: first.file, offset: first.line))),
                    "last": .text(evidence.place(LinePlace(file: last.file, offset: last.line))),
                ])
        ]
        return incident
    }

    private static func date(_ seconds: Int64) -> Date { Date(timeIntervalSince1970: TimeInterval(seconds)) }
}
