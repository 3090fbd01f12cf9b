import Network

/// Reads HAProxy's logs (configuration manual, section 8.2): HTTP, TCP, errors, and what it says of its proxies and servers; with a syslog header
/// in front, or without.
///
/// HAProxy writes `"`, `#`, `{`, `|`, `}` and bytes that don't print as `#22` in what a client sent: brackets and bars part fields for certain.
package struct HAProxyParser: LineParser {
    private let readsHTTP: Bool
    private var stamp: HAProxyStamp
    private let decoder = HashDecoder()

    /// - Parameter readsHTTP: false for logs of TCP only; what is HTTP is none of theirs then.
    package init(_ context: LogContext, readsHTTP: Bool) {
        self.readsHTTP = readsHTTP
        stamp = HAProxyStamp(context.zone)
    }

    package mutating func parse(_ bytes: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome {
        let line = bytes.last == 0x0D ? bytes.part(0..<(bytes.count - 1)) : bytes
        guard !line.isEmpty else { return .nothing }
        guard let (time, bracket) = moment(line), bracket >= 2 else { return HAProxyNotice.stands(in: line) ? .nothing : .unparsed }
        var client = bracket - 1
        while client > 0, line[client - 1] != 0x20, bracket - client < 120 { client -= 1 }
        let peer = client..<(bracket - 1)
        let address = ClientText.addressBeforePort(line, peer)
        guard address != nil || line.starts(with: "unix:", at: client) else { return .unparsed }
        event.begin(line, raw: bytes)
        event.time = time
        event.client = address
        event.isLocal = address == nil
        SyslogTag.fill(&event, line, before: client)
        let outcome = rest(line, from: bracket + HAProxyStamp.length + 2, into: &event)
        if outcome == .event { decoder.decode(&event) }
        return outcome
    }

    /// The stamp behind the client, and where its bracket stands: before it, nothing is the client's words.
    private mutating func moment(_ line: UnsafeRawBufferPointer) -> (Int64, Int)? {
        var position = 0
        for _ in 0..<8 {
            guard let bracket = line.next(0x5B, from: position, to: min(line.count, 512)) else { return nil }
            if let time = stamp.parse(line, at: bracket + 1) { return (time, bracket) }
            position = bracket + 1
        }
        return nil
    }

    private func rest(_ line: UnsafeRawBufferPointer, from start: Int, into event: inout LogEvent) -> LineOutcome {
        var words = BlankWords(line, from: start)
        guard let frontend = words.next() else { return .unparsed }
        event.host = .none
        if line[frontend.upperBound - 1] == 0x3A {
            // `frt/f1: Connection error during SSL handshake`
            event.action = .error
            event.message = Span(words.position < line.count ? (words.position + 1)..<line.count : line.count..<line.count)
            return .event
        }
        guard let backend = words.next(), line.next(0x2F, from: backend.lowerBound, to: backend.upperBound) != nil, let timers = words.next(),
            let third = words.next(), let fourth = words.next()
        else { return .unparsed }
        event.database = .none
        event.duration = Self.total(line, timers)
        if Self.slashes(line, timers) == 2 {
            guard fourth.count == 2, let sent = Self.number(line, third), let counts = words.next(), Self.slashes(line, counts) == 4 else {
                return .unparsed
            }
            event.bytes = sent
            event.action = .connect
            event.message = Span(backend)
            event.outcome = line[fourth.lowerBound] == 0x2D && line[fourth.upperBound - 1] == 0x2D ? .success : .unknown
            return .event
        }
        guard readsHTTP, Self.slashes(line, timers) == 4, let status = Self.status(line, third), let sent = Self.number(line, fourth) else {
            return .unparsed
        }
        event.answer(status)
        event.bytes = sent
        return request(line, words, into: &event)
    }

    /// Cookies, state, counts, queues, captures, request.
    private func request(_ line: UnsafeRawBufferPointer, _ words: BlankWords, into event: inout LogEvent) -> LineOutcome {
        var words = words
        guard words.next() != nil, words.next() != nil, let state = words.next(), state.count == 4, let counts = words.next(),
            Self.slashes(line, counts) == 4, let queues = words.next(), Self.slashes(line, queues) == 1
        else { return .unparsed }
        var position = words.position
        var isFirst = true
        while line.starts(with: " {", at: position) {
            guard let close = line.next(0x7D, from: position + 2) else { return .unparsed }
            if isFirst { HAProxyCaptures.fill(&event, line, (position + 2)..<close) }
            isFirst = false
            position = close + 1
        }
        guard line.starts(with: " \"", at: position) else { return .unparsed }
        // The request may be cut, and its quote with it.
        let end = line.next(0x22, from: position + 2) ?? line.count
        let request = (position + 2)..<end
        if line.part(request).equals("<BADREQ>") { event.message = Span(request) } else { RequestLine.split(line, request, into: &event) }
        return .event
    }

    private static func slashes(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
        var count = 0
        for index in range where line[index] == 0x2F { count += 1 }
        return count
    }

    /// `-1` when the server never answered.
    private static func status(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
        if line.part(range).equals("-1") { return 0 }
        return DecimalText.unsigned(line.part(range)).flatMap { $0 <= 999 ? Int($0) : nil }
    }

    /// With `+` in front when it was logged before the end (`option logasap`).
    private static func number(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int64? {
        let start = line[range.lowerBound] == 0x2B ? range.lowerBound + 1 : range.lowerBound
        return DecimalText.unsigned(line.part(start..<range.upperBound))
    }

    /// The last of the timers is the whole, in milliseconds.
    private static func total(_ line: UnsafeRawBufferPointer, _ timers: Range<Int>) -> Int64 {
        var start = timers.upperBound
        while start > timers.lowerBound, line[start - 1] != 0x2F { start -= 1 }
        guard start < timers.upperBound, let milliseconds = number(line, start..<timers.upperBound), milliseconds < 1 << 50 else { return -1 }
        return milliseconds * 1_000
    }
}

/// The headers that a frontend captures, parted by bars, whose names only its configuration knows.
enum HAProxyCaptures {
    static func fill(_ event: inout LogEvent, _ line: UnsafeRawBufferPointer, _ range: Range<Int>) {
        var lists = 0
        var start = range.lowerBound
        while start <= range.upperBound {
            let end = line.next(0x7C, from: start, to: range.upperBound) ?? range.upperBound
            let value = start..<end
            if event.host.isNone, isHost(line, value), HostName.withoutPort(line, value).count < value.count {
                // An address with a port is a server's: forwarders write none.
                event.host = HostName.withoutPort(line, value)
            } else if AddressList.endsWithAddress(line, value) {
                lists += 1
                event.forwardedFor = Span(value)
            } else if event.host.isNone, isHost(line, value) {
                event.host = HostName.withoutPort(line, value)
            } else if event.userAgent.isNone, line.next(0x2F, from: value.lowerBound, to: value.upperBound) != nil,
                !isURL(line, value)
            {
                event.userAgent = Span(value)
            } else if event.referer.isNone, isURL(line, value) {
                event.referer = Span(value)
            }
            start = end + 1
        }
        // Which of two headers is the proxy's, nobody can tell; one of them may be a user agent that looks like addresses.
        if lists > 1 { event.forwardedFor = .none }
    }

    private static func isURL(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
        line.part(range).starts(with: "http://", at: 0) || line.part(range).starts(with: "https://", at: 0)
    }

    /// Letters, digits, `.`, `-`, a port; at least one dot.
    private static func isHost(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
        var dots = 0
        for index in range {
            switch line[index] {
            case 0x2E: dots += 1
            case 0x30...0x3A, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: break
            default: return false
            }
        }
        return dots > 0
    }
}

/// What HAProxy says of its proxies and servers, with no stamp of its own: `haproxy[6103]: Server static/srv1 is DOWN, …`.
enum HAProxyNotice {
    private static let beginnings: [StaticString] = [
        "Proxy ", "Server ", "Backup Server ", "backend ", "Health check ", "Stopping ", "Pausing ", "Enabling ", "Loading ", "New worker ",
    ]

    static func stands(in line: UnsafeRawBufferPointer) -> Bool {
        guard let tag = Phrase.first(" haproxy[", in: line.part(0..<min(line.count, 256)), from: 0),
            let end = Phrase.first("]: ", in: line.part(0..<min(line.count, 256)), from: tag)
        else { return false }
        for beginning in beginnings where line.starts(with: beginning, at: end + 3) { return true }
        return false
    }
}
