/// Lines of the pgaudit extension: `AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.patient,"SELECT …",<none>`, with `pgaudit.log_rows` the number of
/// rows behind it (README, "Format"). Fields are quoted as in CSV.
enum PgAudit {
    static func read(_ event: inout LogEvent, _ buffer: RecordBuffer, _ range: Range<Int>, _ sessions: SessionTable, _ key: UInt64?) {
        var fields: (Range<Int>, Range<Int>, Range<Int>)  // class, object, statement
        fields = (0..<0, 0..<0, 0..<0)
        var identity = key ?? 0
        var isCopy = false
        var index = 0
        var position = range.lowerBound
        while position <= range.upperBound, index < 10 {
            let (content, end) = CSVField.next(buffer.text, position, range.upperBound)
            switch index {
            case 1, 2:
                guard let number = buffer.text.part(content).number(at: 0) else { return }
                identity = (identity &+ UInt64(bitPattern: number.value)) &* 0x9E37_79B9_7F4A_7C15
            case 3: fields.0 = content
            case 4: isCopy = buffer.text.part(content).isEqual(to: "COPY")
            case 6: fields.1 = content
            case 7: fields.2 = content
            case 9: event.rows = buffer.text.part(content).number(at: 0)?.value ?? -1
            default: break
            }
            index += 1
            position = end + 1
        }
        guard index >= 9 else { return }
        event.outcome = event.rows >= 0 ? .success : .unknown
        // The count of COPY is always 0, whatever went out.
        if isCopy { event.rows = -1 }
        let statement = CSVField.decoded(buffer, fields.2)
        if !buffer.text.part(statement.range).isEqual(to: "<previously logged>"), !buffer.text.part(statement.range).isEqual(to: "<not logged>") {
            event.statement = statement
        }
        // With pgaudit.log_relation, one statement has a line for each table that it reads: it ran once.
        event.action = sessions.lastAudit == identity ? .other : .query
        sessions.lastAudit = identity
        addField("class", Span(fields.0), &event, buffer)
        addField("object", CSVField.decoded(buffer, fields.1), &event, buffer)
    }

    private static func addField(_ name: StaticString, _ value: Span, _ event: inout LogEvent, _ buffer: RecordBuffer) {
        let name = buffer.add(name)
        if !name.isNone, !value.isEmpty { event.fields.append(LogEvent.Field(name: name, value: value)) }
    }
}

/// A field of CSV (RFC 4180): in quotes, a quote is doubled.
enum CSVField {
    /// The field that begins at `at`, without its quotes, and where the comma behind it stands, or `end`.
    static func next(_ text: UnsafeRawBufferPointer, _ at: Int, _ end: Int) -> (content: Range<Int>, end: Int) {
        guard at < end, text[at] == 0x22 else {
            let comma = text.next(0x2C, from: at, to: end) ?? end
            return (at..<max(at, comma), max(at, comma))
        }
        var position = at + 1
        while let quote = text.next(0x22, from: position, to: end) {
            guard quote + 1 < end, text[quote + 1] == 0x22 else {
                return ((at + 1)..<quote, text.next(0x2C, from: quote + 1, to: end) ?? end)
            }
            position = quote + 2
        }
        return ((at + 1)..<max(at + 1, end), max(at + 1, end))
    }

    /// The content with doubled quotes made single: where it stands, when there are none.
    static func decoded(_ buffer: RecordBuffer, _ content: Range<Int>) -> Span {
        guard !content.isEmpty, buffer.text.find("\"\"", from: content.lowerBound, to: content.upperBound) != nil else { return Span(content) }
        return buffer.add(decoding: content) { source, target in
            var (from, to) = (0, 0)
            while from < source.count {
                target[to] = source[from]
                to += 1
                from += source[from] == 0x22 && from + 1 < source.count && source[from + 1] == 0x22 ? 2 : 1
            }
            return to
        }
    }
}
