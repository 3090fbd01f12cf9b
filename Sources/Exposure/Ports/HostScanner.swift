import Estate
import Findings
import Logging
import Network
package import Probes
import Synchronization

/// Looks at the ports of the declared hosts, many at once, and reads the services behind those that are open.
struct HostScanner: Sendable {
    let connector: Connector
    let prober: ServiceProber
    /// How many ports are looked at at once.
    let concurrency: Int

    /// A name may stand for a whole pool; more addresses than this of one host are not looked at.
    private static let mostAddresses = 16

    func scan(_ estate: Estate, _ context: InspectionContext) async -> [HostReading] {
        // A name server that doesn't answer is waited for by the side of the others.
        let scope = estate.scope
        let resolved = await Window.map(estate.hosts, width: 16) { await plan($0, scope) }
        let plans = zip(estate.hosts, resolved).map { host, plan in plan ?? Plan(host: host, unplanned: host.ports?.count ?? KnownPorts.all.count) }
        let window = DescriptorLimit.window(wanted: concurrency)
        let tasks = Self.interleaved(plans)
        let progress = PortProgress(total: tasks.count, context)
        var results = await Window.map(tasks, width: window) { task in
            let reading = await look(task)
            progress.count(task.name)
            return reading
        }
        // A lost packet, or a moment without descriptors, must not look like a filter: once more, and less hurried.
        let again = tasks.indices.filter { results[$0].map { $0.state == .silent || $0.state == .exhausted } ?? false }
        let second = await Window.map(again.map { tasks[$0] }, width: max(1, window / 2)) { await look($0) }
        for (index, reading) in zip(again, second) { if let reading { results[index] = reading } }
        return plans.indices.map { number in
            let mine = tasks.indices.filter { tasks[$0].plan == number }
            let readings = mine.compactMap { results[$0] }.sorted { ($0.target.address, $0.target.port) < ($1.target.address, $1.target.port) }
            return HostReading(
                plans[number].host, readings, problem: plans[number].problem, interrupted: plans[number].unplanned + mine.count - readings.count)
        }
    }

    private struct Plan: Sendable {
        var host: Host
        var targets: [PermittedAddress] = []
        var problem: ScopeError?
        /// Ports of a host that a cancellation came before.
        var unplanned = 0
    }

    private struct PortTask: Sendable {
        var plan: Int
        var name: String
        var target: PermittedAddress
        var isExplicit: Bool
    }

    private func plan(_ host: Host, _ scope: Scope) async -> Plan {
        var plan = Plan(host: host)
        var seen: Set<UInt16> = []
        let ports = (host.ports ?? KnownPorts.all.map(\.port)).filter { seen.insert($0).inserted }
        guard let first = ports.first else { return plan }
        do {
            // A name is resolved once; the scope judges each port all the same.
            let addresses = try await scope.resolve(host: host.address, port: first).prefix(Self.mostAddresses)
            plan.targets = ports.flatMap { port in addresses.compactMap { scope.permit($0.address, port: port, host: $0.host) } }
        } catch {
            plan.problem = error
        }
        return plan
    }

    /// One port of each host in turn, so that no host gets them all at once.
    private static func interleaved(_ plans: [Plan]) -> [PortTask] {
        let longest = plans.map(\.targets.count).max() ?? 0
        return (0..<longest).flatMap { index in
            plans.indices.compactMap { number in
                let plan = plans[number]
                guard index < plan.targets.count else { return nil }
                return PortTask(plan: number, name: plan.host.name, target: plan.targets[index], isExplicit: plan.host.ports != nil)
            }
        }
    }

    private func look(_ task: PortTask) async -> PortReading {
        let state = await connector.state(of: task.target)
        guard state == .open else { return PortReading(task.target, state) }
        let expected = KnownPorts.service(on: task.target.port)
        return PortReading(task.target, .open, await prober.read(task.target, expected: expected, thoroughly: task.isExplicit))
    }
}

/// Counts ports as they are done.
private final class PortProgress: Sendable {
    private let done = Atomic(0)
    private let total: Int
    private let context: InspectionContext

    init(total: Int, _ context: InspectionContext) {
        self.total = total
        self.context = context
    }

    func count(_ subject: String) {
        let done = done.add(1, ordering: .relaxed).newValue
        context.progress(ProgressUpdate(.exposure, subject: subject, done: done, total: total, unit: "ports"))
    }
}
