/// PostgreSQL's `jsonlog`, from version 15 on (manual, section 20.8.5): one object a line.
struct PostgreSQLJSONParser: LineParser {
    private var reader = JSONLineReader()
    private let buffer = RecordBuffer()
    private let sessions = SessionTable()
    private var stamp: ISOStamp

    init(_ context: LogContext) { stamp = ISOStamp(zone: context.zone, names: true) }

    mutating func parse(_ line: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome {
        guard !line.withoutCarriageReturn.isEmpty else { return .nothing }
        guard reader.read(line) == .object, let time = reader.member("timestamp"), let severity = reader.member("error_severity"),
            let (seconds, _) = stamp.parse(reader.bytes(of: reader.entries[time].value), at: 0),
            let known = PostgreSQLSeverity.named(reader.bytes(of: reader.entries[severity].value))
        else { return .unparsed }
        func value(_ name: StaticString) -> Span {
            guard let index = reader.member(name), reader.entries[index].kind == .string || reader.entries[index].kind == .number else {
                return .none
            }
            let span = reader.entries[index].value
            return reader.bytes(of: span).isEqual(to: "[unknown]") || reader.bytes(of: span).isEqual(to: "[未知]") ? .none : span
        }
        let record = PostgreSQLRecord(
            time: seconds, severity: known, user: value("user"), database: value("dbname"), application: value("application_name"),
            remote: value("remote_host"), process: value("pid"), sessionID: value("session_id"), sqlState: value("state_code"),
            message: value("message"), detail: value("detail"), hint: value("hint"), context: value("context"), statement: value("statement"))
        guard reader.text.count <= RecordBuffer.limit else { return .unparsed }
        buffer.start(reader.text)
        record.fill(&event, buffer, sessions)
        event.raw = line
        return .event
    }
}
