import Estate
import Findings
import Network
import Probes
import Synchronization
import Templates

/// Looks for open ports, and talks to each as it is found.
struct Scanner: Sendable {
    private let plan: ScanPlan
    private let options: ScanOptions
    private let limits: SweepLimits
    private let conversations: Int

    private let connector: Connector

    init(_ plan: ScanPlan, _ options: ScanOptions, connector: Connector) {
        let limit = DescriptorLimit(window: options.limits.window, conversations: options.conversations)
        var limits = options.limits
        limits.window = limit.window
        self.plan = plan
        self.options = options
        self.connector = connector
        self.limits = limits
        conversations = limit.conversations
    }

    /// One reading for each target, in their order. A cancelled scan returns soon, and says what it didn't look at.
    /// - Parameter journal: keeps what is found; addresses that stand in it already are not looked at again.
    func scan(journal: ScanJournal? = nil, _ context: InspectionContext) async -> [HostReading] {
        let examiner = examiner(context)
        let queue = PortQueue()
        let space = plan.space
        let book = ScanBook(plan)
        let progress = ScanProgress(total: space.count, context)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<conversations {
                group.addTask {
                    while let target = await queue.next() {
                        let port = await options.portsOnly || Task.isCancelled ? unasked(target) : examiner.examine(target)
                        await queue.note(target, recognised: port.reading != nil)
                        await book.add(port)
                        progress.talked(to: port.place)
                    }
                }
            }
            var skipped = 0
            let known = trusted(journal?.settled ?? [])
            for known in known {
                skipped += known.count
                _ = await book.settle(known)
                for port in known.open { if let target = permit(known, port) { await queue.add(target) } }
            }
            progress.settled(skipped)
            for await event in PortSweep(space.without(known), limits: limits).events() {
                switch event {
                case .open(let target):
                    progress.found()
                    await queue.add(target)
                case .settled(let part): if let whole = await book.settle(part) { journal?.write(whole) }
                case .progress(let ports): progress.settled(ports)
                }
            }
            await queue.finish()
        }
        // Open all the same; coverage says that nobody asked what they are.
        for target in await queue.left { await book.add(PortReading(target)) }
        if !options.portsOnly, !Task.isCancelled {
            let datagrams = await book.datagramTargets()
            let answers = await Window.map(datagrams, width: conversations) { target in (target, await examiner.identifier.identifyDatagram(target)) }
            for case (let target, let reading?)? in answers { await book.add(PortReading(target, reading, transport: .udp)) }
        }
        return await book.readings()
    }

    private func examiner(_ context: InspectionContext) -> PortExaminer {
        let driver = ProbeDriver(connector: connector, timeout: options.probeTimeout)
        return PortExaminer(
            identifier: ServiceIdentifier(driver: driver, greetingTime: options.greetingTime, patience: options.patience),
            tls: try? TLSExaminer(connector: connector, timeout: options.probeTimeout),
            login: options.triesDefaultAccounts ? DefaultLogin(driver: driver) : nil,
            runner: options.templates.isEmpty ? nil : TemplateRunner(options.templates),
            transport: ScopedTransport(connector: connector, scope: plan.scope, timeout: options.probeTimeout), now: context.now)
    }

    private func unasked(_ target: PermittedAddress) -> PortReading {
        var port = PortReading(target)
        port.wasAsked = false
        return port
    }

    /// Of a journal, what fits the plan: a file can be changed.
    private func trusted(_ settled: [AddressSweep]) -> [AddressSweep] {
        var seen: [Int: Set<IPAddress>] = [:]
        return settled.filter { sweep in
            guard plan.targets.indices.contains(sweep.target) else { return false }
            let target = plan.targets[sweep.target]
            return target.holds(sweep.address) && sweep.count == target.ports.count && seen[sweep.target, default: []].insert(sweep.address).inserted
        }
    }

    private func permit(_ sweep: AddressSweep, _ port: UInt16) -> PermittedAddress? {
        plan.scope.permit(sweep.address, port: port, host: plan.targets[sweep.target].name ?? "\(sweep.address)")
    }
}

/// How far a scan is: ports looked at, and the services talked to.
private final class ScanProgress: Sendable {
    private let done = Atomic(0)
    private let open = Atomic(0)
    private let talked = Atomic(0)
    private let total: Int
    private let context: InspectionContext

    init(total: Int, _ context: InspectionContext) {
        self.total = total
        self.context = context
    }

    func found() { open.add(1, ordering: .relaxed) }

    func settled(_ ports: Int) {
        guard ports > 0 else { return }
        let done = done.add(ports, ordering: .relaxed).newValue
        context.progress(ProgressUpdate(.exposure, subject: "", done: done, total: total, unit: "ports"))
    }

    func talked(to place: String) {
        let talked = talked.add(1, ordering: .relaxed).newValue
        // While ports are still looked for, their number is what tells how far the scan is.
        guard done.load(ordering: .relaxed) >= total else { return }
        context.progress(ProgressUpdate(.exposure, subject: place, done: talked, total: open.load(ordering: .relaxed), unit: "services"))
    }
}
