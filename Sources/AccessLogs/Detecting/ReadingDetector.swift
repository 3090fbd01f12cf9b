import Findings

/// Data taken: from abroad, in bulk, number by number, at night.
struct ReadingDetector {
    let context: JudgementContext

    func suspicions(_ detail: ActorDetail, _ view: Suspicion.View) -> [Suspicion] {
        guard detail.life.reads > 0 || context.isDatabase else { return [] }
        var found: [Suspicion] = []
        if view == .address, let foreign = foreign(detail) { found.append(foreign) }
        found += episodesOrLife(detail) { enumeration($0, detail, view) }
        found += episodesOrLife(detail) { bulk($0, detail, view) }
        if view == .account, let night = night(detail) { found.append(night) }
        return found
    }

    private func episodesOrLife(_ detail: ActorDetail, _ judge: (Activity) -> Suspicion?) -> [Suspicion] {
        let episodes = detail.kept.compactMap(judge)
        return episodes.isEmpty ? [judge(detail.life)].compactMap { $0 } : episodes
    }

    /// A crawler by its own word that reads public pages only.
    private func isSearchEngine(_ activity: Activity) -> Bool {
        activity.crawls * 10 >= activity.requests * 9 && activity.sensitive * 20 < activity.reads
    }

    private func foreign(_ detail: ActorDetail) -> Suspicion? {
        let (life, thresholds) = (detail.life, context.thresholds)
        let sessions = context.isDatabase ? Int(life.database.value?.sessions ?? 0) : 0
        let isMuch =
            Int(life.reads) >= thresholds.foreignReads || life.records.estimate >= thresholds.foreignRecords
            || life.dataBytes >= thresholds.foreignBytes || life.rows >= UInt64(thresholds.foreignRecords)
        guard isMuch || sessions > 0, context.isForeign(detail.identity), !isSearchEngine(life) else { return nil }
        let persons = persons(life)
        var suspicion = Suspicion(
            .foreignAccess, .address, life,
            severity: context.isDatabase || persons >= 500 || life.dataBytes >= 4 * thresholds.foreignBytes ? .critical : .high,
            techniques: context.isDatabase ? ["T1133", "T1213"] : ["T1213"])
        suspicion.blame(detail.identity, life.counterpart.leader)
        suspicion.succeeded = true
        suspicion.persons = persons
        suspicion.requests = max(Int(life.reads), sessions)
        suspicion.bytes = life.dataBytes
        suspicion.evidence = [reading(life)]
        return suspicion
    }

    private func enumeration(_ activity: Activity, _ detail: ActorDetail, _ view: Suspicion.View) -> Suspicion? {
        let thresholds = context.thresholds
        guard activity.reads >= thresholds.sequential, !isSearchEngine(activity) else { return nil }
        let runs = activity.runs
        let records = activity.records.estimate
        let peers = view == .address ? context.addressPeers : context.accountPeers
        let isSequential = Int(runs.sequential) >= thresholds.sequential && runs.share >= thresholds.sequentialShare
        // Behind one address there may be many people, each with a few records.
        let people = max(1, activity.agents.estimate)
        let bar = max(
            Double(thresholds.shuffledRecords), thresholds.shuffledOverPeers * Double(peers.count >= thresholds.peersNeeded ? peers.records : 0))
        let isShuffled = Double(records) / Double(people) >= bar
        guard isSequential || isShuffled, !isUsual(UInt64(records), detail) else { return nil }
        var suspicion = Suspicion(.enumeration, view, activity, severity: records >= 1_000 ? .critical : .high, techniques: ["T1213", "T1119"])
        suspicion.blame(detail.identity, activity.counterpart.leader)
        suspicion.succeeded = true
        suspicion.persons = max(records, persons(activity))
        suspicion.requests = Int(activity.reads)
        suspicion.bytes = activity.dataBytes
        suspicion.evidence = [
            Message(
                "access-logs.incident.records", ["records": .count(records), "sequential": .count(Int(runs.sequential)), "share": .share(runs.share)])
        ]
        return suspicion
    }

    private func bulk(_ activity: Activity, _ detail: ActorDetail, _ view: Suspicion.View) -> Suspicion? {
        let thresholds = context.thresholds
        guard !isSearchEngine(activity) else { return nil }
        let peers = view == .address ? context.addressPeers : context.accountPeers
        let hasPeers = peers.count >= thresholds.peersNeeded
        func bar(_ least: UInt64, _ peer: UInt64) -> UInt64 {
            hasPeers ? max(least, UInt64(Double(peer) * thresholds.bulkOverPeers)) : least &* thresholds.withoutPeers
        }
        let people = UInt64(max(1, activity.agents.estimate))
        let leastVolume = activity.rows > 0 ? thresholds.bulkRows : thresholds.bulkReads
        let isVolume = activity.volume / people >= bar(leastVolume, peers.volume) && !isUsual(activity.volume, detail)
        let isBytes = activity.dataBytes / people >= bar(thresholds.bulkBytes, peers.bytes) && !isUsualBytes(activity.dataBytes, detail)
        guard isVolume || isBytes else { return nil }
        var suspicion = Suspicion(
            .bulkDownload, view, activity, severity: persons(activity) >= 10_000 ? .critical : .high, techniques: ["T1213", "T1030"])
        suspicion.blame(detail.identity, activity.counterpart.leader)
        suspicion.succeeded = true
        suspicion.persons = persons(activity)
        suspicion.requests = Int(activity.reads)
        suspicion.bytes = activity.dataBytes
        suspicion.evidence = [
            reading(activity), Message("access-logs.incident.usual", ["volume": .count(Int(clamping: detail.habit.volumes.quantile(0.75)))]),
        ]
        return suspicion
    }

    /// At night: of the whole life only the richest night is known, and that suffices.
    private func night(_ detail: ActorDetail) -> Suspicion? {
        let (habit, thresholds) = (detail.habit, context.thresholds)
        guard habit.peakNight >= thresholds.nightVolume else { return nil }
        // Machines work at night as they do by day; some people, too.
        guard Double(habit.nightVolumes.total) <= max(3, thresholds.nightShare * Double(habit.activeDays)) else { return nil }
        let usual = max(habit.nightVolumes.total > 1 ? habit.nightVolumes.quantile(0.5) : 0, habit.volumes.quantile(0.5))
        guard Double(habit.peakNight) >= thresholds.nightOverHabit * Double(usual) || habit.volumes.total <= 1 else { return nil }
        var suspicion = Suspicion(
            .offHours, .account, from: habit.peakNightTimes.from, to: habit.peakNightTimes.to, severity: .high, techniques: ["T1213", "T1078"],
            place: habit.peakNightPlace)
        suspicion.blame(detail.identity, detail.life.counterpart.leader)
        suspicion.succeeded = true
        suspicion.persons = Int(clamping: habit.peakNight)
        suspicion.requests = Int(clamping: habit.peakNight)
        suspicion.shape = detail.life.shape.leader
        suspicion.evidence = [
            Message("access-logs.incident.night", ["volume": .count(Int(clamping: habit.peakNight)), "usual": .count(Int(clamping: usual))])
        ]
        return suspicion
    }

    private func isUsual(_ volume: UInt64, _ detail: ActorDetail) -> Bool {
        context.hasHabits(detail) && Double(volume) < context.thresholds.bulkOverHabit * Double(detail.habit.volumes.quantile(0.75))
    }

    private func isUsualBytes(_ bytes: UInt64, _ detail: ActorDetail) -> Bool {
        context.hasHabits(detail) && Double(bytes >> 10) < context.thresholds.bulkOverHabit * Double(detail.habit.kibibytes.quantile(0.75))
    }

    private func persons(_ activity: Activity) -> Int {
        max(activity.records.estimate, Int(clamping: activity.rows))
    }

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
