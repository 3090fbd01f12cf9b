/// Plain JSON Lines: an object for each event, its fields found through the user's map (``LogContext/fieldMap``, ours → theirs) or by common names.
struct JSONLinesParser: LineParser {
    private var reader = JSONLineReader()
    private let roles: FieldRoles
    private var times: AnyStamp
    /// By role: the entry that fills it, and how good a name it has.
    private var found: [(entry: Int, rank: Int)]
    private var layout: [FieldRoles.Meaning] = []

    init(_ context: LogContext) {
        roles = FieldRoles(context.fieldMap)
        times = AnyStamp(context)
        found = Array(repeating: (-1, .max), count: FieldRole.allCases.count)
    }

    mutating func parse(_ line: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome {
        let line = line.withoutReturn
        guard !line.isEmpty else { return .nothing }
        guard reader.read(line) == .object else { return .unparsed }
        for index in found.indices { found[index] = (-1, .max) }
        event.begin(line)
        var place = 0
        for index in reader.entries.indices {
            let entry = reader.entries[index]
            guard entry.kind != .object, entry.kind != .array, entry.kind != .null, !entry.key.isNone else { continue }
            let path = reader.path(of: index)
            guard !path.isNone else { continue }
            event.addField(path, entry.value)
            note(place, index, reader.bytes(of: path))
            place += 1
        }
        event.text = reader.text
        guard let time = value(.time).flatMap({ times.parse(event.text, $0) }) else { return .unparsed }
        event.time = time
        fill(&event)
        return .event
    }

    /// Lines of one log have their fields in the same order, mostly: what the field in this place meant last time is remembered.
    private mutating func note(_ place: Int, _ index: Int, _ path: UnsafeRawBufferPointer) {
        guard place < LogEvent.fieldLimit else { return }
        if place == layout.count {
            layout.append(FieldRoles.Meaning(path, roles))
        } else if !layout[place].isOf(path) {
            layout[place] = FieldRoles.Meaning(path, roles)
        }
        for match in layout[place].matches where match.rank < found[Int(match.role.rawValue)].rank {
            found[Int(match.role.rawValue)] = (index, match.rank)
        }
    }

    private func entry(_ role: FieldRole) -> JSONLineReader.Entry? {
        let index = found[Int(role.rawValue)].entry
        return reader.entries.indices.contains(index) ? reader.entries[index] : nil
    }

    private func value(_ role: FieldRole) -> Span? { entry(role)?.value }

    private func fill(_ event: inout LogEvent) {
        event.account = value(.account) ?? .none
        event.method = value(.method) ?? .none
        event.target = value(.target) ?? .none
        event.host = value(.host) ?? .none
        event.userAgent = value(.userAgent) ?? .none
        event.referer = value(.referer) ?? .none
        event.forwardedFor = value(.forwardedFor) ?? .none
        event.message = value(.message) ?? .none
        event.program = value(.program) ?? .none
        event.session = value(.session) ?? .none
        event.database = value(.database) ?? .none
        event.statement = value(.statement) ?? .none
        event.bytes = integer(.bytes, event) ?? -1
        event.rows = integer(.rows, event) ?? -1
        if let client = value(.client) { event.setPeer(client) }
        if let status = integer(.status, event), (100...599).contains(status) { event.status = UInt16(status) }
        event.duration = duration(event)
        event.outcome = outcome(event)
        event.action = action(event)
    }

    private func integer(_ role: FieldRole, _ event: LogEvent) -> Int64? {
        value(role).flatMap { DecimalText.scaled(event.bytes(of: $0), places: 0) }
    }

    /// Which decimal places of them are microseconds; of nanoseconds a thousandth.
    private static let durations: [(FieldRole, Int)] = [(.milliseconds, 3), (.microseconds, 0), (.nanoseconds, 0), (.seconds, 6)]
    /// `"status": true` and `"status": "failed"` are outcomes, not HTTP's.
    private static let outcomes: [FieldRole] = [.outcome, .status]

    private func duration(_ event: LogEvent) -> Int64 {
        for (role, places) in Self.durations {
            guard let span = value(role), let number = DecimalText.scaled(event.bytes(of: span), places: places) else { continue }
            return role == .nanoseconds ? number / 1_000 : number
        }
        return -1
    }

    private func outcome(_ event: LogEvent) -> LogEvent.Outcome {
        for role in Self.outcomes {
            guard let entry = entry(role) else { continue }
            switch entry.kind {
            case .yes: return .success
            case .no: return .failure
            case .string: if let outcome = Words.outcome(event.bytes(of: entry.value)) { return outcome }
            default: break
            }
        }
        return event.status == 0 ? .unknown : event.status < 400 ? .success : .failure
    }

    private func action(_ event: LogEvent) -> LogEvent.Action {
        if let span = value(.action), let action = Words.action(event.bytes(of: span)) { return action }
        if !event.method.isNone || (!event.target.isNone && event.status > 0) { return .request }
        guard !event.statement.isNone else { return .other }
        return Words.isSQL(event.bytes(of: event.statement)) || !event.database.isNone ? .query : .command
    }
}

extension LogEvent {
    /// The peer as applications write it: perhaps with a port, perhaps by name.
    mutating func setPeer(_ span: Span) {
        let peer = MessageText(text, span.range)
        setClient(peer)
        guard client == nil, let colon = peer.findLast(":"), colon > peer.start else { return }
        setClient(peer.part(peer.start, colon))
    }
}
