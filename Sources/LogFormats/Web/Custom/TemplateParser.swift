/// Reads the lines of a custom format.
///
/// A field in quotes, a number or a stamp ends where it must end. Any other may hold the very text that parts it from the next, since clients write into
/// it: then all the ways to read the line are looked at, and what they don't agree on is not told.
struct TemplateParser: LineParser {
    /// Longer lines are refused: the parser keeps a copy of each.
    private static let lineLimit = 1 << 20

    private let template: FormatTemplate
    private var common = CommonLogStamp()
    private var iso: ISOStamp
    private var clock: ZoneClock
    private let scratch = ScratchBuffer()
    private var matcher: TemplateMatcher

    init(_ template: FormatTemplate, _ context: LogContext) {
        self.template = template
        iso = ISOStamp(zone: context.zone)
        clock = ZoneClock(context.zone)
        matcher = TemplateMatcher(template)
    }

    mutating func parse(_ bytes: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome {
        let line = bytes.last == 0x0D ? bytes.part(0..<(bytes.count - 1)) : bytes
        guard !line.isEmpty else { return .nothing }
        guard line.count <= Self.lineLimit, matcher.match(line) else { return .unparsed }
        guard let stamp = matcher.span(of: .time), let time = time(line, stamp) else { return .unparsed }
        scratch.reset(capacity: 3 * line.count + template.names.count + 1)
        scratch.append(line)
        template.names.withUnsafeBytes { scratch.append($0) }
        event.begin(scratch.bytes, raw: bytes)
        event.time = time
        event.action = .request
        var path = Span.none
        var query = Span.none
        for index in template.elements.indices {
            guard !matcher.isDisputed[index] else { continue }
            let element = template.elements[index]
            let range = matcher.spans[index]
            if range.isEmpty || range.count == 1 && line[range.lowerBound] == 0x2D {
                if element.role == .bytes, event.bytes < 0 { event.bytes = 0 }
                continue
            }
            switch element.role {
            case .path: if path.isNone { path = decoded(line, range) }
            case .query: if query.isNone { query = decoded(line, range) }
            case .named, .number:
                if event.fields.count < LogEvent.fieldLimit {
                    let name = Span(line.count + element.name.lowerBound, element.name.count)
                    event.fields.append(LogEvent.Field(name: name, value: decoded(line, range)))
                }
            default: fill(&event, element.role, line, range)
            }
        }
        event.text = scratch.bytes
        finish(&event, path, query)
        return .event
    }

    private mutating func time(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int64? {
        switch template.time {
        case .common: return common.parse(line, at: range.lowerBound)
        case .commonInBrackets: return common.parse(line, at: range.lowerBound + 1)
        case .iso: return iso.parse(line, at: range.lowerBound)?.seconds
        case .epoch: return EpochStamp.parse(line, at: range.lowerBound)?.seconds
        case .pattern(let pattern):
            guard let reading = pattern.parse(line, at: range.lowerBound) else { return nil }
            return reading.offset.map { reading.local - $0 } ?? clock.utc(local: reading.local)
        }
    }

    private func decoded(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) -> Span {
        guard line.next(0x5C, from: range.lowerBound, to: range.upperBound) != nil else { return Span(range) }
        return JSONEscape.decode(line.part(range), into: scratch)
    }

    /// The first field that says something counts.
    private func fill(_ event: inout LogEvent, _ role: FormatTemplate.Role, _ line: UnsafeRawBufferPointer, _ range: Range<Int>) {
        func set(_ span: inout Span) { if span.isNone { span = decoded(line, range) } }
        func taken(_ places: Int) { if event.duration < 0 { event.duration = DecimalText.scaled(line.part(range), places: places) ?? -1 } }
        switch role {
        case .client:
            if event.client == nil {
                event.client = ClientText.address(line, range)
                event.isLocal = event.client == nil && LocalName.matches(line.part(range))
            }
        case .account: set(&event.account)
        case .host: if event.host.isNone { event.host = HostName.withoutPort(line, range) }
        case .method: set(&event.method)
        case .target: set(&event.target)
        case .request: if event.message.isNone { event.message = decoded(line, range) }
        case .status: if event.status == 0, let status = DecimalText.unsigned(line.part(range)), status <= 999 { event.answer(Int(status)) }
        case .bytes: if event.bytes < 0 { event.bytes = DecimalText.unsigned(line.part(range)) ?? -1 }
        case .referer: set(&event.referer)
        case .userAgent: set(&event.userAgent)
        case .forwardedFor: set(&event.forwardedFor)
        case .seconds: taken(6)
        case .milliseconds: taken(3)
        case .microseconds: taken(0)
        case .path, .query, .time, .number, .named, .peer: break
        }
    }

    /// Request line, path and query make method and target, unless the format tells these itself.
    private func finish(_ event: inout LogEvent, _ path: Span, _ query: Span) {
        let request = event.message
        event.message = .none
        let (method, target) = (event.method, event.target)
        if !request.isNone { RequestLine.split(event.text, request.range, into: &event) }
        if !method.isNone { event.method = method }
        if !target.isNone { event.target = target }
        guard event.target.isNone, !path.isNone else { return }
        event.target = path
        guard !query.isNone else { return }
        let start = event.text[query.range.lowerBound] == 0x3F ? query.range.lowerBound + 1 : query.range.lowerBound
        event.target = scratch.joined(path.range, 0x3F, start..<query.range.upperBound) ?? path
        event.text = scratch.bytes
    }
}
