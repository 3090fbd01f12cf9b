import Network

/// Open ports that wait to be talked to. An address that takes every connection is talked to at some of its ports only.
actor PortQueue {
    private var waiting = RingQueue<PermittedAddress>()
    private var workers: [CheckedContinuation<PermittedAddress?, Never>] = []
    private var isFinished = false
    /// By address: how many ports were handed out, and how many of those turned out to be a service.
    private var known: [IPAddress: (talked: Int, recognised: Int)] = [:]

    /// So many ports of one address are talked to whatever they say.
    private static let enough = 64

    func add(_ target: PermittedAddress) {
        if let worker = workers.popLast() {
            worker.resume(returning: hand(target))
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
            if deserves(target) { return hand(target) }
        }
        guard !isFinished else { return nil }
        return await withCheckedContinuation { workers.append($0) }
    }

    func note(_ target: PermittedAddress, recognised: Bool) { known[target.address, default: (0, 0)].recognised += recognised ? 1 : 0 }

    private func hand(_ target: PermittedAddress) -> PermittedAddress {
        known[target.address, default: (0, 0)].talked += 1
        return target
    }

    private func deserves(_ target: PermittedAddress) -> Bool {
        guard let (talked, recognised) = known[target.address], talked >= Self.enough else { return true }
        return recognised * 4 >= talked
    }
}
