package import Network

/// Drives a scheduler through a network that is a function: what a sweep of any size would do, without sending anything.
package struct SweepSimulation {
    private struct Answer: Sendable {
        var attempt: SweepScheduler.Attempt
        var state: PortState
        var roundTrip: Int64?
    }

    private var scheduler: SweepScheduler
    private var answers = TimerHeap<Answer>()
    private var underWay = 0
    /// Nanoseconds since the simulation began.
    package private(set) var time: Int64 = 0
    /// How many connections the machine can have under way.
    package var mostAtOnce = Int.max

    package init(_ space: SweepSpace, _ limits: SweepLimits, lane: Int = 0, lanes: Int = 1) {
        scheduler = SweepScheduler(space, limits: limits.share(of: lanes), lane: lane, lanes: lanes)
    }

    /// - Parameters:
    ///   - network: gets an address, a port and how many attempts are under way; tells what is answered and how many nanoseconds later, or nil for silence.
    ///   - settled: gets each address that is done with.
    package mutating func run(
        network: (IPAddress, UInt16, Int) -> (state: PortState, roundTrip: Int64)?, settled: (AddressSweep) -> Void
    ) {
        while true {
            switch scheduler.next(at: time) {
            case .attempt(let attempt): begin(attempt, network)
            case .wait(let moment):
                guard let next = [moment, answers.earliest].compactMap({ $0 }).min() else { return }
                time = max(time, next)
                while let answer = answers.pop(until: time) {
                    underWay -= 1
                    scheduler.settle(answer.attempt, answer.state, roundTrip: answer.roundTrip, at: time)
                }
            case .finished:
                scheduler.takeSettled().forEach(settled)
                return
            }
            scheduler.takeSettled().forEach(settled)
        }
    }

    private mutating func begin(_ attempt: SweepScheduler.Attempt, _ network: (IPAddress, UInt16, Int) -> (state: PortState, roundTrip: Int64)?) {
        guard underWay < mostAtOnce else { return scheduler.deny(attempt, at: time) }
        underWay += 1
        let patience = scheduler.timeout(of: attempt)
        let target = scheduler.target(of: attempt)
        if let answer = network(target.address, attempt.port, underWay), answer.roundTrip <= patience {
            answers.insert(Answer(attempt: attempt, state: answer.state, roundTrip: answer.roundTrip), at: time + answer.roundTrip)
        } else {
            answers.insert(Answer(attempt: attempt, state: .silent), at: time + patience)
        }
    }
}
