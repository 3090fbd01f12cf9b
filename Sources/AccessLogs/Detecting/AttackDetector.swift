import Findings
import Geography
import LogFormats

/// Attacks on web interfaces: injections, traversals, web shells, scanners, administration from outside.
struct AttackDetector {
    let context: JudgementContext

    func suspicions(_ detail: ActorDetail) -> [Suspicion] {
        var found: [Suspicion] = []
        if let attacks = detail.life.attacks.value {
            if let injection = injection(attacks, detail) { found.append(injection) }
            if let traversal = traversal(attacks, detail) { found.append(traversal) }
            if let shell = webShell(attacks, detail) { found.append(shell) }
        }
        if let scanner = scanner(detail, hasAttacked: !found.isEmpty) { found.append(scanner) }
        if let administration = administration(detail) { found.append(administration) }
        return found
    }

    private func injection(_ attacks: AttackTries, _ detail: ActorDetail) -> Suspicion? {
        let tallies = AttackSigns.injections.each.map { ($0, attacks.tally(of: $0)) }.filter { $0.1.attempts > 0 }
        let attempts = tallies.reduce(0) { $0 + Int($1.1.attempts) }
        let success = tallies.first { isUnusual($0.1) }
        guard attempts >= context.thresholds.injections || attempts > 0 && success != nil else { return nil }
        return story(.injection, tallies, attacks, detail, success: success?.1)
    }

    private func traversal(_ attacks: AttackTries, _ detail: ActorDetail) -> Suspicion? {
        let tally = attacks.tally(of: .traversal)
        let success = isAnswered(tally, attacks) ? tally : nil
        guard tally.attempts >= context.thresholds.traversals || tally.attempts > 0 && success != nil else { return nil }
        return story(.traversal, [(.traversal, tally)], attacks, detail, success: success)
    }

    /// A shell that doesn't answer is somebody's probe.
    private func webShell(_ attacks: AttackTries, _ detail: ActorDetail) -> Suspicion? {
        let tally = attacks.tally(of: .webShell)
        guard tally.answered > 0, !attacks.answers.isAnswerToAnything(tally.answer) else { return nil }
        return story(.webShell, [(.webShell, tally)], attacks, detail, success: tally)
    }

    private func story(
        _ kind: IncidentKind, _ tallies: [(AttackSigns, AttackTries.Tally)], _ attacks: AttackTries, _ detail: ActorDetail,
        success: AttackTries.Tally?
    ) -> Suspicion? {
        guard let first = tallies.min(by: { $0.1.first < $1.1.first })?.1, let last = tallies.map(\.1.last).max() else { return nil }
        let signs = tallies.reduce(into: AttackSigns()) { $0.formUnion($1.0) }
        let attempts = tallies.reduce(0) { $0 + Int($1.1.attempts) }
        var suspicion = Suspicion(
            kind, .address, from: first.first, to: last, severity: success == nil ? .medium : .critical, techniques: signs.techniques,
            place: first.place)
        suspicion.blame(detail.identity, Identity(high: 0, low: attacks.account))
        suspicion.requests = attempts
        suspicion.bytes = tallies.reduce(0) { $0 &+ $1.1.bytes }
        suspicion.succeeded = success != nil
        suspicion.successPlace = success?.answerPlace ?? .none
        suspicion.shape = first.shape
        suspicion.agent = attacks.agent.leader
        let answered = tallies.reduce(0) { $0 + Int($1.1.answered) }
        suspicion.evidence = [
            Message(
                "access-logs.incident.attack",
                ["signs": .list(signs.each.map { .term("attack.\($0.name)") }), "attempts": .count(attempts), "answered": .count(answered)])
        ]
        if let success {
            suspicion.evidence.append(Message("access-logs.incident.answer", ["bytes": .bytes(Int(clamping: success.answer))]))
        }
        return suspicion
    }

    /// An answer much larger than the shape's usual ones: more came back than should.
    private func isUnusual(_ tally: AttackTries.Tally) -> Bool {
        guard tally.answered > 0, let usual = context.evidence.ledger.sizes[tally.answerShape], usual.total >= 8 else { return false }
        return Double(tally.answer) >= context.thresholds.answerOverUsual * Double(usual.quantile(0.99))
    }

    /// A file that came where none should, unless the site answers anything with that, or the shape's answers usually look just so: then the path or the
    /// parameter was ignored.
    private func isAnswered(_ tally: AttackTries.Tally, _ attacks: AttackTries) -> Bool {
        guard tally.answered > 0, !attacks.answers.isAnswerToAnything(tally.answer) else { return false }
        guard let usual = context.evidence.ledger.sizes[tally.answerShape], usual.total >= 8 else { return true }
        return tally.answer < usual.quantile(0.05) / 2 || tally.answer > usual.quantile(0.99)
    }

    private func scanner(_ detail: ActorDetail, hasAttacked: Bool) -> Suspicion? {
        let (life, thresholds) = (detail.life, context.thresholds)
        let attacks = life.attacks.value
        let probed = attacks?.tally(of: .probePath)
        // Consoles that answer those inside, or who uses them day after day, are no finds.
        let isAtHome = context.hasHabits(detail) || context.standing(of: detail.identity) == .special
        let probes = Int(probed?.attempts ?? 0) - (isAtHome ? Int(probed?.answered ?? 0) : 0)
        let tool = Int(attacks?.tally(of: .scannerTool).attempts ?? 0)
        let signed = attacks.map { tries in AttackSigns.all.reduce(0) { $0 + Int(tries.tally(of: $1).attempts) } } ?? 0
        let missed = life.missedShapes.estimate
        let isBroad = missed >= thresholds.missedShapes && Double(life.misses) >= thresholds.missShare * Double(life.requests)
        // Search engines follow links that others forgot; only what no link leads to tells them from scanners.
        let isCrawler = life.crawls * 10 >= life.requests * 9
        guard probes >= thresholds.probes || tool >= thresholds.toolRequests && !hasAttacked || isBroad && (!isCrawler || signed > 0) else {
            return nil
        }
        let episode = detail.kept.max { $0.missedShapes.estimate < $1.missedShapes.estimate }
        var suspicion = Suspicion(
            .scanner, .address, life, severity: .medium, techniques: probes > 0 || isBroad ? ["T1595.002", "T1595.003"] : ["T1595.002"])
        if let episode, episode.missedShapes.estimate * 2 >= missed { (suspicion.from, suspicion.to) = (episode.first, episode.last) }
        suspicion.blame(detail.identity, .none)
        suspicion.requests = Int(life.requests)
        suspicion.agent = attacks?.agent.leader ?? life.agent.leader
        suspicion.evidence = [
            Message(
                "access-logs.incident.probing", ["requests": .count(Int(life.requests)), "misses": .count(Int(life.misses)), "paths": .count(missed)])
        ]
        return suspicion
    }

    /// Administration is for those inside; an address outside that does it on most days is the organisation's own.
    private func administration(_ detail: ActorDetail) -> Suspicion? {
        let (life, thresholds) = (detail.life, context.thresholds)
        let isServed = Int(life.administration) >= thresholds.administrations
        // Who asks for consoles and little else wants in; who asks for everything is a scanner.
        let asked = life.administration &+ life.refusedAdministration
        let isRefused = Int(life.refusedAdministration) >= thresholds.refusedAdministrations && asked * 10 >= life.requests * 7
        guard isServed || isRefused else { return nil }
        let standing = context.standing(of: detail.identity)
        guard standing != .special, !context.isBastion(detail.identity) else { return nil }
        // A monitor of its own word that comes all the time is one.
        guard !context.hasHabits(detail) || standing == .foreign && life.crawls * 2 < life.requests else { return nil }
        let episodes = detail.kept.filter { $0.administration > 0 || $0.refusedAdministration > 0 }
        let gravity: Severity = isServed ? standing == .foreign ? .critical : .high : .medium
        var suspicion = Suspicion(.adminAccess, .address, life, severity: gravity, techniques: isServed ? ["T1133", "T1078"] : ["T1133"])
        suspicion.blame(detail.identity, life.counterpart.leader)
        suspicion.place = life.administrationPlace
        if isServed { suspicion.successPlace = life.administrationPlace }
        suspicion.shape = life.administrationShape
        suspicion.requests = Int(asked)
        suspicion.from = episodes.map(\.first).min() ?? life.first
        suspicion.to = episodes.map(\.last).max() ?? life.last
        suspicion.succeeded = isServed
        suspicion.evidence = [
            Message(
                "access-logs.incident.administration",
                ["served": .count(Int(life.administration)), "refused": .count(Int(life.refusedAdministration))])
        ]
        return suspicion
    }
}
