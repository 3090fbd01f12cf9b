/// Turns what the identities of one source did into incidents.
package struct IncidentJudge: Sendable {
    package let settings: DetectionSettings
    package let thresholds: DetectionThresholds
    private var databaseClients: Set<Identity> = []

    package init(settings: DetectionSettings, thresholds: DetectionThresholds = DetectionThresholds()) {
        self.settings = settings
        self.thresholds = thresholds
    }

    /// - Parameters:
    ///   - addresses: details of addresses, in no order.
    ///   - accounts: details of accounts, in no order.
    ///   - evidence: of the same source, with the merged ledger.
    package mutating func judge(addresses: consuming [ActorDetail], accounts: consuming [ActorDetail], evidence: SourceEvidence) -> [Incident] {
        // In place: there may be a hundred thousand of them, a kilobyte each.
        for index in addresses.indices { addresses[index].finish() }
        for index in accounts.indices { accounts[index].finish() }
        let (addresses, accounts) = (addresses, accounts)
        let context = JudgementContext(settings: settings, thresholds: thresholds, evidence: evidence, addresses: addresses, accounts: accounts)
        let database = DatabaseDetector(context: context, addresses: addresses, knownClients: databaseClients)
        databaseClients.formUnion(database.clients)
        let suspicions = suspicions(context, database, addresses, accounts)
        let writer = IncidentWriter(context: context)
        return StoryMaker().stories(suspicions).compactMap(writer.incident)
    }

    private func suspicions(
        _ context: JudgementContext, _ database: DatabaseDetector, _ addresses: [ActorDetail], _ accounts: [ActorDetail]
    ) -> [Suspicion] {
        let meaning = LoginMeaning(context.evidence.ledger)
        let login = LoginDetector(context: context, meaning: meaning)
        let reading = ReadingDetector(context: context)
        let attack = AttackDetector(context: context)
        let account = AccountDetector(context: context)
        var found = SwarmDetector(context: context, meaning: meaning).suspicions() + TamperingDetector(context: context).suspicions()
        for detail in addresses {
            found += login.suspicions(detail, .address) + reading.suspicions(detail, .address) + attack.suspicions(detail)
            found += database.nameless(detail)
        }
        for detail in accounts {
            found += login.suspicions(detail, .account) + reading.suspicions(detail, .account) + account.suspicions(detail)
            found += database.suspicions(detail)
        }
        return found + reading.foreign(addresses)
    }

    /// After the last source: stories over several of them (an account that was here and there, a bastion that was passed by).
    package mutating func finish() -> [Incident] { [] }
}
