import Estate
package import Findings
import Probes

/// Judges the declared HTTP interfaces. One that is public on purpose may answer anybody, in plain text too: it carries nobody's data.
package enum EndpointJudge {
    package static func authentication(_ check: CheckID, _ endpoints: [EndpointReading]) -> CheckResult {
        judge(check, endpoints, isDecided: { $0.authentication != .unknown }, fails: { $0.authentication == .notRequired })
    }

    package static func cleartext(_ check: CheckID, _ endpoints: [EndpointReading]) -> CheckResult {
        judge(check, endpoints, isDecided: { $0.isAnswered }, fails: { $0.isCleartext }, evidence: { _ in Message("exposure.cleartext") })
    }

    private static func judge(
        _ check: CheckID, _ endpoints: [EndpointReading], isDecided: (EndpointReading) -> Bool, fails: (EndpointReading) -> Bool,
        evidence: (EndpointReading) -> Message = { $0.evidence }
    ) -> CheckResult {
        let bound = endpoints.filter(\.endpoint.requiresAuthentication)
        guard !bound.isEmpty else { return .judged(check, examined: 0, findings: [], unexamined: Message("exposure.no-endpoints")) }
        let decided = bound.filter(isDecided)
        let findings = decided.filter(fails).map { reading in
            Finding(check: check, subject: reading.endpoint.name, asset: reading.endpoint.name, evidence: [evidence(reading)])
        }
        let open = bound.filter { !isDecided($0) }.map { Fact.text($0.endpoint.name) }
        let reason = open.isEmpty ? nil : Message("exposure.undecided-endpoints", ["endpoints": .list(open)])
        return .judged(check, examined: decided.count, findings: findings, unexamined: reason)
    }
}
