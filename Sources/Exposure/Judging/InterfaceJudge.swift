import Estate
package import Findings
import Foundation

/// Judges what HTTP interfaces and pages give away.
package enum InterfaceJudge {
    // MARK: Person data

    /// - Parameter looked: somebody looked for person data at all.
    package static func personData(
        _ check: CheckID, _ endpoints: [EndpointReading], _ interfaces: [InterfaceReading], looked: Bool
    ) -> CheckResult {
        guard looked else { return .judged(check, examined: 0, findings: [], unexamined: Message("exposure.no-detectors")) }
        guard !endpoints.isEmpty || !interfaces.isEmpty else {
            return .judged(check, examined: 0, findings: [], unexamined: Message("exposure.no-interfaces"))
        }
        var findings = endpoints.compactMap { finding(check, $0.persons, subject: $0.endpoint.name, asset: $0.endpoint.name) }
        for interface in interfaces {
            let name = interface.interface.name
            findings += interface.operations.compactMap { finding(check, $0.persons, subject: name, asset: "\(name) \($0.name)") }
        }
        let examined = endpoints.filter { $0.persons != .undecided }.count + interfaces.reduce(0) { $0 + $1.decided }
        let open =
            endpoints.filter { $0.persons == .undecided }.map { Fact.text($0.endpoint.name) }
            + interfaces.filter { !Coverage.of($0).isEmpty }.map { Fact.text($0.interface.name) }
        let reason = open.isEmpty ? nil : Message("exposure.undecided-endpoints", ["endpoints": .list(open)])
        return .judged(check, examined: examined, findings: findings, unexamined: reason)
    }

    private static func finding(_ check: CheckID, _ reading: PersonDataReading, subject: String, asset: String) -> Finding? {
        guard case .found(let evidence) = reading else { return nil }
        let kinds = Fact.list(evidence.kinds.prefix(8).map { .term($0.term) })
        return Finding(
            check: check, subject: subject, asset: asset, severity: evidence.severity, facts: ["kinds": kinds], evidence: [evidence.message])
    }

    // MARK: Accounts

    package static func accounts(_ check: CheckID, _ readings: [AccountReading]) -> CheckResult {
        guard !readings.isEmpty else { return .judged(check, examined: 0, findings: [], unexamined: Message("exposure.no-accounts")) }
        let findings = readings.filter { $0.verdict == .shared }.map {
            Finding(check: check, subject: $0.endpoint.name, asset: $0.endpoint.name, evidence: [$0.evidence])
        }
        let open = readings.filter { $0.verdict == .unknown }.map { Fact.text($0.endpoint.name) }
        let reason = open.isEmpty ? nil : Message("exposure.undecided-endpoints", ["endpoints": .list(open)])
        return .judged(check, examined: readings.count - open.count, findings: findings, unexamined: reason)
    }

    // MARK: Pages

    package static func pages(_ check: CheckID, _ pages: [PageReading]) -> CheckResult {
        let findings = pages.flatMap { Self.findings(check, $0) }
        let examined = pages.reduce(0) { $0 + $1.examined }
        guard examined > 0 else { return .judged(check, examined: 0, findings: [], unexamined: Message("exposure.no-pages")) }
        let open = pages.filter { !Coverage.of($0).isEmpty }.map { Fact.text($0.subject) }
        let reason = open.isEmpty ? nil : Message("exposure.undecided-pages", ["pages": .list(open)])
        return .judged(check, examined: examined, findings: findings, unexamined: reason)
    }

    /// One for each kind of secret in each script: two of a kind are mended together.
    private static func findings(_ check: CheckID, _ page: PageReading) -> [Finding] {
        var groups: [(path: String, kind: SecretHit.Kind, hits: [SecretHit])] = []
        for (path, hit) in page.hits {
            if let place = groups.firstIndex(where: { $0.path == path && $0.kind == hit.kind }) {
                groups[place].hits.append(hit)
            } else {
                groups.append((path, hit.kind, [hit]))
            }
        }
        return groups.map { path, kind, hits in
            let lengths = Fact.list(Set(hits.map(\.length)).sorted().prefix(8).map { .count($0) })
            return Finding(
                check: check, subject: page.subject, asset: "\(page.origin.safeHost)\(path)", discriminator: kind.rawValue,
                severity: hits.map(\.severity).max(), facts: ["kind": .term(kind.term)],
                evidence: [
                    Message("exposure.secret", ["kind": .term(kind.term), "path": .text(path), "count": .count(hits.count), "lengths": lengths])
                ])
        }
    }
}

extension Coverage {
    package static func of(_ reading: InterfaceReading) -> [Unexamined] {
        let name = reading.interface.name
        var left: [Unexamined] = []
        if let problem = reading.problem { left.append(Unexamined(name, problem)) }
        if reading.outOfScope > 0, reading.problem == nil {
            left.append(Unexamined(name, Message("exposure.operations-out-of-scope", ["count": .count(reading.outOfScope)])))
        }
        if reading.abandoned > 0 { left.append(Unexamined(name, Message("exposure.operations-abandoned", ["count": .count(reading.abandoned)]))) }
        let skipped = [OpenAPIDocument.Skip.sideEffect, .parameter, .file, .excess].compactMap { skip -> Fact? in
            guard let count = reading.skipped[skip], count > 0 else { return nil }
            return .message(Message("exposure.operations-skip", ["why": .term("exposure.skip-\(skip.rawValue)"), "count": .count(count)]))
        }
        if !skipped.isEmpty { left.append(Unexamined(name, Message("exposure.operations-skipped", ["skipped": .list(skipped)]))) }
        if reading.undecided > 0 {
            left.append(
                Unexamined(
                    name,
                    Message("exposure.operations-undecided", ["count": .count(reading.undecided), "asked": .count(reading.operations.count)])))
        }
        return left
    }

    package static func of(_ reading: AccountReading) -> [Unexamined] {
        reading.verdict == .unknown ? [Unexamined(reading.endpoint.name, reading.evidence)] : []
    }

    package static func of(_ reading: PageReading) -> [Unexamined] {
        if let problem = reading.problem { return [Unexamined(reading.subject, problem)] }
        return reading.left > 0 ? [Unexamined(reading.subject, Message("exposure.scripts-left", ["count": .count(reading.left)]))] : []
    }
}

/// The table of interfaces that documents describe.
package enum InterfaceTable {
    package static func exhibit(_ readings: [InterfaceReading]) -> Exhibit {
        let rows = readings.map { reading -> [Fact] in
            func count(_ outcome: OperationReading.Outcome) -> Fact { .count(reading.operations.filter { $0.outcome == outcome }.count) }
            let persons = reading.operations.filter { if case .found = $0.persons { true } else { false } }.count
            return [
                .text(reading.interface.name), .count(reading.described), .count(reading.operations.count), count(.refused), count(.data),
                .count(persons),
                .count(reading.described - reading.operations.count),
            ]
        }
        return Exhibit(
            "exposure.interfaces", .table,
            columns: [
                "exposure.interface", "exposure.operations", "exposure.asked", "exposure.refusing", "exposure.answering", "exposure.with-person-data",
                "exposure.not-asked",
            ], rows: rows)
    }
}
