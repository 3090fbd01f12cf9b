/// Reads nginx's error log: `2026/01/02 03:04:05 [error] 12#12: *34 message, client: …, server: …, request: "…", host: "…", referrer: "…"`.
///
/// Paths in the message and headers behind it are the client's words, and nginx escapes nothing here. A line that names more than one client
/// therefore names none. Stamps are the server's civil time.
package struct NginxErrorParser: LineParser {
    private var stamp: ISOStamp
    private let isProbe: Bool

    package init(_ context: LogContext) {
        stamp = ISOStamp(zone: context.zone)
        isProbe = context.isProbe
    }

    package mutating func parse(_ bytes: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome {
        let line = bytes.last == 0x0D ? bytes.part(0..<(bytes.count - 1)) : bytes
        guard !line.isEmpty else { return .nothing }
        guard line.count > 24, line[4] == 0x2F, line.starts(with: " [", at: ISOStamp.length), let close = line.next(0x5D, from: 21, to: 32),
            let level = Level(line.part(21..<close)), line.starts(with: " ", at: close + 1), let (time, end) = stamp.parse(line, at: 0),
            end == ISOStamp.length, let start = Self.process(line, close + 2, into: &event, bytes)
        else { return !isProbe && Self.isContinuation(line) ? .nothing : .unparsed }
        event.time = time
        event.action = level == .notable ? .other : .error
        Self.message(line, start, into: &event)
        if Self.isOfTheLog(line, event.message) { event.action = .logControl }
        return .event
    }

    /// PHP writes messages of many lines, and nginx passes them on as they are.
    private static func isContinuation(_ line: UnsafeRawBufferPointer) -> Bool {
        line[0] == 0x20 || line[0] == 0x09 || line[0] == 0x23 || line.starts(with: "PHP ", at: 0) || line.starts(with: "Stack trace:", at: 0)
    }

    private enum Level {
        case notable, error

        init?(_ text: UnsafeRawBufferPointer) {
            if text.equals("error") || text.equals("crit") || text.equals("alert") || text.equals("emerg") || text.equals("warn") {
                self = .error
            } else if text.equals("notice") || text.equals("info") || text.equals("debug") {
                self = .notable
            } else {
                return nil
            }
        }
    }

    /// `12#12: *34 `: process, thread and, of a connection, its number. Begins the event; returns where the message begins.
    private static func process(
        _ line: UnsafeRawBufferPointer, _ start: Int, into event: inout LogEvent, _ raw: UnsafeRawBufferPointer
    ) -> Int? {
        var position = start
        while position < line.count, line[position] &- 0x30 < 10 { position += 1 }
        guard position > start, position < line.count, line[position] == 0x23 else { return nil }
        position += 1
        while position < line.count, line[position] &- 0x30 < 10 { position += 1 }
        guard line.starts(with: ": ", at: position) else { return nil }
        event.begin(line, raw: raw)
        event.session = Span(start..<position)
        position += 2
        guard position < line.count, line[position] == 0x2A else { return position }
        let number = position + 1
        position = number
        while position < line.count, line[position] &- 0x30 < 10 { position += 1 }
        guard position < line.count, line[position] == 0x20 else { return number - 1 }
        event.session = Span(number..<position)
        return position + 1
    }

    private static func message(_ line: UnsafeRawBufferPointer, _ start: Int, into event: inout LogEvent) {
        var found: (at: Int, end: Int)?
        var isDisputed = false
        var position = start
        while let comma = line.next(0x2C, from: position) {
            position = comma + 1
            guard line.starts(with: ", client: ", at: comma) else { continue }
            let value = comma + 10
            let end = line.next(0x2C, from: value) ?? line.count
            guard let address = ClientText.address(line, value..<end) else { continue }
            if found == nil {
                (found, event.client) = ((comma, end), address)
            } else if event.client != address {
                isDisputed = true
            }
        }
        event.message = Span(start..<(isDisputed ? line.count : found?.at ?? line.count))
        account(line, start, into: &event)
        guard let found, !isDisputed else {
            event.client = nil
            return
        }
        if let request = quoted(line, ", request: \"", from: found.end) { RequestLine.split(line, request, into: &event) }
        event.message = Span(start..<found.at)
        if let host = quoted(line, ", host: \"", from: found.end) { event.host = HostName.withoutPort(line, host) }
        if let referer = quoted(line, ", referrer: \"", from: found.end) { event.referer = Span(referer) }
    }

    /// The first of its kind, up to the quote before the next field or the line's end.
    private static func quoted(_ line: UnsafeRawBufferPointer, _ name: StaticString, from start: Int) -> Range<Int>? {
        var position = start
        while let comma = line.next(0x2C, from: position) {
            guard line.starts(with: name, at: comma) else {
                position = comma + 1
                continue
            }
            let value = comma + name.utf8CodeUnitCount
            var from = value
            while let quote = line.next(0x22, from: from) {
                if quote + 1 == line.count || line.starts(with: ", ", at: quote + 1) { return value..<quote }
                from = quote + 1
            }
            return nil
        }
        return nil
    }

    /// `user "name": password mismatch`, `user "name" was not found in "…"` (ngx_http_auth_basic_module). The name can hold quotes.
    private static func account(_ line: UnsafeRawBufferPointer, _ start: Int, into event: inout LogEvent) {
        guard line.starts(with: "user \"", at: start) else { return }
        var from = start + 6
        while let quote = line.next(0x22, from: from, to: event.message.range.upperBound) {
            if line.starts(with: "\": password mismatch", at: quote) || line.starts(with: "\" was not found in \"", at: quote) {
                event.account = Span((start + 6)..<quote)
                (event.action, event.outcome) = (.login, .failure)
            }
            from = quote + 1
        }
    }

    private static func isOfTheLog(_ line: UnsafeRawBufferPointer, _ message: Span) -> Bool {
        let text = line.part(message.range)
        return text.equals("reopening logs") || text.equals("start worker processes") || text.equals("reconfiguring") || text.equals("exiting")
            || text.equals("gracefully shutting down")
    }
}
