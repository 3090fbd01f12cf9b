import Network

/// Open ports that wait to be talked to, each once. An address that takes every connection is talked to at some of its ports only.
actor PortQueue {
    private var waiting = RingQueue<PermittedAddress>()
    private var workers: [CheckedContinuation<PermittedAddress?, Never>] = []
    private var isFinished = false
    private var seen: Set<PermittedAddress> = []
    /// By address: how many ports were talked to, and how many of those turned out to be a service.
    private var known: [IPAddress: (asked: Int, recognised: Int)] = [:]
    /// Ports that were not talked to, because so many of their address had turned out to be nothing.
    private(set) var left: [PermittedAddress] = []

    /// So many ports of one address are talked to whatever they say.
    private static let enough = 64

    func add(_ target: PermittedAddress) {
        guard seen.insert(target).inserted else { return }
        if let worker = workers.popLast() {
            worker.resume(returning: target)
        } else {
            waiting.append(target)
        }
    }

    /// Nothing more will be added.
    func finish() {
        isFinished = true
        for worker in workers { worker.resume(returning: nil) }
        workers = []
    }

    /// The next port to talk to; waits for one. Nil at the end.
    func next() async -> PermittedAddress? {
        while let target = waiting.popFirst() {
            if deserves(target) { return target }
            left.append(target)
        }
        guard !isFinished else { return nil }
        return await withCheckedContinuation { workers.append($0) }
    }

    func note(_ target: PermittedAddress, recognised: Bool) {
        known[target.address, default: (0, 0)].asked += 1
        if recognised { known[target.address]?.recognised += 1 }
    }

    private func deserves(_ target: PermittedAddress) -> Bool {
        guard let (asked, recognised) = known[target.address], asked >= Self.enough else { return true }
        return recognised * 4 >= asked
    }
}
