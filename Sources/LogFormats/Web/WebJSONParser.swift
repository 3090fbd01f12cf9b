/// Reads access logs in JSON with whatever keys (``WebJSONKeys``): nginx's `log_format … escape=json`, Apache's, Traefik's, ECS's.
///
/// A line counts when it tells a time, a status, and a method or a request. Where a key comes twice, the first counts: what a client could add comes
/// behind what the server wrote.
package struct WebJSONParser: LineParser {
    /// Of a line that a reader cut, the beginning is used when no server's buffers hold more: to send much is no way not to be seen.
    private static let cutLine = 16 << 10

    private var reader = JSONLineReader()
    private var time: WebTime
    private let extra = ScratchBuffer()
    private var memo = KeyMemo()

    package init(_ context: LogContext) { time = WebTime(context.zone) }

    package mutating func parse(_ line: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome {
        guard !line.isEmpty else { return .nothing }
        switch reader.read(line) {
        case .object: break
        case .truncated: if line.count < Self.cutLine { return .unparsed }
        case .none: return .unparsed
        }
        event.begin(line)
        var found = Found()
        for index in reader.entries.indices { place(index, &event, &found) }
        guard let status = found.status, event.time != LogEvent.noTime || found.epoch != nil else { return .unparsed }
        if let epoch = found.epoch { event.time = epoch }
        if event.client == nil { event.client = found.peer }
        if event.host.isNone { event.host = found.server }
        if event.bytes < 0 { event.bytes = found.allBytes }
        let method = event.method
        reader.addFields(to: &event)
        if !found.request.isNone { RequestLine.split(event.text, found.request.range, into: &event) }
        if !method.isNone { event.method = method }
        if !found.target.isNone {
            event.target = found.target
        } else if event.target.isNone {
            target(&event, found)
        }
        guard !event.method.isNone || !event.target.isNone || !event.message.isNone else { return .unparsed }
        event.answer(status)
        return .event
    }

    private struct Found {
        var status: Int?
        var epoch: Int64?
        var peer = LogEvent().client
        var allBytes: Int64 = -1
        var request = Span.none
        var target = Span.none
        var path = Span.none
        var query = Span.none
        var server = Span.none
    }

    private mutating func place(_ index: Int, _ event: inout LogEvent, _ found: inout Found) {
        let entry = reader.entries[index]
        guard entry.kind != .object, entry.kind != .array, entry.kind != .null else { return }
        let key = entry.depth == 1 ? entry.key : reader.path(of: index)
        guard !key.isNone, let role = memo.role(reader.bytes(of: key), at: index) else { return }
        let value = reader.bytes(of: entry.value)
        let said = value.isEmpty || value.equals("-") ? Span.none : entry.value
        func first(_ span: inout Span) { if span.isNone { span = said } }
        switch role {
        case .client: if event.client == nil { event.client = ClientText.address(value, 0..<value.count) }
        case .peer: if found.peer == nil { found.peer = ClientText.address(value, 0..<value.count) }
        case .time: if event.time == LogEvent.noTime { event.time = time.parse(value) ?? LogEvent.noTime }
        case .epoch: if found.epoch == nil { found.epoch = time.parse(value) }
        case .request: first(&found.request)
        case .target: first(&found.target)
        case .path: first(&found.path)
        case .query: first(&found.query)
        case .method: first(&event.method)
        case .status: if found.status == nil { found.status = DecimalText.unsigned(value).flatMap { $0 <= 999 ? Int($0) : nil } }
        case .bytes: if event.bytes < 0 { event.bytes = DecimalText.unsigned(value) ?? -1 }
        case .allBytes: if found.allBytes < 0 { found.allBytes = DecimalText.unsigned(value) ?? -1 }
        case .userAgent: first(&event.userAgent)
        case .referer: first(&event.referer)
        case .host: first(&event.host)
        case .server: first(&found.server)
        case .account: first(&event.account)
        case .forwardedFor: first(&event.forwardedFor)
        case .seconds: if event.duration < 0 { event.duration = DecimalText.scaled(value, places: 6) ?? -1 }
        case .milliseconds: if event.duration < 0 { event.duration = DecimalText.scaled(value, places: 3) ?? -1 }
        case .nanoseconds: if event.duration < 0 { event.duration = DecimalText.unsigned(value).map { $0 / 1_000 } ?? -1 }
        case .ignored: break
        }
    }

    /// Path and query, where they stand apart.
    private func target(_ event: inout LogEvent, _ found: Found) {
        event.target = found.path
        guard !found.path.isNone, !found.query.isNone, event.bytes(of: found.path).next(0x3F, from: 0) == nil else { return }
        extra.reset(capacity: event.text.count + Int(found.path.count) + Int(found.query.count) + 1)
        extra.append(event.text)
        let query = event.bytes(of: found.query)
        let start = query.first == 0x3F ? found.query.range.lowerBound + 1 : found.query.range.lowerBound
        event.target = extra.joined(found.path.range, 0x3F, start..<found.query.range.upperBound) ?? found.path
        event.text = extra.bytes
    }
}
