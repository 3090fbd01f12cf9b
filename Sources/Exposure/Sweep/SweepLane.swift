import CEpoll
import Glibc
import Network

/// One thread of a sweep: makes the connections that its scheduler asks for, and tells it what became of them.
///
/// A socket whose connection was refused is used again for the next one, which halves what a refusal costs. The kernel is asked at once what became of a
/// connection, for on a near network the answer is there before the question.
final class SweepLane {
    private struct Flight {
        var attempt: SweepScheduler.Attempt
        var socket: SweepSocket
        var began: Int64
        /// Tells a flight from the one that had its place before.
        var serial: UInt32
    }

    private struct Deadline: Sendable {
        var place: Int32
        var serial: UInt32
    }

    private var scheduler: SweepScheduler
    private let poll: Int32
    private var flights: [Flight?] = []
    private var freePlaces: [Int32] = []
    private var serial: UInt32 = 0
    private var deadlines = TimerHeap<Deadline>()
    private var idle: [SweepSocket] = []
    /// Ports found open since the last report.
    private var found: [PermittedAddress] = []
    private var events = [epoll_event](repeating: epoll_event(), count: 512)

    /// After so long it is asked anew how long an attempt may take.
    private static let glance: Int64 = 300_000_000

    /// - Throws: ``POSIXFailure`` when this machine gives no epoll descriptor.
    init(_ scheduler: SweepScheduler) throws(POSIXFailure) {
        self.scheduler = scheduler
        poll = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard poll >= 0 else { throw POSIXFailure(code: errno) }
    }

    deinit {
        for flight in flights { flight?.socket.close() }
        for socket in idle { socket.close() }
        Glibc.close(poll)
    }

    /// Blocks until the space is done with, or `isCancelled` says so.
    /// - Parameter report: gets what was found since the last call: open ports, addresses that are done with, and how many ports are.
    func run(isCancelled: () -> Bool, report: ([PermittedAddress], [AddressSweep], Int) -> Void) {
        var lastReport = Self.now
        var reported = 0
        while !isCancelled() {
            let moment = issue()
            let now = Self.now
            if now - lastReport > 50_000_000 || moment == nil {
                let addresses = scheduler.takeSettled()
                report(found, addresses, scheduler.settledPorts - reported)
                found.removeAll(keepingCapacity: true)
                (lastReport, reported) = (now, scheduler.settledPorts)
            }
            guard let moment else { return }
            look(until: min(moment, deadlines.earliest ?? .max, now + 50_000_000))
            expire()
        }
    }

    /// Begins what may be begun; at most as much as leaves time to look after what is under way.
    /// - Returns: the moment of the next attempt, `Int64.max` when that depends on those under way, and nil when all is done.
    private func issue() -> Int64? {
        for _ in 0..<256 {
            let now = Self.now
            switch scheduler.next(at: now) {
            case .attempt(let attempt): begin(attempt, now)
            case .wait(let moment): return moment ?? .max
            case .finished: return nil
            }
        }
        return 0
    }

    private func begin(_ attempt: SweepScheduler.Attempt, _ now: Int64) {
        let target = scheduler.target(of: attempt).at(port: attempt.port)
        let socket: SweepSocket
        if let last = idle.last, last.family == target.address.family {
            idle.removeLast()
            socket = last
        } else {
            do {
                socket = try SweepSocket(target.address.family)
            } catch {
                settle(attempt, error.code, at: now)
                return
            }
        }
        proceed(attempt, socket, target, socket.connect(to: target), began: now)
    }

    private func proceed(_ attempt: SweepScheduler.Attempt, _ socket: SweepSocket, _ target: PermittedAddress, _ code: Int32, began: Int64) {
        switch code {
        case EINPROGRESS, EALREADY: take(off: attempt, socket, target, began)
        case 0, EISCONN:
            let isItself = socket.isConnectedToItself
            socket.close()
            land(attempt, isItself ? .refused : .open, target, began)
        case ECONNREFUSED:
            if idle.count < 64 { idle.append(socket) } else { socket.close() }
            land(attempt, .refused, target, began)
        default:
            socket.close()
            settle(attempt, code, at: Self.now)
        }
    }

    /// Waits for the answer, unless it is there already.
    private func take(off attempt: SweepScheduler.Attempt, _ socket: SweepSocket, _ target: PermittedAddress, _ began: Int64) {
        let code = socket.connect(to: target)
        guard code == EALREADY || code == EINPROGRESS else { return proceed(attempt, socket, target, code, began: began) }
        var socket = socket
        let place: Int32
        if let free = freePlaces.popLast() {
            place = free
        } else {
            place = Int32(flights.count)
            flights.append(nil)
        }
        serial &+= 1
        guard socket.watch(poll, UInt64(serial) << 32 | UInt64(UInt32(bitPattern: place))) else {
            freePlaces.append(place)
            socket.close()
            return scheduler.deny(attempt, at: Self.now)
        }
        flights[Int(place)] = Flight(attempt: attempt, socket: socket, began: began, serial: serial)
        deadlines.insert(Deadline(place: place, serial: serial), at: began + min(scheduler.timeout(of: attempt), Self.glance))
    }

    private func look(until moment: Int64) {
        let now = Self.now
        // Rounded up: a moment early would only go round once more.
        let milliseconds = moment <= now ? 0 : Int32(clamping: (moment - now + 999_999) / 1_000_000)
        let count = epoll_wait(poll, &events, Int32(events.count), milliseconds)
        guard count > 0 else { return }
        for event in events[0..<Int(count)] {
            let place = Int(Int32(bitPattern: UInt32(truncatingIfNeeded: event.data.u64)))
            guard flights.indices.contains(place), let flight = flights[place], flight.serial == UInt32(truncatingIfNeeded: event.data.u64 >> 32)
            else {
                continue
            }
            let target = scheduler.target(of: flight.attempt).at(port: flight.attempt.port)
            let code = flight.socket.connect(to: target)
            if code == EALREADY || code == EINPROGRESS {
                // Woken without news; its deadline stands.
                var socket = flight.socket
                _ = socket.watch(poll, event.data.u64)
                continue
            }
            leave(place)
            proceed(flight.attempt, flight.socket, target, code, began: flight.began)
        }
    }

    private func expire() {
        let now = Self.now
        while let deadline = deadlines.pop(until: now) {
            guard let flight = flights[Int(deadline.place)], flight.serial == deadline.serial else { continue }
            // How long answers take may have been learnt only after the attempt had begun.
            let due = flight.began + scheduler.timeout(of: flight.attempt)
            guard due <= now else {
                deadlines.insert(deadline, at: due)
                continue
            }
            leave(Int(deadline.place))
            flight.socket.close()
            scheduler.settle(flight.attempt, .silent, roundTrip: nil, at: now)
        }
    }

    private func leave(_ place: Int) {
        flights[place] = nil
        freePlaces.append(Int32(place))
    }

    private func land(_ attempt: SweepScheduler.Attempt, _ state: PortState, _ target: PermittedAddress, _ began: Int64) {
        let now = Self.now
        if state == .open { found.append(target) }
        scheduler.settle(attempt, state, roundTrip: now - began, at: now)
    }

    private func settle(_ attempt: SweepScheduler.Attempt, _ code: Int32, at now: Int64) {
        let state = PortState(errno: code)
        if state == .exhausted { scheduler.deny(attempt, at: now) } else { scheduler.settle(attempt, state, roundTrip: nil, at: now) }
    }

    private static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
