import Findings

/// Logs cut, cleared, stopped.
struct TamperingDetector {
    let context: JudgementContext

    private struct Key: Hashable {
        var account: UInt64
        var shape: UInt64
    }

    func suspicions() -> [Suspicion] {
        let all = context.evidence.ledger.tamperings.sorted { $0.time < $1.time }
        // What the same account does in the same words day after day is housekeeping.
        var days: [Key: Set<UInt32>] = [:]
        for one in all where one.shape != 0 { days[Key(account: one.account, shape: one.shape), default: []].insert(context.settings.day(one.time)) }
        return all.compactMap { one in
            // The words of one session are many lines: the story maker joins them.
            guard (days[Key(account: one.account, shape: one.shape)]?.count ?? 0) < 7 else { return nil }
            var suspicion = Suspicion(
                .logTampering, .source, from: one.time, to: one.time, severity: .critical, techniques: ["T1070.002"], place: one.place)
            suspicion.address = one.address
            suspicion.account = one.account
            suspicion.addresses = one.address.isNone ? 0 : 1
            suspicion.requests = 1
            suspicion.succeeded = true
            suspicion.shape = one.shape
            return suspicion
        }
    }
}
