import Findings

/// Logins tried from many addresses, few from each: no address and no account shows them, only their number does.
struct SwarmDetector {
    let context: JudgementContext
    let meaning: LoginMeaning

    func suspicions() -> [Suspicion] {
        let byAgent = Dictionary(grouping: context.evidence.ledger.waves, by: \.key.agent)
        var found: [Suspicion] = []
        for (agent, waves) in byAgent where agent != 0 { found += swarms(of: agent, waves.sorted { $0.key.hour < $1.key.hour }.map(\.value)) }
        // Who changes agents is seen in the hour as a whole, where it is far above other hours.
        let usual = usualFailures(byAgent[0]?.map(\.value) ?? [])
        let hours = (byAgent[0] ?? []).filter { meaning.failures($0.value) >= max(context.thresholds.swarmFailures, 5 * usual) }
        for swarm in swarms(of: 0, hours.sorted { $0.key.hour < $1.key.hour }.map(\.value)) {
            if !found.contains(where: { $0.from <= swarm.to && swarm.from <= $0.to }) { found.append(swarm) }
        }
        return found
    }

    private func usualFailures(_ waves: [SourceLedger.Wave]) -> Int {
        guard !waves.isEmpty else { return 0 }
        return waves.map(meaning.failures).sorted()[waves.count * 9 / 10]
    }

    /// Hours of the same agent in which failures prevail, joined where they follow each other within hours.
    private func swarms(of agent: UInt32, _ waves: [SourceLedger.Wave]) -> [Suspicion] {
        var found: [Suspicion] = []
        var current: SourceLedger.Wave?
        for wave in waves {
            let failures = meaning.failures(wave)
            guard failures >= context.thresholds.swarmHour,
                Double(failures) >= context.thresholds.swarmFailureShare * Double(wave.attempts)
            else { continue }
            if var joined = current, wave.first <= joined.last &+ 3 * 3_600 {
                joined.merge(wave)
                current = joined
            } else {
                if let swarm = current.flatMap({ judge($0, agent) }) { found.append(swarm) }
                current = wave
            }
        }
        if let swarm = current.flatMap({ judge($0, agent) }) { found.append(swarm) }
        return found
    }

    private func judge(_ wave: SourceLedger.Wave, _ agent: UInt32) -> Suspicion? {
        let thresholds = context.thresholds
        let failures = meaning.failures(wave)
        let failed = meaning.failed(wave)
        let addresses = failed.addresses.estimate
        let accounts = failed.accounts.estimate
        let attempts = Int(wave.attempts)
        // A few tries from each: more come from who is seen by its address, unless many accounts are tried.
        let perAddress = accounts >= thresholds.accountsTried ? 100 : 12
        guard failures >= thresholds.swarmFailures, addresses >= thresholds.swarmAddresses, failures <= perAddress * addresses else { return nil }
        // Failures at a few accounts are guesses at those: the accounts show them.
        guard accounts == 0 || accounts >= thresholds.accountsTried else { return nil }
        let isSpray = accounts > 0 && Double(failures) / Double(accounts) >= thresholds.rounds
        let successes = attempts - failures
        var suspicion = Suspicion(
            isSpray ? .passwordSpray : .credentialStuffing, .source, from: wave.first, to: wave.last, severity: successes > 0 ? .critical : .high,
            techniques: [isSpray ? "T1110.003" : "T1110.004"] + (successes > 0 ? ["T1078"] : []), place: wave.place)
        suspicion.addresses = addresses
        suspicion.accounts = accounts
        suspicion.requests = attempts
        suspicion.succeeded = successes > 0
        suspicion.shape = wave.shape.leader
        suspicion.agent = agent
        suspicion.evidence = [
            Message("access-logs.incident.swarm", ["addresses": .count(addresses), "failures": .count(failures), "successes": .count(successes)])
        ]
        return suspicion
    }
}
