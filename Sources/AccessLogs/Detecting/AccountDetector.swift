import Findings
import Foundation
import Geography
import Network

/// Accounts that wake up after months, and accounts that are in two places at once.
struct AccountDetector {
    let context: JudgementContext

    func suspicions(_ detail: ActorDetail) -> [Suspicion] {
        guard let life = detail.account.value else { return [] }
        return wakings(life, detail) + travels(life, detail)
    }

    private func wakings(_ life: AccountLife, _ detail: ActorDetail) -> [Suspicion] {
        life.wakings.compactMap { waking in
            // Who is silent for months again and again is rarely used by nature; who was seen once or twice has no habit to break.
            let silence = waking.time - min(waking.time, waking.silentSince)
            guard Double(silence) >= context.thresholds.silenceOverHabit * Double(waking.longestBefore),
                waking.daysBefore >= context.thresholds.daysBeforeSilence
            else { return nil }
            let isWork = Int(waking.reads) >= context.thresholds.wakingReads || waking.rows >= 100 || waking.privileged > 0
            guard isWork else { return nil }
            var suspicion = Suspicion(
                .dormantAccount, .account, from: waking.time, to: waking.last,
                severity: waking.privileged > 0 || waking.rows >= 1_000 ? .critical : .high,
                techniques: ["T1078"], place: waking.place)
            suspicion.blame(detail.identity, waking.address)
            suspicion.requests = Int(waking.requests)
            suspicion.rows = waking.rows
            suspicion.bytes = waking.bytes
            suspicion.persons = max(Int(waking.reads), Int(clamping: waking.rows))
            suspicion.succeeded = true
            suspicion.shape = detail.life.shape.leader
            suspicion.evidence = [
                Message(
                    "access-logs.incident.waking",
                    [
                        "days": .days(Int(silence / 86_400)), "reads": .count(Int(waking.reads)),
                        "privileged": .count(Int(waking.privileged)),
                    ])
            ]
            return suspicion
        }
    }

    private func travels(_ life: AccountLife, _ detail: ActorDetail) -> [Suspicion] {
        let impossible = life.jumps.filter { kilometresPerHour($0) > context.thresholds.speed }
        guard let first = impossible.first, impossible.count <= context.thresholds.habitualJumps else { return [] }
        // Going and coming back is one story.
        var stories: [[AccountLife.Jump]] = [[first]]
        for jump in impossible.dropFirst() {
            if let last = stories.last?.last, jump.left <= last.arrived &+ 86_400 {
                stories[stories.count - 1].append(jump)
            } else {
                stories.append([jump])
            }
        }
        return stories.compactMap { story($0, detail) }
    }

    /// Places are rough: only what lies between their edges counts. Who comes through a provider's servers is not where those are.
    private func kilometresPerHour(_ jump: AccountLife.Jump) -> Double {
        guard let origin = place(jump.origin, jump.fromRegion), let destination = place(jump.destination, jump.toRegion) else { return 0 }
        return origin.leastKilometres(to: destination) / max(Double(jump.arrived - min(jump.left, jump.arrived)) / 3_600, 1.0 / 60)
    }

    private func place(_ identity: Identity, _ region: UInt16) -> Place? {
        guard let resolver = context.settings.resolver else { return nil }
        if context.standing(of: identity) == .special { return RegionCentres.place(of: RegionCode(packed: region)) }
        let address = IPAddress(v6High: identity.high, low: identity.low)
        let verdict = resolver.verdict(of: address)
        guard verdict.tags.isDisjoint(with: [.dataCentre, .vpn, .anycast]), verdict.confidence >= .moderate else { return nil }
        return resolver.place(of: address)
    }

    private func story(_ jumps: [AccountLife.Jump], _ detail: ActorDetail) -> Suspicion? {
        guard let first = jumps.first, let last = jumps.last else { return nil }
        var suspicion = Suspicion(
            .impossibleTravel, .account, from: first.left, to: last.arrived, severity: .high, techniques: ["T1078"], place: first.place)
        // The stranger is the one from further away from home: the one that is not domestic, else where the account went.
        suspicion.blame(detail.identity, context.standing(of: first.destination) == .domestic ? first.origin : first.destination)
        suspicion.addresses = 2
        suspicion.requests = jumps.count + 1
        suspicion.succeeded = true
        suspicion.evidence = [
            Message(
                "access-logs.incident.travel",
                [
                    "from": RegionKey(Region(RegionCode(packed: first.fromRegion))).fact,
                    "to": RegionKey(Region(RegionCode(packed: first.toRegion))).fact,
                    "minutes": .count(Int(first.arrived - min(first.left, first.arrived)) / 60),
                ])
        ]
        return suspicion
    }
}
