import Network

/// Reads lines of the Common and Combined Log Formats of nginx, Apache and Tomcat, with a virtual host in front, and with quoted fields behind.
///
/// `[vhost[:port]] client ident user [time] "request" status bytes ["referer" "user agent" …]`. Servers escape the quotes that a client sends (`\"`,
/// `\x22`); old ones did not, so the request ends at the quote that a status and a byte count follow.
package struct AccessLineParser: LineParser {
    package enum Shape: Sendable {
        case common, combined
        /// With a virtual host in front.
        case hosted
        /// Squid's: its own words on how it served the request stand last.
        case proxy
    }

    private let shape: Shape
    private let isProbe: Bool
    private var stamp = CommonLogStamp()
    private let decoder = EscapeDecoder()

    /// Reads lines of all shapes; when telling a sample's format, only those of its own shape.
    package init(_ shape: Shape, isProbe: Bool = false) {
        self.shape = shape
        self.isProbe = isProbe
    }

    package mutating func parse(_ bytes: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome {
        let line = bytes.last == 0x0D ? bytes.part(0..<(bytes.count - 1)) : bytes
        guard let start = line.first else { return .nothing }
        guard start != 0x20, let head = Head(line), let (time, request) = moment(line, from: head.end) else { return .unparsed }
        event.begin(line, raw: bytes)
        event.time = time
        head.fill(&event, line)
        let bracket = request - CommonLogStamp.length - 4
        if head.end + 1 < bracket { event.account = Self.account(line, head.end + 1, bracket) }
        guard let (end, answered) = Self.answer(line, request, into: &event) else { return .unparsed }
        RequestLine.split(line, request..<end, into: &event)
        let behind = Self.headers(line, answered, into: &event)
        if isProbe, !isOfShape(line, head, hasAgent: behind != answered) { return .unparsed }
        if behind < line.count { Self.extras(line, from: behind, into: &event) }
        decoder.decode(&event)
        return .event
    }

    /// The stamp, and where the request begins. A user name may hold brackets, blanks and stamps, but no quote: the first bracket with a real time
    /// and `] "` behind it counts.
    @inline(__always)
    private mutating func moment(_ line: UnsafeRawBufferPointer, from start: Int) -> (Int64, Int)? {
        var position = start
        while let bracket = line.next(0x5B, from: position) {
            let quote = bracket + 1 + CommonLogStamp.length
            if line.starts(with: "] \"", at: quote), let time = stamp.parse(line, at: bracket + 1) { return (time, quote + 3) }
            position = bracket + 1
        }
        return nil
    }

    /// Behind ident: everything up to the blank before the bracket.
    @inline(__always)
    private static func account(_ line: UnsafeRawBufferPointer, _ ident: Int, _ bracket: Int) -> Span {
        guard bracket - ident >= 4 || bracket - ident >= 3 && line[ident] != 0x2D, let blank = line.next(0x20, from: ident, to: bracket - 1) else {
            return .none
        }
        let user = (blank + 1)..<(bracket - 1)
        if user.count <= 1, user.isEmpty || line[blank + 1] == 0x2D { return .none }
        // Apache writes "" for a name that was given and is empty.
        return user.count == 2 && line[blank + 1] == 0x22 && line[blank + 2] == 0x22 ? .none : Span(user)
    }

    /// Where the request ends, and where what follows the byte count begins.
    @inline(__always)
    private static func answer(_ line: UnsafeRawBufferPointer, _ start: Int, into event: inout LogEvent) -> (Int, Int)? {
        var from = start
        while let quote = line.next(0x22, from: from) {
            from = quote + 1
            guard let (status, afterStatus) = number(line, quote + 1), status <= 999, !isEscaped(line, quote, since: start),
                let (bytes, end) = number(line, afterStatus)
            else { continue }
            event.answer(Int(status))
            event.bytes = bytes
            return (quote, end)
        }
        return nil
    }

    /// Referer and user agent. Returns where what is behind them begins, `start` when they don't stand there.
    @inline(__always)
    private static func headers(_ line: UnsafeRawBufferPointer, _ start: Int, into event: inout LogEvent) -> Int {
        guard let referer = quoted(line, start), let agent = quoted(line, referer.upperBound + 1) else { return start }
        event.referer = event.said(line, referer)
        event.userAgent = event.said(line, agent)
        return agent.upperBound + 1
    }

    /// A blank, and a field in quotes.
    @inline(__always)
    private static func quoted(_ line: UnsafeRawBufferPointer, _ at: Int) -> Range<Int>? {
        guard at + 2 < line.count, line[at] == 0x20, line[at + 1] == 0x22 else { return nil }
        var from = at + 2
        while let quote = line.next(0x22, from: from) {
            if !isEscaped(line, quote, since: at + 2) { return (at + 2)..<quote }
            from = quote + 1
        }
        return nil
    }

    /// The last quoted field behind the user agent that ends with an address: nginx's `"$http_x_forwarded_for"`.
    private static func extras(_ line: UnsafeRawBufferPointer, from start: Int, into event: inout LogEvent) {
        var position = start
        while let open = line.next(0x22, from: position), open > 0, let field = quoted(line, open - 1) {
            if AddressList.endsWithAddress(line, field) { event.forwardedFor = Span(field) }
            position = field.upperBound + 1
        }
    }

    @inline(__always)
    private static func isEscaped(_ line: UnsafeRawBufferPointer, _ at: Int, since start: Int) -> Bool {
        var index = at
        while index > start, line[index - 1] == 0x5C { index -= 1 }
        return (at - index) % 2 == 1
    }

    /// A blank, then digits or `-` (0), then a blank or the line's end.
    @inline(__always)
    private static func number(_ line: UnsafeRawBufferPointer, _ at: Int) -> (Int64, Int)? {
        guard at + 1 < line.count, line[at] == 0x20 else { return nil }
        var index = at + 1
        var value: Int64 = 0
        if line[index] == 0x2D {
            index += 1
        } else {
            while index < line.count, line[index] &- 0x30 < 10 {
                value = value * 10 + Int64(line[index] &- 0x30)
                index += 1
                guard index - at <= 16 else { return nil }
            }
            guard index > at + 1 else { return nil }
        }
        guard index == line.count || line[index] == 0x20 else { return nil }
        return (value, index)
    }

    private func isOfShape(_ line: UnsafeRawBufferPointer, _ head: Head, hasAgent: Bool) -> Bool {
        switch shape {
        case .common: true
        case .combined: hasAgent
        case .hosted: !head.host.isEmpty
        case .proxy: SquidResult.stands(atEndOf: line)
        }
    }
}

extension AccessLineParser {
    /// What stands before ident and user.
    private struct Head {
        var host = 0..<0
        var name = 0..<0
        var forwarders = 0..<0
        var client: IPAddress?
        /// Where the blank behind the client stands.
        var end = 0

        /// The second word is the client when it is an address: a host stands before it then. The host is asked second, since clients choose what
        /// they send as `Host`, but not from where.
        @inline(__always)
        init?(_ line: UnsafeRawBufferPointer) {
            if let (bits, end) = ClientText.dotted(line, 0..<line.count), end < line.count, line[end] == 0x20 {
                self.end = end
                client = IPAddress(v4: bits)
                if end + 2 < line.count, line[end + 1] == 0x2D, line[end + 2] == 0x20 { return }
            } else {
                guard let end = line.next(0x20, from: 0) else { return nil }
                self.end = end
                client = ClientText.address(line, 0..<end)
                name = 0..<end
                if line[max(end - 1, 0)] == 0x2C {
                    readForwarders(line)
                    return
                }
            }
            guard let second = line.next(0x20, from: end + 1), let address = ClientText.address(line, (end + 1)..<second) else { return }
            host = 0..<end
            name = 0..<0
            client = address
            end = second
        }

        /// `198.51.100.1, 10.0.0.1 - - […`: Apache's `%{X-Forwarded-For}i` where the client should stand. The last address is the nearest known.
        private mutating func readForwarders(_ line: UnsafeRawBufferPointer) {
            var start = 0
            while line[max(end - 1, 0)] == 0x2C, let next = line.next(0x20, from: end + 1) { (start, end) = (end + 1, next) }
            guard AddressList.isWhole(line, 0..<end) else { return }
            forwarders = 0..<end
            client = ClientText.address(line, start..<end)
        }

        @inline(__always)
        func fill(_ event: inout LogEvent, _ line: UnsafeRawBufferPointer) {
            event.client = client
            if !forwarders.isEmpty { event.forwardedFor = Span(forwarders) }
            if !host.isEmpty { event.host = HostName.withoutPort(line, host) }
            if !name.isEmpty, client == nil { event.isLocal = LocalName.matches(line.part(name)) }
        }
    }
}

enum LocalName {
    /// `localhost`, a Unix socket's `unix:`.
    static func matches(_ name: UnsafeRawBufferPointer) -> Bool {
        name.equals("localhost") || name.starts(with: "unix:", at: 0) || name.equals("unix")
    }
}
