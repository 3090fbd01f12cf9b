import Estate
package import Findings
import Network
import Probes

/// Compares what services say of their versions with the user's list of weaknesses. What isn't told, or can't be compared, is never taken for either.
package enum WeaknessJudge {
    /// - Parameter list: nil when the user gave none: then nothing is assessed.
    package static func judge(_ check: CheckID, _ hosts: [HostReading], _ list: KnownWeaknesses?) -> CheckResult {
        guard let list else { return .judged(check, examined: 0, findings: [], unexamined: Message("exposure.weakness-no-list")) }
        guard !hosts.isEmpty else { return .judged(check, examined: 0, findings: [], unexamined: Message("exposure.no-hosts")) }
        var examined = 0
        var findings: [Finding] = []
        var left: [String: Int] = [:]
        for (host, port, reading) in services(hosts) {
            let verdict = list.verdict(on: reading)
            if case .compared(_, let matches, let undecided) = verdict {
                examined += 1
                findings += matches.map { finding(check, host, port, reading, $0) }
                if undecided == 0 { continue }
            }
            left[term(verdict), default: 0] += 1
        }
        let reasons = left.sorted { $0.key < $1.key }.map {
            Fact.message(Message("exposure.weakness-left-out", ["reason": .term($0.key), "count": .count($0.value)]))
        }
        let incomplete = reasons.isEmpty ? nil : Message("exposure.weakness-incomplete", ["reasons": .list(reasons)])
        return .judged(check, examined: examined, findings: findings, unexamined: Coverage.incomplete(hosts) ?? incomplete)
    }

    /// What was compared and what was not, service by service; nil when no service spoke.
    package static func exhibit(_ hosts: [HostReading], _ list: KnownWeaknesses) -> Exhibit? {
        let rows = services(hosts).map { _, port, reading in
            let verdict = list.verdict(on: reading)
            var found = Fact.none
            if case .compared(_, let matches, _) = verdict { found = .count(matches.count) }
            return [
                .text(port.place), .text(reading.product ?? reading.service.name), reading.version.map(Fact.text) ?? .none, .term(term(verdict)),
                found,
            ]
        }
        guard !rows.isEmpty else { return nil }
        return Exhibit(
            "exposure.weaknesses", .table,
            columns: ["exposure.port", "exposure.product", "exposure.version", "exposure.weakness-verdict", "exposure.weakness-count"], rows: rows)
    }

    private static func services(_ hosts: [HostReading]) -> [(HostReading, PortReading, ServiceReading)] {
        hosts.flatMap { host in host.open.compactMap { port in port.reading.map { (host, port, $0) } } }
    }

    private static func finding(
        _ check: CheckID, _ host: HostReading, _ port: PortReading, _ reading: ServiceReading, _ match: KnownWeaknesses.Match
    ) -> Finding {
        let product = reading.product ?? reading.service.name
        let facts: [String: Fact] = ["product": .text(product), "version": .text(reading.version ?? ""), "weakness": .text(match.weakness.id)]
        return Finding(
            check: check, subject: host.host.name, asset: "\(port.place)/\(reading.service.name)", discriminator: match.weakness.id,
            severity: match.weakness.severity, facts: facts.merging(["fixed": fix(match.hit)]) { first, _ in first }, evidence: evidence(facts, match)
        )
    }

    private static func fix(_ hit: Weakness.Hit) -> Fact {
        .message(hit.fixed.map { Message("exposure.weakness-fixed-in", ["fixed": .text($0)]) } ?? Message("exposure.weakness-no-fix"))
    }

    private static func evidence(_ facts: [String: Fact], _ match: KnownWeaknesses.Match) -> [Message] {
        var range = facts
        range["since"] = match.hit.since.map(Fact.text) ?? .term("exposure.weakness-beginning")
        range["fixed"] = match.hit.fixed.map(Fact.text) ?? .term("exposure.weakness-not-said")
        var evidence = [Message("exposure.weakness-range", range)]
        if !match.weakness.summary.isEmpty { evidence.append(Message("exposure.weakness-summary", ["summary": .text(match.weakness.summary)])) }
        if match.weakness.severity == nil { evidence.append(Message("exposure.weakness-no-severity")) }
        return evidence
    }

    private static func term(_ verdict: KnownWeaknesses.Verdict) -> String {
        switch verdict {
        case .noProduct: "exposure.weakness-no-product"
        case .notListed: "exposure.weakness-not-listed"
        case .noVersion: "exposure.weakness-no-version"
        case .distribution: "exposure.weakness-distribution"
        case .unclear: "exposure.weakness-unclear"
        case .compared(_, _, undecided: 0): "exposure.weakness-compared"
        case .compared: "exposure.weakness-undecided"
        }
    }
}
