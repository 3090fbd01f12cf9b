/// Says when which incident happens, and lets each happen when the world gets there.
struct Planner {
    private(set) var incidents: [Incident] = []
    private var byHour: [Int: [Int]] = [:]
    private var takenStaff: Set<Int> = []
    private var nextLeaver = 0
    private var seed: UInt64
    private var turns: [Incident.Kind: Int] = [:]

    init(_ world: World, count: Int) {
        seed = world.seed
        var random = Random(world.seed, "plan " + world.profile.name)
        var kinds: [Incident.Kind] = []
        while kinds.count < count { kinds += Incident.Kind.allCases.shuffled(using: &random) }
        for (id, kind) in kinds.prefix(count).enumerated() {
            // Nothing in the first two weeks: a baseline must be had. A forgotten account must have been silent for long.
            let first = kind == .dormantAccount ? 78 : 15
            let date = random.within(first...(world.profile.days - 6))
            let time = world.profile.start + Moment(date) * day + Self.timeOfDay(kind, world.profile, &random)
            let incident = Incident(id, kind, time)
            incidents.append(incident)
            byHour[Int((time - world.profile.start) / hour), default: []].append(id)
        }
    }

    /// Attackers come at any hour, more by night; what is judged by the hour comes at its hour.
    private static func timeOfDay(_ kind: Incident.Kind, _ profile: Profile, _ random: inout Random) -> Moment {
        switch kind {
        case .offHours: Moment(random.within(20...130)) * minute
        case .impossibleTravel: 10 * hour + Moment(random.below(Int(5 * hour)))
        case .bulkDownload, .dormantAccount, .directDatabase: 9 * hour + Moment(random.below(Int(8 * hour)))
        default: Moment(random.below(Int(day)))
        }
    }

    mutating func begin(hour index: Int, in world: World) {
        for id in byHour[index] ?? [] {
            let incident = incidents[id]
            let turn = turns[incident.kind, default: 0]
            turns[incident.kind] = turn + 1
            var actor = Attack(world: world, incident: incident, turn: turn, random: Random(seed, "\(world.profile.name) incident \(id)"))
            actor.person = person(world, incident, &actor.random)
            if incident.kind == .dormantAccount {
                // The last eight leavers are engineers, who come by the bastion.
                actor.person = turn % 4 == 3 ? world.leavers[world.leavers.count - 1 - turn / 4 % 8] : world.leavers[nextLeaver % 16]
                if turn % 4 != 3 { nextLeaver += 1 }
            }
            actor.run()
        }
    }

    /// Somebody at work in these days whom no other incident concerns.
    private mutating func person(_ world: World, _ incident: Incident, _ random: inout Random) -> World.Person {
        let today = world.dayIndex(incident.start)
        for _ in 0..<2_000 {
            let index = random.below(world.staff.count)
            let person = world.staff[index]
            guard person.duty != .monthly, !takenStaff.contains(index), person.leave?.overlaps((today - 1)...(today + 45)) != true,
                !person.trips.contains(where: { $0.days.overlaps((today - 2)...(today + 4)) })
            else { continue }
            if needsPerson(incident.kind) { takenStaff.insert(index) }
            return person
        }
        return random.pick(world.staff)
    }

    private func needsPerson(_ kind: Incident.Kind) -> Bool {
        [.foreignAccess, .bulkDownload, .enumeration, .bruteForce, .bruteForceSuccess, .offHours, .impossibleTravel].contains(kind)
    }
}
