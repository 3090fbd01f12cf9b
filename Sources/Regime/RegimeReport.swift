import Findings
import Foundation

/// Puts verdicts on documents into the shared words: findings, evidence, the table of documents.
struct RegimeReport {
    /// How many documents were read: what a search for a missing one covered.
    let documentsRead: Int

    func findings(_ demand: DocumentDemand, _ verdict: DocumentVerdict?) -> [Finding] {
        guard let verdict else {
            return [
                finding(
                    demand, "missing", problem: Message("regime.missing"),
                    evidence: [Message("regime.searched", ["documents": .count(documentsRead)]), missingElements(demand, demand.elements.map(\.id))])
            ]
        }
        return verdict.faults.sorted().map { fault in
            finding(
                demand, fault.discriminator, severity: severity(fault, demand, verdict), problem: problem(fault, demand, verdict),
                evidence: [Message("regime.found-at", ["place": .text(verdict.place)])] + evidence(fault, demand, verdict))
        }
    }

    private func finding(
        _ demand: DocumentDemand, _ discriminator: String, severity: Severity? = nil, problem: Message, evidence: [Message]
    ) -> Finding {
        Finding(
            check: CheckID(rawValue: demand.check), subject: demand.id, asset: "《\(demand.title)》", discriminator: discriminator, severity: severity,
            facts: ["document": document(demand), "problem": .message(problem)], evidence: evidence)
    }

    /// Nil: as grave as the check. A lack of a quarter of the elements is medium, of fewer low.
    private func severity(_ fault: DocumentVerdict.Fault, _ demand: DocumentDemand, _ verdict: DocumentVerdict) -> Severity? {
        guard fault.isLesser else { return nil }
        if case .noVersion = fault { return .low }
        return verdict.missing.count * 4 >= demand.elements.count ? .medium : .low
    }

    private func problem(_ fault: DocumentVerdict.Fault, _ demand: DocumentDemand, _ verdict: DocumentVerdict) -> Message {
        switch fault {
        case .unapproved(let hasPlaceholder): Message(hasPlaceholder ? "regime.approval-placeholder" : "regime.unapproved")
        case .undated: Message("regime.undated")
        case .futureDated(let day): Message("regime.future-dated", ["day": .day(day)])
        case .outdated(let day, let limit): Message("regime.outdated", ["day": .day(day), "limit": .days(limit)])
        case .noOfficer(let hasPlaceholder): Message(hasPlaceholder ? "regime.officer-placeholder" : "regime.no-officer")
        case .forbidden(let id): Message("regime.forbidden", ["statement": .term("regime.forbidden.\(id)")])
        case .thin, .elementsMissing:
            Message(
                fault == .thin ? "regime.thin" : "regime.elements-missing",
                ["found": .count(verdict.found.count), "total": .count(demand.elements.count)])
        case .noVersion: Message("regime.no-version")
        }
    }

    private func evidence(_ fault: DocumentVerdict.Fault, _ demand: DocumentDemand, _ verdict: DocumentVerdict) -> [Message] {
        switch fault {
        case .thin, .elementsMissing: [missingElements(demand, verdict.missing)]
        case .outdated(let day, _): [Message("regime.newest-date", ["day": .day(day)])]
        default: []
        }
    }

    private func missingElements(_ demand: DocumentDemand, _ ids: [String]) -> Message {
        Message("regime.missing-elements", ["elements": .list(ids.map { .term(Self.term(element: $0, of: demand)) })])
    }

    static func term(element: String, of demand: DocumentDemand) -> String { "regime.element.\(demand.id).\(element)" }

    private func document(_ demand: DocumentDemand) -> Fact { .term("regime.document.\(demand.id)") }

    /// One row for each demanded document.
    func exhibit(_ rows: [(demand: DocumentDemand, verdict: DocumentVerdict?, result: CheckResult)]) -> Exhibit {
        Exhibit(
            "regime.documents", .table,
            columns: ["regime.document", "regime.place", "regime.approved", "regime.reviewed", "regime.elements", "regime.verdict"],
            rows: rows.map { demand, verdict, result in
                [
                    document(demand), verdict.map { .text($0.place) } ?? .none, approval(verdict), verdict?.reviewed.map { .day($0) } ?? .none,
                    verdict.map { .text("\($0.found.count)/\(demand.elements.count)") } ?? .none, .term(verdictTerm(verdict, result)),
                ]
            })
    }

    private func approval(_ verdict: DocumentVerdict?) -> Fact {
        switch verdict?.approver {
        case .person(let masked): .text(masked)
        case .resolution: .term("regime.resolution")
        case nil: .none
        }
    }

    private func verdictTerm(_ verdict: DocumentVerdict?, _ result: CheckResult) -> String {
        guard let verdict else {
            if case .notAssessed = result.outcome { return "regime.verdict.not-assessed" }
            return "regime.verdict.missing"
        }
        if verdict.faults.isEmpty { return "regime.verdict.complete" }
        return verdict.faults.allSatisfy(\.isLesser) ? "regime.verdict.incomplete" : "regime.verdict.deficient"
    }
}
