package import Estate
package import Findings

/// `access-logs.missing-source`: kinds of logs that an estate like this one has, and that none is declared of.
package enum MissingSourceCheck {
    package static let id: CheckID = "access-logs.missing-source"
    /// The subject of its findings: to be among an inspection's examined subjects, or a finding never counts as mended.
    package static let subject = "log-sources"

    /// Why a kind is expected; a term of the wording, `log-reason.…`.
    private struct Expectation {
        var kind: LogSource.Kind
        var reason: String
    }

    /// - Parameters:
    ///   - hasBastion: the estate says that people reach its machines through a bastion host.
    ///   - peopleReachStores: database logs show sessions of people, not of applications only.
    package static func result(_ estate: Estate, hasBastion: Bool = false, peopleReachStores: Bool = false) -> CheckResult {
        let expected = expectations(estate, hasBastion, peopleReachStores)
        let present = Set(estate.logs.map(\.kind))
        let kinds = present.map(\.rawValue).sorted().map { Fact.term("log-kind.\($0)") }
        let findings = expected.filter { !present.contains($0.kind) }.map { expectation in
            Finding(
                check: id, subject: subject, asset: subject, discriminator: expectation.kind.rawValue,
                facts: ["kind": .term("log-kind.\(expectation.kind.rawValue)"), "reason": .term("log-reason.\(expectation.reason)")],
                evidence: [
                    Message(
                        "access-logs.declared-kinds",
                        ["count": .count(estate.logs.count), "kinds": .list(kinds.isEmpty ? [.text("—")] : kinds)])
                ])
        }
        return .judged(id, examined: expected.count, findings: findings, unexamined: nil)
    }

    private static func expectations(_ estate: Estate, _ hasBastion: Bool, _ peopleReachStores: Bool) -> [Expectation] {
        var expected: [Expectation] = []
        if estate.hosts.contains(where: \.internetFacing) || !estate.endpoints.isEmpty || !estate.interfaces.isEmpty {
            expected.append(Expectation(kind: .boundary, reason: "internet-facing"))
        }
        if !estate.hosts.isEmpty { expected.append(Expectation(kind: .host, reason: "hosts")) }
        if estate.stores.contains(where: isServer) { expected.append(Expectation(kind: .database, reason: "stores")) }
        if !estate.endpoints.isEmpty || !estate.interfaces.isEmpty { expected.append(Expectation(kind: .application, reason: "interfaces")) }
        if hasBastion || estate.logs.contains(where: { $0.kind == .bastion }) {
            expected.append(Expectation(kind: .bastion, reason: "bastion"))
        } else if peopleReachStores {
            expected.append(Expectation(kind: .bastion, reason: "people"))
        }
        return expected
    }

    /// Files have no server that could log.
    private static func isServer(_ store: Store) -> Bool {
        guard let scheme = store.url.split(separator: ":").first?.lowercased() else { return false }
        return !["file", "sqlite"].contains(scheme)
    }
}
