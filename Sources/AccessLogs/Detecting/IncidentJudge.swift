/// Turns what the identities of one source did into incidents.
package struct IncidentJudge: Sendable {
    package let settings: DetectionSettings

    package init(settings: DetectionSettings) { self.settings = settings }

    /// - Parameters:
    ///   - addresses: details of addresses, in no order.
    ///   - accounts: details of accounts, in no order.
    ///   - evidence: of the same source.
    package mutating func judge(addresses: [ActorDetail], accounts: [ActorDetail], evidence: SourceEvidence) -> [Incident] { [] }

    /// After the last source: stories over several of them (an account that was here and there, a bastion that was passed by).
    package mutating func finish() -> [Incident] { [] }
}
