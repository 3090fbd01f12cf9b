import Network

/// Decides which port is tried next, and how long its answer is waited for. Pure: the lane that drives it tells the time and what became of each attempt.
///
/// Holds at most ``SweepLimits/hosts`` addresses at a time, whatever the size of the space.
struct SweepScheduler: Sendable {
    /// One attempt at one port.
    struct Attempt: Sendable {
        /// Which of the addresses dealt with; valid until the attempt is settled.
        var slot: Int32
        var port: UInt16
        /// From 0.
        var number: UInt8 = 0
        /// How often this machine had no means to try.
        var denials: UInt8 = 0
    }

    enum Step: Sendable {
        case attempt(Attempt)
        /// Nothing to do before this moment, or, when nil, before an attempt under way is settled.
        case wait(until: Int64?)
        case finished
    }

    private let space: SweepSpace
    private let limits: SweepLimits
    private let lane: Int
    private let lanes: Int
    private var cursor = SweepCursor()
    private var isExhausted = false
    private var hosts: [SweepHost] = []
    private var freeSlots: [Int32] = []
    /// Addresses that may be tried now; each stands here once at most.
    private var ready = RingQueue<Int32>()
    private var delayed = TimerHeap<Int32>()
    /// Second attempts at addresses that answer. Was the first one filtered, or lost because too much was under way?
    private var doubts = RingQueue<Attempt>()
    /// How many of these were silent again, made while little was under way, since the last loss: once there are enough, filters are the reason.
    private var confidence = 0
    private var window: CongestionWindow
    private var estimate = RoundTripEstimate()
    private var underWay = 0
    private var nextAllowed = Int64.min
    private var settled: [AddressSweep] = []
    /// Ports of which it is known what became of them.
    private(set) var settledPorts = 0

    /// A port that this machine had no means to try so often is given up.
    private static let mostDenials: UInt8 = 250
    /// So many silent attempts, made while little was under way, rule out congestion.
    private static let sample = 64
    /// So many doubts are kept before they come first.
    private static let mostDoubts = 50_000
    private static let denialPause: Int64 = 20_000_000
    /// How many addresses are taken up together, so that their ports alternate. Few, so that under a low rate some are done early: what is done needn't be
    /// done again when the scan is killed.
    private static let batch = 8

    /// - Parameters:
    ///   - lane: which part of the space this scheduler deals with, of `lanes`.
    ///   - limits: this lane's share.
    init(_ space: SweepSpace, limits: SweepLimits, lane: Int = 0, lanes: Int = 1) {
        self.space = space
        self.limits = limits
        self.lane = lane
        self.lanes = lanes
        window = CongestionWindow(initial: 1_024, most: limits.window)
    }

    /// The address of an attempt; the same for all of a slot's.
    func target(of attempt: Attempt) -> PermittedAddress { hosts[Int(attempt.slot)].target }

    mutating func next(at now: Int64) -> Step {
        guard underWay < window.size else { return .wait(until: nil) }
        if limits.rate != nil, now < nextAllowed { return .wait(until: nextAllowed) }
        while let slot = delayed.pop(until: now) { ready.append(slot) }
        if let step = settleDoubt(now) { return step }
        if ready.isEmpty { takeUp() }
        guard let slot = ready.popFirst() else {
            // Addresses outside the scope were passed over; there are more to come.
            if !isExhausted, hosts.count - freeSlots.count < limits.hosts { return .wait(until: now) }
            if let attempt = takeDoubt(now) { return .attempt(attempt) }
            if let slot = ready.popFirst() { return .attempt(begin(slot, now)) }
            if let moment = delayed.earliest { return .wait(until: moment) }
            return underWay > 0 ? .wait(until: nil) : .finished
        }
        return .attempt(begin(slot, now))
    }

    /// How long the attempt's answer is waited for.
    func timeout(of attempt: Attempt) -> Int64 {
        let host = hosts[Int(attempt.slot)]
        let isLast = attempt.number + 1 >= limits.attempts
        if let expected = host.estimate.timeout { return isLast ? limits.patience : min(max(expected, 100_000_000), limits.patience) }
        // An address that never answered may be farther away than the others were.
        guard let expected = estimate.timeout else { return limits.patience }
        return min(isLast ? max(4 * expected, 750_000_000) : max(2 * expected, 300_000_000), limits.patience)
    }

    /// - Parameter roundTrip: how long the answer took; nil when none came from the address itself.
    mutating func settle(_ attempt: Attempt, _ state: PortState, roundTrip: Int64?, at now: Int64) {
        let slot = Int(attempt.slot)
        if state.isAnswer, let roundTrip {
            estimate.add(roundTrip)
            for port in hosts[slot].answered(roundTrip) {
                settledPorts -= 1
                doubt(Attempt(slot: attempt.slot, port: port, number: 1))
            }
        }
        if state == .silent {
            stayedSilent(attempt, slot)
        } else {
            if state.isAnswer, attempt.number > 0 {
                // The first attempt was lost.
                let pause = hosts[slot].estimate.timeout ?? 0
                window.lost(at: now, roundTrip: pause)
                hosts[slot].window.lost(at: now, roundTrip: pause)
                confidence = 0
            } else {
                succeeded(slot)
            }
            finish(attempt, state)
        }
        release(attempt.slot, now)
    }

    private mutating func stayedSilent(_ attempt: Attempt, _ slot: Int) {
        let next = Attempt(slot: attempt.slot, port: attempt.port, number: attempt.number + 1)
        guard next.number < limits.attempts else {
            if hosts[slot].hasAnswered { confidence += 1 } else { succeeded(slot) }
            return finish(attempt, .silent)
        }
        if hosts[slot].hasAnswered { return doubt(next) }
        // An address that is silent throughout is no sign of congestion.
        succeeded(slot)
        if hosts[slot].triesAgain(attempt) {
            hosts[slot].putBack(next)
        } else {
            hosts[slot].leaveUnsure(attempt)
            settledPorts += 1
        }
    }

    private mutating func finish(_ attempt: Attempt, _ state: PortState) {
        hosts[Int(attempt.slot)].count(attempt, state)
        settledPorts += 1
    }

    private mutating func doubt(_ attempt: Attempt) {
        hosts[Int(attempt.slot)].doubtful += 1
        doubts.append(attempt)
    }

    /// Second attempts come when nothing else is to do, but some of them earlier, and while little is under way: if these are answered, too much was.
    /// - Returns: nil when it isn't their turn.
    private mutating func settleDoubt(_ now: Int64) -> Step? {
        guard doubts.count >= Self.sample, confidence < Self.sample || doubts.count > Self.mostDoubts else { return nil }
        if confidence < Self.sample, underWay >= max(8, window.size / 8) { return .wait(until: nil) }
        return takeDoubt(now).map { .attempt($0) }
    }

    /// The next doubt whose address may be tried now; those of others are left to their address's own turn.
    private mutating func takeDoubt(_ now: Int64) -> Attempt? {
        while let attempt = doubts.popFirst() {
            let slot = Int(attempt.slot)
            hosts[slot].doubtful -= 1
            guard hosts[slot].nextAllowed <= now, hosts[slot].underWay < hosts[slot].window.size else {
                hosts[slot].putBack(attempt)
                queue(attempt.slot, now)
                continue
            }
            hosts[slot].underWay += 1
            underWay += 1
            spend(attempt.slot, now)
            return attempt
        }
        return nil
    }

    private mutating func succeeded(_ slot: Int) {
        window.succeeded()
        hosts[slot].window.succeeded()
    }

    /// This machine had no means for the attempt: out of descriptors or of local ports. It comes again later.
    mutating func deny(_ attempt: Attempt, at now: Int64) {
        window.limit(to: underWay - 1)
        let slot = Int(attempt.slot)
        var again = attempt
        again.denials += 1
        // One port of an address that can't be tried at all is enough to know.
        if again.denials < (hosts[slot].isHopeless ? 1 : Self.mostDenials) {
            hosts[slot].putBack(again)
            hosts[slot].nextAllowed = max(hosts[slot].nextAllowed, now + Self.denialPause)
        } else {
            hosts[slot].gaveUp = true
            finish(attempt, .exhausted)
        }
        release(attempt.slot, now)
    }

    /// The addresses that are done with since the last call; where lanes share an address, each gives its own part.
    mutating func takeSettled() -> [AddressSweep] {
        defer { settled.removeAll(keepingCapacity: true) }
        return settled
    }

    // MARK: -

    private mutating func begin(_ slot: Int32, _ now: Int64) -> Attempt {
        let attempt = hosts[Int(slot)].takeAttempt(slot)
        underWay += 1
        spend(slot, now)
        hosts[Int(slot)].isQueued = false
        queue(slot, now)
        return attempt
    }

    /// What the loop was late with may be made up for, but not more than a fiftieth of a second's worth.
    private mutating func spend(_ slot: Int32, _ now: Int64) {
        if let rate = limits.rate { nextAllowed = max(nextAllowed, now - 20_000_000) + 1_000_000_000 / Int64(rate) }
        guard let rate = limits.hostRate, !hosts[Int(slot)].isLocal else { return }
        hosts[Int(slot)].nextAllowed = max(hosts[Int(slot)].nextAllowed, now - 20_000_000) + 1_000_000_000 / Int64(rate)
    }

    private mutating func release(_ slot: Int32, _ now: Int64) {
        underWay -= 1
        hosts[Int(slot)].underWay -= 1
        if hosts[Int(slot)].isFinished {
            settled.append(hosts[Int(slot)].result)
            freeSlots.append(slot)
        } else {
            queue(slot, now)
        }
    }

    /// Puts an address where its next attempt is taken from, unless it stands there, has nothing to try, or has enough under way.
    private mutating func queue(_ slot: Int32, _ now: Int64) {
        guard hosts[Int(slot)].isReady else { return }
        hosts[Int(slot)].isQueued = true
        let moment = hosts[Int(slot)].nextAllowed
        if moment > now { delayed.insert(slot, at: moment) } else { ready.append(slot) }
    }

    private mutating func takeUp() {
        var taken = 0
        while taken < Self.batch, hosts.count - freeSlots.count < limits.hosts, !isExhausted {
            guard let (index, address) = cursor.next(in: space) else {
                isExhausted = true
                return
            }
            let block = space.blocks[index]
            guard !space.isDone(address, block) else { continue }
            let count = block.addresses.count
            // Few addresses are shared port by port, many are dealt out whole.
            let isShared = count < 8 * lanes
            guard isShared || Int((cursor.offset - 1) % UInt64(lanes)) == lane else { continue }
            let ports = isShared && lanes > 1 ? stride(from: lane, to: block.ports.count, by: lanes).map { block.ports[$0] } : block.ports
            guard !ports.isEmpty else { continue }
            var result = AddressSweep(target: block.target, address: address)
            guard let target = space.scope.permit(address, port: ports[0], host: block.name ?? "\(address)") else {
                result.outOfScope = ports.count
                settledPorts += ports.count
                settled.append(result)
                if settled.count > 4_096 { return }
                continue
            }
            let host = SweepHost(target, ports, result, window: CongestionWindow(initial: 32, most: limits.hostWindow))
            let slot: Int32
            if let free = freeSlots.popLast() {
                slot = free
                hosts[Int(free)] = host
            } else {
                slot = Int32(hosts.count)
                hosts.append(host)
            }
            hosts[Int(slot)].isQueued = true
            ready.append(slot)
            taken += 1
        }
    }
}
