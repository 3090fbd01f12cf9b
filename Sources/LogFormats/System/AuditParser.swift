/// The Linux audit system's log (auditd(8), audit.log): `type=SYSCALL msg=audit(1700000000.123:456): arch=… success=yes …`.
///
/// What the kernel records of one event comes as several records with one serial number, which may mix with those of others. They are joined; the
/// event is complete with PROCTITLE, which the kernel writes last, with EOE, or when more events are open than ``openLimit``.
/// At the end of the file several events may be open: ``finish(into:)`` gives one for each call, until there are none.
struct AuditParser: LineParser {
    /// Events that wait for more records.
    static let openLimit = 4

    /// Beside those that are open, one that was given and must stand until the next call, and one for the record that opens another.
    private let slots = (0..<(openLimit + 2)).map { _ in AuditEvent() }
    /// Indexes of slots in the order of their first records.
    private var open: [Int] = []
    private var given = -1

    init() { open.reserveCapacity(Self.openLimit + 1) }

    mutating func parse(_ line: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome {
        let line = line.withoutReturn
        guard !line.isEmpty else { return .nothing }
        guard let record = AuditRecord(line) else { return .unparsed }
        let waiting = open.firstIndex { slots[$0].serial == record.serial && slots[$0].time == record.time }
        if record.kind == .end {
            return waiting.map { give($0, &event) } ?? .nothing
        }
        if let waiting {
            slots[open[waiting]].add(record)
            return record.kind == .title ? give(waiting, &event) : .partial
        }
        // A title without its event: the event was given before it came.
        if record.kind == .title { return .nothing }
        guard let free = slots.indices.first(where: { !open.contains($0) && $0 != given }) else { return .unparsed }
        slots[free].begin(record)
        open.append(free)
        if record.kind.isAlone { return give(open.count - 1, &event) }
        return open.count > Self.openLimit ? give(0, &event) : .partial
    }

    mutating func finish(into event: inout LogEvent) -> LineOutcome {
        open.isEmpty ? .nothing : give(0, &event)
    }

    private mutating func give(_ position: Int, _ event: inout LogEvent) -> LineOutcome {
        given = open.remove(at: position)
        slots[given].fill(&event)
        return .event
    }
}
