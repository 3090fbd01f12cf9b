/// Reads Caddy's log in JSON (version 2): lines of the loggers `http.log.access…` are requests, others are what the server says of itself.
package struct CaddyParser: LineParser {
    private var reader = JSONLineReader()
    private var time: WebTime

    package init(_ context: LogContext) { time = WebTime(context.zone) }

    package mutating func parse(_ line: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome {
        guard !line.isEmpty else { return .nothing }
        // To send more than a reader takes is no way not to be seen.
        let outcome = reader.read(line)
        guard outcome == .object || outcome == .truncated && line.count >= 16 << 10 else { return .unparsed }
        guard let level = reader.member("level"), let stamp = value("ts"), let message = reader.member("msg"), let time = time.parse(stamp) else {
            return .unparsed
        }
        event.begin(line)
        event.time = time
        event.message = reader.entries[message].value
        let logger = reader.member("logger")
        if let logger { event.program = reader.entries[logger].value }
        if let request = reader.member("request") {
            guard reader.entries[request].kind == .object else { return .unparsed }
            read(request, into: &event)
        } else {
            guard logger != nil || reader.member("error") != nil else { return .unparsed }
            let level = reader.bytes(of: reader.entries[level].value)
            event.action = level.equals("error") || level.equals("warn") || level.equals("fatal") || level.equals("panic") ? .error : .other
        }
        reader.addFields(to: &event)
        return .event
    }

    private func value(_ name: StaticString, of parent: Int = -1) -> UnsafeRawBufferPointer? {
        reader.member(name, of: parent).map { reader.bytes(of: reader.entries[$0].value) }
    }

    private func span(_ name: StaticString, of parent: Int = -1) -> Span {
        guard let index = reader.member(name, of: parent), reader.entries[index].kind == .string, !reader.entries[index].value.isEmpty else {
            return .none
        }
        return reader.entries[index].value
    }

    private func read(_ request: Int, into event: inout LogEvent) {
        if let status = value("status").flatMap(DecimalText.unsigned), status <= 999 { event.answer(Int(status)) } else { event.action = .error }
        event.bytes = value("size").flatMap(DecimalText.unsigned) ?? -1
        event.duration = value("duration").flatMap { DecimalText.scaled($0, places: 6) } ?? -1
        event.account = span("user_id")
        event.method = span("method", of: request)
        event.target = span("uri", of: request)
        let host = span("host", of: request)
        event.host = host.isNone ? .none : HostName.withoutPort(reader.text, host.range)
        // Before version 2.5: address and port in one.
        let peer = value("remote_ip", of: request) ?? value("remote_addr", of: request)
        event.client = peer.flatMap { ClientText.address($0, 0..<$0.count) ?? ClientText.addressBeforePort($0, 0..<$0.count) }
        guard let headers = reader.member("headers", of: request) else { return }
        event.userAgent = header("User-Agent", headers)
        event.referer = header("Referer", headers)
        event.forwardedFor = header("X-Forwarded-For", headers)
    }

    /// The last value: of several lists of forwarders, the one that the nearest proxy wrote.
    private func header(_ name: StaticString, _ headers: Int) -> Span {
        guard let list = reader.member(name, of: headers) else { return .none }
        var last = Span.none
        var index = list + 1
        while index < reader.entries.count, Int(reader.entries[index].parent) == list {
            last = reader.entries[index].value
            index += 1
        }
        return last
    }
}
