/// The file of MariaDB's audit plugin, server_audit: stamp, server, account, host, connection, query id, operation, database, object, return code,
/// parted by commas; a statement stands in single quotes with backslash escapes (MariaDB documentation, "Audit Plugin Log Format"). Every record is a line.
struct ServerAuditParser: LineParser {
    private var stamp: MySQLStamp
    private let buffer = RecordBuffer()

    init(_ context: LogContext) { stamp = MySQLStamp(zone: context.zone) }

    mutating func parse(_ line: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome {
        let line = line.withoutCarriageReturn
        guard !line.isEmpty else { return .nothing }
        guard line.count < RecordBuffer.limit, line[0] &- 0x30 < 10, let (seconds, end) = stamp.parse(line, at: 0), end < line.count,
            line[end] == 0x2C
        else { return .unparsed }
        var ends = InlineArray<7, Int>(repeating: 0)
        var position = end + 1
        for index in 0..<7 {
            guard let comma = line.next(0x2C, from: position) else { return .unparsed }
            ends[index] = comma
            position = comma + 1
        }
        let operation = line.part((ends[4] + 1)..<ends[5])
        guard let kind = Operation.named(operation), line.part((ends[2] + 1)..<ends[3]).allSatisfy({ $0 &- 0x30 < 10 }) else { return .unparsed }
        event.begin(line)
        event.time = seconds
        event.account = span(ends[0] + 1, ends[1])
        event.setClient(Self.host(line.part((ends[1] + 1)..<ends[2])))
        event.session = span(ends[2] + 1, ends[3])
        event.database = span(ends[5] + 1, ends[6])
        object(&event, line, kind, ends[6] + 1, operation: Span((ends[4] + 1)..<ends[5]))
        return .event
    }

    private func span(_ start: Int, _ end: Int) -> Span { start < end ? Span(start..<end) : .none }

    /// Newer versions add the port.
    private static func host(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        guard let colon = text.next(0x3A, from: 0), text.next(0x3A, from: colon + 1) == nil else { return text }
        return text.part(0..<colon)
    }

    private enum Operation {
        case connect, refused, disconnect, query, table

        static func named(_ name: UnsafeRawBufferPointer) -> Operation? {
            if name.isEqual(to: "QUERY") { return .query }
            if name.isEqual(to: "CONNECT") { return .connect }
            if name.isEqual(to: "FAILED_CONNECT") { return .refused }
            if name.isEqual(to: "DISCONNECT") { return .disconnect }
            for known in ["READ", "WRITE", "CREATE", "ALTER", "RENAME", "DROP"] as [StaticString] where name.isEqual(to: known) { return .table }
            return nil
        }
    }

    private mutating func object(_ event: inout LogEvent, _ line: UnsafeRawBufferPointer, _ kind: Operation, _ start: Int, operation: Span) {
        // Behind the object stands the return code, or nothing for tables.
        let comma = line.lastIndex(of: 0x2C) ?? line.count
        let code = comma + 1 < line.count ? line.number(at: comma + 1)?.value : nil
        var object = start..<max(start, comma)
        switch kind {
        case .connect: (event.action, event.outcome) = (.login, code ?? 0 == 0 ? .success : .failure)
        case .refused: (event.action, event.outcome) = (.login, .failure)
        case .disconnect: event.action = .disconnect
        case .table:
            // What one statement did to one table; the statement has a line of its own.
            guard !object.isEmpty else { return }
            event.fields.append(LogEvent.Field(name: operation, value: Span(object)))
        case .query:
            event.action = .query
            if let code { event.outcome = code == 0 ? .success : .failure }
            if object.count >= 2, line[object.lowerBound] == 0x27, line[object.upperBound - 1] == 0x27 {
                object = (object.lowerBound + 1)..<(object.upperBound - 1)
            }
            event.statement = Span(object)
            guard line.next(0x5C, from: object.lowerBound, to: object.upperBound) != nil else { return }
            buffer.start(line)
            event.statement = buffer.add(decoding: object, Self.unescape)
            event.text = buffer.text
        }
    }

    private static func unescape(_ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer) -> Int {
        var (from, to) = (0, 0)
        while from < source.count {
            var byte = source[from]
            from += 1
            if byte == 0x5C, from < source.count {
                byte = source[from]
                from += 1
                switch byte {
                case 0x6E: byte = 0x0A
                case 0x72: byte = 0x0D
                case 0x74: byte = 0x09
                case 0x30: byte = 0x00
                default: break
                }
            }
            target[to] = byte
            to += 1
        }
        return to
    }
}
