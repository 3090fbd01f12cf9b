/// The journal as `journalctl -o json` prints it: an object for each entry, its times in microseconds
/// (systemd.journal-fields(7), https://systemd.io/JOURNAL_EXPORT_FORMATS). What sshd, sudo and the like say is read as in syslog's files.
struct JournalParser: LineParser {
    private var reader = JSONLineReader()

    mutating func parse(_ line: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome {
        let line = line.withoutReturn
        guard !line.isEmpty else { return .nothing }
        guard reader.read(line) == .object else { return .unparsed }
        var entry = Entry()
        event.begin(line)
        for index in reader.entries.indices {
            let found = reader.entries[index]
            guard found.depth == 1 else { continue }
            entry.take(reader.bytes(of: found.key), found)
            if found.kind != .array, found.kind != .object, found.kind != .null { event.addField(found.key, found.value) }
        }
        // A message of many bytes fills the table: what comes behind it is found by its name, which can't stand within a string.
        if reader.isCapped, entry.time.isNone { entry.time = quoted("\"__REALTIME_TIMESTAMP\":\"", line) }
        if reader.isCapped, entry.identifier.isNone { entry.identifier = quoted("\"SYSLOG_IDENTIFIER\":\"", line) }
        guard !entry.time.isNone, let time = EpochStamp.parse(line, at: Int(entry.time.start)) else { return .unparsed }
        if entry.isBinary { entry.message = decoded(entry.message, line) }
        event.text = reader.text
        event.time = time.seconds
        event.program = entry.identifier.isNone ? entry.command : entry.identifier
        event.session = entry.process
        event.host = entry.host
        if !entry.message.isNone { SystemMessage.read(MessageText(event.text, entry.message.range), into: &event) }
        if event.account.isNone, event.action != .other { event.account = entry.user }
        return .event
    }

    private struct Entry {
        var time = Span.none
        var message = Span.none
        var isBinary = false
        var identifier = Span.none
        var command = Span.none
        var process = Span.none
        var host = Span.none
        var user = Span.none

        mutating func take(_ key: UnsafeRawBufferPointer, _ found: JSONLineReader.Entry) {
            let name = MessageText(key, 0..<key.count)
            switch name.first {
            case 0x4D where name.equals("MESSAGE"):
                guard found.kind == .string || found.kind == .array else { return }
                (message, isBinary) = (found.value, found.kind == .array)
            case 0x53 where name.equals("SYSLOG_IDENTIFIER"): identifier = found.value
            case 0x5F where name.equals("__REALTIME_TIMESTAMP"): time = found.value
            case 0x5F where name.equals("_COMM"): command = found.value
            case 0x5F where name.equals("_PID"): process = found.value
            case 0x5F where name.equals("_HOSTNAME"): host = found.value
            case 0x5F where name.equals("_UID"): user = found.value
            default: break
            }
        }
    }

    private func quoted(_ name: StaticString, _ line: UnsafeRawBufferPointer) -> Span {
        let text = MessageText(line, 0..<line.count)
        guard let at = text.find(name) else { return .none }
        let start = at + name.utf8CodeUnitCount
        return line.next(0x22, from: start).map { Span(start..<$0) } ?? .none
    }

    /// Messages that are no UTF-8 come as arrays of numbers. Arrays of strings, of fields that an entry has more than once, are left as they are.
    private mutating func decoded(_ array: Span, _ line: UnsafeRawBufferPointer) -> Span {
        var rest = MessageText(line, array.range)
        guard rest.drop("[") else { return .none }
        reader.startScratch()
        let start = reader.scratch.count
        while !rest.isEmpty {
            if let byte = rest.number() {
                guard byte <= 255 else { return .none }
                reader.scratch.append(UInt8(byte))
            } else if rest.first == 0x2C || rest.first == 0x20 || rest.first == 0x5D {
                rest.start += 1
            } else {
                return array
            }
        }
        return Span(start..<reader.scratch.count)
    }
}
