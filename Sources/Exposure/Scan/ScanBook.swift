import Estate
import Network
import Probes

/// What a scan has learnt so far. Keeps the addresses that answered, and of the others their number.
actor ScanBook {
    private let plan: ScanPlan
    private var entries: [Entry]
    /// Each target's ports.
    private let ports: [Set<UInt16>]
    /// Parts of addresses that several threads share, until they are whole.
    private var parts: [Place: AddressSweep] = [:]

    private struct Entry: Sendable {
        var ports: [PortReading] = []
        var addresses: [AddressSweep] = []
        var otherSilent = (addresses: 0, ports: 0)
        var settled = 0
        /// Where the addresses out of scope are counted together.
        var outOfScope: Int?
    }

    private struct Place: Hashable {
        var target: Int
        var address: IPAddress
    }

    /// A target of no more addresses than this keeps them all.
    private static let few = 256

    init(_ plan: ScanPlan) {
        self.plan = plan
        entries = plan.targets.map { _ in Entry() }
        ports = plan.targets.map { Set($0.ports) }
    }

    /// - Returns: the address's results, once they are whole.
    func settle(_ part: AddressSweep) -> AddressSweep? {
        let place = Place(target: part.target, address: part.address)
        let target = plan.targets[part.target]
        var whole = part
        if part.count < target.ports.count {
            whole = parts.removeValue(forKey: place) ?? AddressSweep(target: part.target, address: part.address)
            whole.add(part)
            guard whole.count >= target.ports.count else {
                parts[place] = whole
                return nil
            }
        }
        keep(whole)
        return whole
    }

    private func keep(_ sweep: AddressSweep) {
        entries[sweep.target].settled += sweep.count
        let isFew = plan.targets[sweep.target].addresses.reduce(0) { $0.addingClamped($1.count) } <= Self.few
        if sweep.hasAnswered || isFew || sweep.exhausted > 0, sweep.outOfScope < sweep.count || isFew {
            entries[sweep.target].addresses.append(sweep)
        } else if sweep.outOfScope == sweep.count {
            // One line for all of them.
            if let first = entries[sweep.target].outOfScope {
                entries[sweep.target].addresses[first].outOfScope += sweep.outOfScope
            } else {
                entries[sweep.target].outOfScope = entries[sweep.target].addresses.count
                entries[sweep.target].addresses.append(sweep)
            }
        } else {
            entries[sweep.target].otherSilent.addresses += 1
            entries[sweep.target].otherSilent.ports += sweep.count
        }
    }

    func add(_ port: PortReading) {
        for (index, target) in plan.targets.enumerated() where target.holds(port.target.address) {
            guard (target.name ?? "\(port.target.address)") == port.target.host else { continue }
            let isAsked = port.transport == .udp ? target.datagramPorts.contains(port.target.port) : ports[index].contains(port.target.port)
            if isAsked { entries[index].ports.append(port) }
        }
    }

    /// Where UDP is tried: addresses that answered over TCP, and those that were named singly.
    func datagramTargets() -> [PermittedAddress] {
        var seen: Set<PermittedAddress> = []
        return zip(plan.targets, entries).flatMap { target, entry in
            let named = target.addresses.filter { $0.count == 1 }.map(\.base)
            let addresses = Set(entry.addresses.filter(\.hasAnswered).map(\.address) + named)
            return addresses.sorted().flatMap { address in
                target.datagramPorts.compactMap { port in plan.scope.permit(address, port: port, host: target.name ?? "\(address)") }
            }
        }.filter { seen.insert($0).inserted }
    }

    func readings() -> [HostReading] {
        zip(plan.targets, entries).enumerated().map { index, pair in
            let (target, entry) = pair
            // Of an address that was cut off, what is known counts; the rest was interrupted.
            let cut = parts.filter { $0.key.target == index }.map(\.value)
            return HostReading(
                target.host,
                entry.ports.sorted {
                    ($0.target.address, $0.target.port, $0.transport == .udp ? 1 : 0) < (
                        $1.target.address, $1.target.port, $1.transport == .udp ? 1 : 0
                    )
                },
                addresses: (entry.addresses + cut).sorted { $0.address < $1.address }, otherSilentAddresses: entry.otherSilent.addresses,
                otherSilentPorts: entry.otherSilent.ports,
                otherOutOfScope: target.addressesOutOfScope.multipliedClamped(target.ports.count), problem: target.problem,
                interrupted: target.problem == nil ? max(0, target.count - entry.settled - cut.reduce(0) { $0 + $1.count }) : 0)
        }
    }
}

extension ScanPlan.Target {
    func holds(_ address: IPAddress) -> Bool { addresses.contains { $0.contains(address) } }
}
