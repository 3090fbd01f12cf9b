/// PostgreSQL's `csvlog` (manual, section 20.8.4): 23 columns up to version 12, 24 in 13, 26 from 14 on. A record goes on over as many lines as its
/// quoted fields have.
struct PostgreSQLCSVParser: LineParser {
    private static let columns: Set<Int> = [22, 23, 24, 26]
    private let buffer = RecordBuffer()
    private let sessions = SessionTable()
    private var stamp: ISOStamp
    private var isOpen = false
    private var inQuotes = false

    init(_ context: LogContext) { stamp = ISOStamp(zone: context.zone, names: true) }

    mutating func parse(_ line: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome {
        let line = line.withoutCarriageReturn
        if isOpen {
            buffer.addLine(line)
        } else {
            guard !line.isEmpty else { return .nothing }
            // A file that begins within a record: its rest goes by until a line begins with a stamp.
            guard let (_, end) = stamp.parse(line, at: 0), end < line.count, line[end] == 0x2C else { return .unparsed }
            buffer.start(line)
            (isOpen, inQuotes) = (true, false)
        }
        var position = 0
        while let quote = line.next(0x22, from: position) {
            inQuotes.toggle()
            position = quote + 1
        }
        // A record that was cut when the server died never ends: it is given up when it is too long to be one.
        if inQuotes, !buffer.isCut { return .partial }
        isOpen = false
        return !buffer.isCut && fill(&event) ? .event : .unparsed
    }

    mutating func finish(into event: inout LogEvent) -> LineOutcome {
        defer { isOpen = false }
        return isOpen ? .unparsed : .nothing
    }

    private mutating func fill(_ event: inout LogEvent) -> Bool {
        var record = PostgreSQLRecord()
        let end = buffer.count
        var (index, position) = (0, 0)
        while position <= end {
            let (content, next) = CSVField.next(buffer.text.part(0..<end), position, end)
            if !content.isEmpty, !read(index, content, &record) { return false }
            index += 1
            position = next + 1
        }
        guard Self.columns.contains(index) else { return false }
        record.fill(&event, buffer, sessions)
        return true
    }

    private mutating func read(_ index: Int, _ content: Range<Int>, _ record: inout PostgreSQLRecord) -> Bool {
        switch index {
        case 0:
            guard let (seconds, _) = stamp.parse(buffer.text, at: content.lowerBound) else { return false }
            record.time = seconds
        case 1: record.user = known(CSVField.decoded(buffer, content))
        case 2: record.database = known(CSVField.decoded(buffer, content))
        case 3: record.process = Span(content)
        case 4: record.remote = Span(content)
        case 5: record.sessionID = Span(content)
        case 11:
            guard let severity = PostgreSQLSeverity.named(buffer.text.part(content)) else { return false }
            record.severity = severity
        case 12: record.sqlState = Span(content)
        case 13: record.message = CSVField.decoded(buffer, content)
        case 14: record.detail = CSVField.decoded(buffer, content)
        case 15: record.hint = CSVField.decoded(buffer, content)
        case 18: record.context = CSVField.decoded(buffer, content)
        case 19: record.statement = CSVField.decoded(buffer, content)
        case 22: record.application = known(CSVField.decoded(buffer, content))
        default: break
        }
        return true
    }

    private func known(_ span: Span) -> Span {
        let bytes = buffer.text.part(span.range)
        return bytes.isEqual(to: "[unknown]") || bytes.isEqual(to: "[未知]") ? .none : span
    }
}
