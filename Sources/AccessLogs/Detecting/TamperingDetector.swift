import Findings

/// Logs cut, cleared, stopped.
struct TamperingDetector {
    let context: JudgementContext

    private struct Key: Hashable {
        var account: UInt64
        var shape: UInt64
    }

    /// Seconds of the day within which a thing is done at the same time, and the days that make it a routine.
    private static let sameTime: Int64 = 600
    private static let routineDays = 3

    func suspicions() -> [Suspicion] {
        let all = context.evidence.ledger.tamperings.sorted { $0.time < $1.time }
        let byKey = Dictionary(grouping: all) { Key(account: $0.account, shape: $0.shape) }
        // The lines of one session are many: the story maker joins them.
        return all.filter { !isRoutine($0, byKey[Key(account: $0.account, shape: $0.shape)] ?? []) }.map(suspicion)
    }

    /// What the same account does in the same words at the same time on several days is housekeeping: restarts, rotation.
    private func isRoutine(_ one: SourceLedger.Tampering, _ alike: [SourceLedger.Tampering]) -> Bool {
        guard alike.count >= Self.routineDays else { return false }
        var days: Set<UInt32> = []
        for other in alike {
            let apart = abs(timeOfDay(one.time) - timeOfDay(other.time))
            if min(apart, 86_400 - apart) <= Self.sameTime { days.insert(context.settings.day(other.time)) }
            if days.count >= Self.routineDays { return true }
        }
        return false
    }

    private func timeOfDay(_ time: UInt32) -> Int64 { (Int64(time) + context.settings.zoneOffset) % 86_400 }

    private func suspicion(_ one: SourceLedger.Tampering) -> Suspicion {
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
