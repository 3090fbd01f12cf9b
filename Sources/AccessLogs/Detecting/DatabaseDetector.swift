import Findings
import LogFormats

/// What is done to databases: tables taken away whole, sessions around the bastion.
struct DatabaseDetector {
    let context: JudgementContext
    /// How many days each address was there, over all accounts: those that come often are servers and workplaces as they should be.
    private let daysOfAddress: [Identity: UInt32]
    /// Regular clients of databases whose logs were judged before: a bastion leads to several.
    private let knownClients: Set<Identity>

    init(context: JudgementContext, addresses: [ActorDetail], knownClients: Set<Identity> = []) {
        self.context = context
        self.knownClients = knownClients
        daysOfAddress = Dictionary(addresses.map { ($0.identity, $0.habit.activeDays) }) { first, _ in first }
    }

    func suspicions(_ account: ActorDetail) -> [Suspicion] {
        guard let life = account.account.value, account.life.database.value != nil else { return [] }
        return dumps(life, account) + (isDatabase(account) ? directSessions(life, account) : [])
    }

    private func isDatabase(_ detail: ActorDetail) -> Bool {
        context.isDatabase
            || (detail.life.database.value?.statements ?? 0) > 0 && context.evidence.family != .audit && context.evidence.family != .system
    }

    // MARK: Dumps

    private func dumps(_ life: AccountLife, _ detail: ActorDetail) -> [Suspicion] {
        let ordinary = habitualDumps(life, detail)
        return life.dumps.enumerated().compactMap { index, dump in ordinary.contains(index) ? nil : suspicion(of: dump, detail) }
    }

    /// Backups: the same account from the same address at about the same hour on many days; or of an account that is declared to make them, from
    /// the address that it mostly uses.
    private func habitualDumps(_ life: AccountLife, _ detail: ActorDetail) -> Set<Int> {
        let isDeclared = context.settings.backupAccounts.contains(detail.low)
        var byAddress: [Identity: [Int]] = [:]
        for (index, dump) in life.dumps.enumerated() { byAddress[dump.address, default: []].append(index) }
        let home = byAddress.max { $0.value.count < $1.value.count }?.key
        var ordinary: Set<Int> = []
        for (address, indices) in byAddress {
            // How many days there was a dump in each hour; an hour before or after is as good.
            var days = [Set<UInt32>](repeating: [], count: 24)
            for index in indices { days[hour(life.dumps[index].time)].insert(context.settings.day(life.dumps[index].time)) }
            for index in indices {
                let mine = hour(life.dumps[index].time)
                let near = days[mine].union(days[(mine + 1) % 24]).union(days[(mine + 23) % 24]).count
                if near >= context.thresholds.backupNights || isDeclared && address == home { ordinary.insert(index) }
            }
        }
        return ordinary
    }

    private func hour(_ time: UInt32) -> Int {
        let second = (Int64(time) + context.settings.zoneOffset) % 86_400
        return Int(max(0, second) / 3_600)
    }

    private func suspicion(of dump: AccountLife.Dump, _ detail: ActorDetail) -> Suspicion {
        var suspicion = Suspicion(
            .databaseDump, .account, from: dump.time, to: dump.last, severity: .critical, techniques: ["T1213.006", "T1005"], place: dump.place)
        suspicion.blame(detail.identity, dump.address)
        suspicion.shape = dump.shape
        suspicion.agent = dump.agent
        fill(&suspicion, statements: Int(dump.statements), rows: dump.rows)
        return suspicion
    }

    /// Dumps by an address without an account (Redis without users, logs that don't name them).
    func nameless(_ address: ActorDetail) -> [Suspicion] {
        guard let work = address.life.database.value, work.dumps > 0, address.life.counterpart.leader.isNone else { return [] }
        guard !(context.hasHabits(address) && work.dumps >= address.habit.activeDays) else { return [] }
        var suspicion = Suspicion(
            .databaseDump, .address, from: work.firstDump, to: work.lastDump, severity: .critical, techniques: ["T1213.006", "T1005"],
            place: work.dumpPlace)
        suspicion.blame(address.identity, .none)
        suspicion.shape = work.dumpShape
        suspicion.agent = address.life.agent.leader
        fill(&suspicion, statements: Int(work.dumps), rows: work.dumpRows)
        return [suspicion]
    }

    private func fill(_ suspicion: inout Suspicion, statements: Int, rows: UInt64) {
        suspicion.requests = statements
        suspicion.rows = rows
        suspicion.persons = Int(clamping: rows)
        suspicion.succeeded = true
        suspicion.evidence = [Message("access-logs.incident.dump", ["statements": .count(statements), "rows": .count(Int(clamping: rows))])]
    }

    // MARK: Direct sessions

    private func directSessions(_ life: AccountLife, _ detail: ActorDetail) -> [Suspicion] {
        life.companions.compactMap { companion in isDirect(companion, life) ? suspicion(of: companion, detail) : nil }
    }

    /// People reach databases through the bastion, applications from their servers. Where settings name those, any person elsewhere is direct; else
    /// whoever comes from an address that hardly ever speaks to this database, and from a network that doesn't either.
    private func isDirect(_ companion: AccountLife.Companion, _ life: AccountLife) -> Bool {
        if companion.isBastion || context.isBastion(companion.identity) || context.isApplicationServer(companion.identity) { return false }
        guard companion.reads > 0 || companion.interactive > 0 else { return false }
        if companion.interactive > 0, !context.settings.bastions.isEmpty { return true }
        if isClient(companion.identity) { return false }
        let network = companion.identity.network
        return companion.interactive > 0 || !daysOfAddress.contains { $0.key.network == network && isClient($0.key) }
    }

    /// Regular clients of this database, to be known when others are judged.
    var clients: Set<Identity> { context.isDatabase ? Set(daysOfAddress.keys.filter(isClient)) : [] }

    private func isClient(_ address: Identity) -> Bool {
        if knownClients.contains(address) { return true }
        guard let days = daysOfAddress[address] else { return false }
        return days >= context.thresholds.clientDays || Double(days) >= 0.3 * Double(context.days)
    }

    private func suspicion(of companion: AccountLife.Companion, _ detail: ActorDetail) -> Suspicion {
        var suspicion = Suspicion(
            .directDatabase, .account, from: companion.first, to: companion.last, severity: .high, techniques: ["T1078", "T1213.006"],
            place: companion.place)
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
