import Foundation

/// Lets a world's time pass, hour by hour.
struct Simulation {
    let world: World
    private var planner: Planner
    private var random: Random
    private let weights: [Double]
    private let total: Double
    /// What hours before had too many or too few of.
    private var owed = 0.0

    init(_ world: World, incidents: Int) {
        self.world = world
        planner = Planner(world, count: incidents)
        random = Random(world.seed, "days " + world.profile.name)
        weights = (0..<world.timeline.hours).map { Rhythm.hour(world.profile.start + Moment($0) * hour, holiday: world.isHoliday($0 / 24)) }
        total = weights.reduce(0, +)
    }

    mutating func run() -> [Incident] {
        for index in weights.indices {
            ordinary(index)
            planner.begin(hour: index, in: world)
            world.timeline.flush()
        }
        return planner.incidents
    }

    private mutating func ordinary(_ index: Int) {
        let start = world.profile.start + Moment(index) * hour
        if index % 24 == 0 {
            world.staffDay(start, &random)
            world.partnersDay(start, &random)
            world.databasesDay(start, &random)
        }
        let budget = Double(world.lines) * weights[index] / total
        // Machines sleep less than people.
        let machines = 0.6 * budget + 0.4 * Double(world.lines) / Double(weights.count)
        world.databasesHour(
            start, postgres: Int(machines * 0.09), general: Int(machines * 0.06), slow: random.count(machines * 0.001), cache: Int(machines * 0.025),
            &random)
        world.hostsHour(start, lines: Int(machines * 0.03), &random)
        world.crawl(start, &random)
        // Patients make up what is left of the budget.
        let soFar = weights[...index].reduce(0, +) / total * Double(world.lines)
        owed = soFar - Double(world.timeline.ordinary.reduce(0, +))
        while owed > 0 {
            owed -= Double(world.visit(at: start + Moment(random.below(Int(hour))), throughApp: random.chance(0.4), &random))
        }
    }
}
