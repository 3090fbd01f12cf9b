import Findings

/// What is done to databases: tables taken away whole, sessions around the bastion.
struct DatabaseDetector {
    let context: JudgementContext
    /// How many days each address was there, over all accounts: those that come often are servers and workplaces as they should be.
    private let daysOfAddress: [Identity: UInt32]

    init(context: JudgementContext, addresses: [ActorDetail]) {
        self.context = context
        daysOfAddress = Dictionary(addresses.map { ($0.identity, $0.habit.activeDays) }) { first, _ in first }
    }

    func suspicions(_ account: ActorDetail) -> [Suspicion] {
        guard let life = account.account.value else { return [] }
        return dumps(life, account) + directSessions(life, account)
    }

    // MARK: Dumps

    private func dumps(_ life: AccountLife, _ detail: ActorDetail) -> [Suspicion] {
        let ordinary = habitualDumps(life, detail)
        return life.dumps.enumerated().compactMap { index, dump in ordinary.contains(index) ? nil : suspicion(of: dump, detail) }
    }

    /// Backups: the same account from the same address at about the same hour on many nights; or of an account that is declared to make them,
    /// from the address that it mostly uses.
    private func habitualDumps(_ life: AccountLife, _ detail: ActorDetail) -> Set<Int> {
        let isDeclared = context.settings.backupAccounts.contains(detail.low)
        var byAddress: [Identity: [Int]] = [:]
        for (index, dump) in life.dumps.enumerated() { byAddress[dump.address, default: []].append(index) }
        let home = byAddress.max { $0.value.count < $1.value.count }?.key
        var ordinary: Set<Int> = []
        for (address, indices) in byAddress {
            let hours = indices.map { hour(life.dumps[$0].time) }
            for index in indices {
                let mine = hour(life.dumps[index].time)
                let sameHour = hours.filter { abs($0 - mine) <= 1 || abs($0 - mine) == 23 }.count
                if sameHour >= context.thresholds.backupNights || isDeclared && address == home { ordinary.insert(index) }
            }
        }
        return ordinary
    }

    private func hour(_ time: UInt32) -> Int {
        Int((Int64(time) + context.settings.zoneOffset) % 86_400 / 3_600)
    }

    private func suspicion(of dump: AccountLife.Dump, _ detail: ActorDetail) -> Suspicion {
        var suspicion = Suspicion(
            .databaseDump, .account, from: dump.time, to: dump.last, severity: .critical, techniques: ["T1213.006", "T1005"], place: dump.place)
        suspicion.blame(detail.identity, dump.address)
        suspicion.requests = Int(dump.statements)
        suspicion.rows = dump.rows
        suspicion.persons = Int(clamping: dump.rows)
        suspicion.succeeded = true
        suspicion.shape = dump.shape
        suspicion.agent = dump.agent
        suspicion.evidence = [
            Message("access-logs.incident.dump", ["statements": .count(Int(dump.statements)), "rows": .count(Int(clamping: dump.rows))])
        ]
        return suspicion
    }

    /// Dumps by an address without an account (Redis without users, logs that don't name them).
    func nameless(_ address: ActorDetail) -> [Suspicion] {
        guard address.life.counterpart.leader.isNone, let work = address.life.database.value, work.dumps > 0 else { return [] }
        guard !(context.hasHabits(address) && work.dumps >= address.habit.activeDays) else { return [] }
        var suspicion = Suspicion(
            .databaseDump, .address, from: work.firstDump, to: work.lastDump, severity: .critical, techniques: ["T1213.006", "T1005"],
            place: work.dumpPlace)
        suspicion.blame(address.identity, .none)
        suspicion.requests = Int(work.dumps)
        suspicion.rows = work.dumpRows
        suspicion.persons = Int(clamping: work.dumpRows)
        suspicion.succeeded = true
        suspicion.shape = work.dumpShape
        suspicion.agent = address.life.agent.leader
        suspicion.evidence = [
            Message("access-logs.incident.dump", ["statements": .count(Int(work.dumps)), "rows": .count(Int(clamping: work.dumpRows))])
        ]
        return [suspicion]
    }

    // MARK: Direct sessions

    private func directSessions(_ life: AccountLife, _ detail: ActorDetail) -> [Suspicion] {
        life.companions.compactMap { companion in isDirect(companion, life) ? suspicion(of: companion, detail) : nil }
    }

    /// People reach databases through the bastion, applications from their servers. Where settings name those, anything else is direct; where they
    /// don't, what stands out is a place that is new: to an account with habitual places, or to the source.
    private func isDirect(_ companion: AccountLife.Companion, _ life: AccountLife) -> Bool {
        if companion.isBastion || context.isBastion(companion.identity) || context.isApplicationServer(companion.identity) { return false }
        let isPerson = companion.interactive > 0 || life.companions.contains { $0.interactive > 0 || $0.isBastion || context.isBastion($0.identity) }
        if isPerson, !context.settings.bastions.isEmpty { return companion.interactive > 0 || companion.reads > 0 }
        let days = daysOfAddress[companion.identity] ?? companion.days
        let isKnown = days >= 4 || Double(days) >= 0.2 * Double(context.days)
        guard !isKnown else { return false }
        if companion.interactive > 0 { return true }
        // A service's account from elsewhere than its servers.
        let hasHome = life.companions.contains { $0.days >= 10 && $0.identity.network != companion.identity.network }
        return hasHome && companion.reads > 0 && companion.days <= 3
    }

    private func suspicion(of companion: AccountLife.Companion, _ detail: ActorDetail) -> Suspicion {
        var suspicion = Suspicion(
            .directDatabase, .account, from: companion.first, to: companion.last, severity: companion.reads > 0 ? .high : .medium,
            techniques: ["T1078", "T1213.006"], place: companion.place)
        suspicion.blame(detail.identity, companion.identity)
        suspicion.requests = Int(companion.events)
        suspicion.rows = companion.rows
        suspicion.bytes = companion.bytes
        suspicion.persons = Int(clamping: companion.rows)
        suspicion.succeeded = true
        suspicion.shape = companion.shape
        suspicion.agent = companion.agent
        suspicion.evidence = [
            Message(
                "access-logs.incident.direct",
                ["sessions": .count(Int(companion.events)), "reads": .count(Int(companion.reads)), "days": .days(Int(companion.days))])
        ]
        return suspicion
    }
}
