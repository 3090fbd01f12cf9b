import Findings
import Geography

/// Guessing at logins: at one account, or at many.
struct LoginDetector {
    let context: JudgementContext
    let meaning: LoginMeaning

    func suspicions(_ detail: ActorDetail, _ view: Suspicion.View) -> [Suspicion] {
        guard let life = detail.life.logins.value else { return [] }
        // Who guesses slowly, or in rounds, is seen in the whole of what it did.
        if view == .address, let spread = manyAccounts(life, detail) { return [spread] }
        let episodes = detail.kept.compactMap { episode in
            episode.logins.value.flatMap { tries in (view == .address ? manyAccounts(tries, detail) : nil) ?? oneAccount(tries, detail, view) }
        }
        return episodes.isEmpty ? [oneAccount(life, detail, view)].compactMap { $0 } : episodes
    }

    private func oneAccount(_ tries: LoginTries, _ detail: ActorDetail, _ view: Suspicion.View) -> Suspicion? {
        let thresholds = context.thresholds
        let failures = meaning.failures(tries)
        let successes = meaning.successes(tries)
        guard failures >= (tries.pace <= thresholds.guessingPace ? thresholds.failures : thresholds.slowFailures),
            Double(failures) >= thresholds.failuresPerSuccess * Double(successes), !isJob(tries, detail, view)
        else { return nil }
        // At an account, a success counts as the guesser's only from where the failures came; an address's successes are its own.
        let success = view == .account ? tries.tainted.count > 0 ? tries.tainted : nil : meaning.lateSuccess(tries)
        let broke = success != nil && failures >= thresholds.failuresBeforeSuccess
        var suspicion = Suspicion(
            broke ? .bruteForceSuccess : .bruteForce, view, from: tries.first, to: tries.last, severity: broke ? .critical : .medium,
            techniques: broke ? ["T1110.001", "T1078"] : ["T1110.001"], place: tries.firstPlace)
        let counterparts = tries.counterparts.estimate
        suspicion.blame(detail.identity, counterparts > 3 && view == .address ? .none : broke ? success?.counterpart ?? .none : tries.leader.leader)
        suspicion.addresses = view == .account ? max(1, counterparts) : 1
        suspicion.accounts = view == .address ? counterparts : 1
        fill(&suspicion, tries, failures, successes, success)
        suspicion.succeeded = broke
        return suspicion
    }

    /// A job inside whose password ran out fails by the clock, at one account, until somebody sees it; guesses five minutes apart get nowhere.
    private func isJob(_ tries: LoginTries, _ detail: ActorDetail, _ view: Suspicion.View) -> Bool {
        guard tries.pace >= 300, tries.counterparts.estimate <= 1, Double(tries.steady) >= 0.7 * Double(tries.attempts) else { return false }
        let address = view == .address ? detail.identity : tries.leader.leader
        return address.isNone || context.standing(of: address) == .special
    }

    private func manyAccounts(_ tries: LoginTries, _ detail: ActorDetail) -> Suspicion? {
        let thresholds = context.thresholds
        let failures = meaning.failures(tries)
        let successes = meaning.successes(tries)
        let accounts = tries.counterparts.estimate
        guard accounts >= thresholds.accountsTried, failures >= thresholds.accountsTried, Double(failures) >= 1.5 * Double(successes) else {
            return nil
        }
        let attempts = Double(tries.attempts)
        guard attempts / Double(accounts) <= thresholds.triesPerAccount else { return nil }
        let isSpray =
            isRounds(attempts: attempts, accounts: Double(accounts), repeats: Double(tries.repeats))
            || tries.pace >= thresholds.sprayPace && accounts <= thresholds.sprayAccounts
        return spread(isSpray, .address, tries, detail, failures, successes, accounts)
    }

    /// One password for all, then the next: accounts come again, but not at once.
    func isRounds(attempts: Double, accounts: Double, repeats: Double) -> Bool {
        attempts / max(1, accounts) >= context.thresholds.rounds && repeats <= 0.3 * attempts
    }

    private func spread(
        _ isSpray: Bool, _ view: Suspicion.View, _ tries: LoginTries, _ detail: ActorDetail, _ failures: Int, _ successes: Int, _ accounts: Int
    ) -> Suspicion {
        var suspicion = Suspicion(
            isSpray ? .passwordSpray : .credentialStuffing, view, from: tries.first, to: tries.last, severity: successes > 0 ? .critical : .high,
            techniques: [isSpray ? "T1110.003" : "T1110.004"] + (successes > 0 ? ["T1078"] : []), place: tries.firstPlace)
        suspicion.address = detail.identity
        suspicion.accounts = accounts
        let success = meaning.lateSuccess(tries)
        fill(&suspicion, tries, failures, successes, success)
        suspicion.succeeded = successes > 0
        return suspicion
    }

    private func fill(_ suspicion: inout Suspicion, _ tries: LoginTries, _ failures: Int, _ successes: Int, _ success: LoginTries.Tally?) {
        suspicion.requests = Int(tries.attempts)
        suspicion.shape = tries.shape.leader
        suspicion.agent = tries.agent.leader
        suspicion.successPlace = success?.place ?? .none
        suspicion.evidence = [
            Message(
                "access-logs.incident.attempts",
                ["failures": .count(failures), "successes": .count(successes), "accounts": .count(max(1, suspicion.accounts))])
        ]
    }
}
