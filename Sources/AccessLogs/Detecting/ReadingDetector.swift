import Findings
import Geography

/// Data taken: from abroad, in bulk, number by number, at night.
struct ReadingDetector {
    let context: JudgementContext

    func suspicions(_ detail: ActorDetail, _ view: Suspicion.View) -> [Suspicion] {
        guard detail.life.runs.sequential > 0 || detail.life.reads > 0 else { return [] }
        let stretches = detail.stretches
        var found = stretches.compactMap { enumeration($0, detail, view) } + stretches.compactMap { bulk($0, detail, view) }
        // What is slow stands out in no stretch. Over months everybody comes to large numbers: only a short life is judged as a whole.
        let isShort = detail.life.last - min(detail.life.first, detail.life.last) <= context.thresholds.shortLife
        if isShort, !context.hasHabits(detail) {
            if !found.contains(where: { $0.kind == .enumeration }) { found += [enumeration(detail.life, detail, view)].compactMap { $0 } }
            if !found.contains(where: { $0.kind == .bulkDownload }) { found += [bulk(detail.life, detail, view)].compactMap { $0 } }
        }
        if view == .account, let night = night(detail) { found.append(night) }
        return found
    }

    /// A crawler by its own word that reads public pages.
    private func isSearchEngine(_ activity: Activity) -> Bool {
        activity.crawls * 10 >= activity.requests * 9 && activity.sensitive * 2 <= activity.reads
    }

    // MARK: From abroad

    /// Foreign networks that read data, each as a whole: attackers change the rest of an address more easily.
    func foreign(_ addresses: [ActorDetail]) -> [Suspicion] {
        var networks: [Identity: (activity: Activity, leader: ActorDetail, addresses: Int)] = [:]
        let readers = addresses.indices.filter { index in
            let detail = addresses[index]
            return (detail.life.reads > 0 || isDatabase(detail)) && context.isForeign(detail.identity) && !isSearchEngine(detail.life)
        }
        // Majorities depend on the order of their votes: it is the addresses', whatever order they come in.
        for index in readers.sorted(by: { (addresses[$0].high, addresses[$0].low) < (addresses[$1].high, addresses[$1].low) }) {
            let detail = addresses[index]
            let key = detail.identity.network
            guard var there = networks[key] else {
                networks[key] = (detail.life, detail, 1)
                continue
            }
            there.activity.merge(detail.life)
            there.addresses += 1
            if detail.life.reads > there.leader.life.reads { there.leader = detail }
            networks[key] = there
        }
        return networks.values.compactMap { foreign($0.activity, $0.leader, $0.addresses) }
    }

    private func isDatabase(_ detail: ActorDetail) -> Bool {
        context.isDatabase && detail.life.database.value.map { $0.sessions > 0 } ?? false
    }

    private func foreign(_ activity: Activity, _ leader: ActorDetail, _ addresses: Int) -> Suspicion? {
        let thresholds = context.thresholds
        let records = activity.records.estimate
        let isMuch =
            Int(activity.reads) >= thresholds.foreignReads && (records == 0 || records >= thresholds.foreignFewRecords)
            || records >= thresholds.foreignRecords
            || activity.dataBytes >= thresholds.foreignBytes || activity.rows >= UInt64(thresholds.foreignReads) * 10
        let isDatabase = isDatabase(leader)
        guard isMuch || isDatabase else { return nil }
        let persons = persons(activity)
        let isGrave = isDatabase || persons >= 500 || activity.dataBytes >= 4 * thresholds.foreignBytes
        var suspicion = Suspicion(
            .foreignAccess, .address, activity, severity: isGrave ? .critical : .high, techniques: isDatabase ? ["T1133", "T1213"] : ["T1213"])
        suspicion.blame(leader.identity, activity.counterpart.leader)
        suspicion.addresses = addresses
        suspicion.succeeded = true
        suspicion.persons = persons
        suspicion.requests = max(Int(activity.reads), Int(activity.database.value?.sessions ?? 0))
        suspicion.bytes = activity.dataBytes
        suspicion.evidence = [reading(activity)]
        return suspicion
    }

    // MARK: Number by number

    private func enumeration(_ activity: Activity, _ detail: ActorDetail, _ view: Suspicion.View) -> Suspicion? {
        let thresholds = context.thresholds
        guard !isSearchEngine(activity) else { return nil }
        let runs = activity.runs
        let records = activity.records.estimate
        // Partners fetch their orders by number, every day; whoever walks on a few days only has no such habit.
        let walksByHabit = context.hasHabits(detail) && detail.habit.walkDays * 4 >= detail.habit.activeDays
        let isSequential = Int(runs.sequential) >= thresholds.sequential && runs.share >= thresholds.sequentialShare && !walksByHabit
        guard isSequential && activity.reads >= 20 || isShuffled(activity, records, detail, view) else { return nil }
        var suspicion = Suspicion(.enumeration, view, activity, severity: records >= 1_000 ? .critical : .high, techniques: ["T1213", "T1119"])
        suspicion.blame(detail.identity, activity.counterpart.leader)
        suspicion.succeeded = true
        suspicion.persons = max(records, persons(activity))
        suspicion.requests = Int(activity.reads)
        suspicion.bytes = activity.dataBytes
        suspicion.evidence = [
            Message(
                "access-logs.incident.records",
                ["records": .count(records), "sequential": .count(Int(runs.sequential)), "share": .share(min(1, runs.share))])
        ]
        return suspicion
    }

    private func isShuffled(_ activity: Activity, _ records: Int, _ detail: ActorDetail, _ view: Suspicion.View) -> Bool {
        let thresholds = context.thresholds
        let peers = context.peers(view)
        let bar = max(Double(thresholds.shuffledRecords), peers.isEnough(thresholds) ? thresholds.shuffledOverPeers * Double(peers.records) : 0)
        // Behind one address there may be many people, each with a few records.
        guard Double(records) / Double(people(activity)) >= bar else { return false }
        return !isUsual(detail.habit.reads, UInt64(records), activity, detail)
    }

    private func people(_ activity: Activity) -> Int { max(1, activity.agents.estimate) }

    // MARK: In bulk

    private func bulk(_ activity: Activity, _ detail: ActorDetail, _ view: Suspicion.View) -> Suspicion? {
        guard !isSearchEngine(activity) else { return nil }
        let (thresholds, peers, habit) = (context.thresholds, context.peers(view), detail.habit)
        func isBulk(_ value: UInt64, _ least: UInt64, _ peer: UInt64, _ usual: UsualSize, unit: UInt64 = 1) -> Bool {
            let bar =
                peers.isEnough(thresholds) ? max(Double(least), Double(peer) * thresholds.bulkOverPeers) : Double(least) * thresholds.withoutPeers
            return Double(value) / Double(people(activity)) >= bar && !isUsual(usual, value / unit, activity, detail)
        }
        guard
            isBulk(UInt64(activity.reads), thresholds.bulkReads, peers.reads, habit.reads)
                || isBulk(activity.rows, thresholds.bulkRows, peers.rows, habit.rows)
                || isBulk(activity.dataBytes, thresholds.bulkBytes, peers.bytes, habit.kibibytes, unit: 1_024)
        else { return nil }
        var suspicion = Suspicion(
            .bulkDownload, view, activity, severity: persons(activity) >= 10_000 ? .critical : .high, techniques: ["T1213", "T1030"])
        suspicion.blame(detail.identity, activity.counterpart.leader)
        suspicion.succeeded = true
        suspicion.persons = persons(activity)
        suspicion.requests = Int(activity.reads)
        suspicion.bytes = activity.dataBytes
        suspicion.evidence = [reading(activity), Message("access-logs.incident.usual", ["volume": .count(Int(clamping: habit.reads.usual))])]
        return suspicion
    }

    /// Whether the identity takes as much on its other days. What lasts for days is judged by the day.
    private func isUsual(_ usual: UsualSize, _ value: UInt64, _ activity: Activity, _ detail: ActorDetail) -> Bool {
        let days = UInt64((activity.last - min(activity.first, activity.last)) / 86_400 + 1)
        return context.hasHabits(detail)
            && usual.covers(value / days, factor: context.thresholds.overHabit, deviations: context.thresholds.deviations)
    }

    // MARK: By night

    /// Of the whole life only the richest night is known, and that suffices.
    private func night(_ detail: ActorDetail) -> Suspicion? {
        let (habit, thresholds) = (detail.habit, context.thresholds)
        let night = habit.peakNight
        guard night.reads >= thresholds.nightReads || night.rows >= thresholds.nightRows else { return nil }
        // Machines work by night as they do by day; some people, too.
        let nights = habit.nightReads.count
        guard habit.workDays >= thresholds.nightWorkDays, Double(nights) <= thresholds.nightShare * Double(habit.workDays) else { return nil }
        guard !habit.nightReads.covers(night.reads, factor: thresholds.nightOverHabit, deviations: thresholds.deviations) else { return nil }
        var suspicion = Suspicion(
            .offHours, .account, from: night.from, to: night.to, severity: .high, techniques: ["T1213", "T1078"], place: night.place)
        suspicion.blame(detail.identity, night.address)
        suspicion.succeeded = true
        suspicion.persons = Int(clamping: max(night.reads, night.rows))
        suspicion.requests = Int(clamping: night.reads)
        suspicion.rows = night.rows
        suspicion.bytes = night.bytes
        suspicion.shape = night.shape
        suspicion.evidence = [
            Message(
                "access-logs.incident.night", ["volume": .count(Int(clamping: night.reads)), "usual": .count(Int(clamping: habit.nightReads.usual))])
        ]
        return suspicion
    }

    private func persons(_ activity: Activity) -> Int { max(activity.records.estimate, Int(clamping: activity.rows)) }

    private func reading(_ activity: Activity) -> Message {
        Message(
            "access-logs.incident.reading",
            [
                "reads": .count(Int(activity.reads)), "bytes": .bytes(Int(clamping: activity.dataBytes)),
                "rows": .count(Int(clamping: activity.rows)),
                "records": .count(activity.records.estimate),
            ])
    }
}
