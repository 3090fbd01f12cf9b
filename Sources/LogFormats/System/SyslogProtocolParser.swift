/// The syslog protocol's own format, RFC 5424: `<34>1 2026-01-02T03:04:05.003Z host su - ID47 [id name="value"] message`. The priority may be missing.
struct SyslogProtocolParser: LineParser {
    private var stamp: ISOStamp

    init(_ context: LogContext) { stamp = ISOStamp(zone: context.zone) }

    mutating func parse(_ line: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome {
        let line = line.withoutReturn
        guard !line.isEmpty else { return .nothing }
        var rest = MessageText(line, line.afterPriority..<line.count)
        guard rest.drop("1 ") else { return .unparsed }
        let time = rest.word()
        var seconds = LogEvent.noTime
        if !time.equals("-") {
            guard let read = stamp.parse(line, at: time.start), read.end == time.end else { return .unparsed }
            seconds = read.seconds
        }
        event.begin(line)
        event.time = seconds
        event.host = value(rest.word())
        event.program = value(rest.word())
        event.session = value(rest.word())
        _ = rest.word()  // message id
        guard !rest.isEmpty else { return .unparsed }
        if rest.first == 0x5B {
            guard structuredData(&rest, &event) else { return .unparsed }
            _ = rest.drop(" ")
        } else {
            guard rest.word().equals("-") else { return .unparsed }
        }
        _ = rest.drop("\u{FEFF}")
        SystemMessage.read(rest, into: &event)
        return .event
    }

    private func value(_ word: MessageText) -> Span { word.equals("-") ? .none : word.span }

    /// `[id name="value" …][…]`; values keep their backslashes (RFC 5424, 6.3.3), so that spans may point into the line.
    private func structuredData(_ rest: inout MessageText, _ event: inout LogEvent) -> Bool {
        let line = rest.text
        while rest.first == 0x5B {
            rest.start += 1
            while rest.start < rest.end, line[rest.start] != 0x20, line[rest.start] != 0x5D { rest.start += 1 }
            while rest.first == 0x20 {
                rest.start += 1
                guard let equals = line.next(0x3D, from: rest.start, to: rest.end), equals + 1 < rest.end, line[equals + 1] == 0x22 else {
                    return false
                }
                let name = rest.part(rest.start, equals)
                var at = equals + 2
                while at < rest.end, line[at] != 0x22 { at += line[at] == 0x5C ? 2 : 1 }
                guard at < rest.end else { return false }
                event.addField(name.span, rest.part(equals + 2, at).span)
                rest.start = at + 1
            }
            guard rest.first == 0x5D else { return false }
            rest.start += 1
        }
        return true
    }
}
