/// `GET /path HTTP/1.1` (RFC 9112 section 3), as servers log it.
enum RequestLine {
    /// Fills method, target and, of an absolute target, host. What is no request of HTTP becomes the message.
    @inline(__always)
    static func split(_ line: UnsafeRawBufferPointer, _ request: Range<Int>, into event: inout LogEvent) {
        guard let blank = line.next(0x20, from: request.lowerBound, to: request.upperBound), isMethod(line, request.lowerBound..<blank) else {
            event.message = Span(request)
            return
        }
        let start = blank + 1
        var end = request.upperBound
        if let version = versionStart(line, start, end) { end = version }
        event.method = Span(request.lowerBound..<blank)
        event.target = Span(start..<end)
        if start < end, line[start] != 0x2F, event.host.isNone { event.host = authority(line, start..<end) }
    }

    /// A token of RFC 9110 5.6.2, as far as methods go: letters, `-`, `_`.
    static func isMethod(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
        guard (1...24).contains(range.count) else { return false }
        for index in range where (line[index] | 0x20) &- 0x61 >= 26 && line[index] != 0x2D && line[index] != 0x5F { return false }
        return true
    }

    /// Where the blank before `HTTP/1.1` stands. A target may hold blanks, so it is the last one that counts.
    private static func versionStart(_ line: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Int? {
        if end - start >= 9, line[end - 9] == 0x20, line.starts(with: "HTTP/", at: end - 8) { return end - 9 }
        // Versions are short: looking further back would be work for the sender's pleasure.
        var index = end - 1
        while index >= start, end - index <= 12 {
            if line[index] == 0x20 { return line.starts(with: "HTTP/", at: index + 1) ? index : nil }
            index -= 1
        }
        return nil
    }

    /// Of `http://host:port/path` and of CONNECT's `host:port`.
    static func authority(_ line: UnsafeRawBufferPointer, _ target: Range<Int>) -> Span {
        guard let colon = line.next(0x3A, from: target.lowerBound, to: min(target.upperBound, target.lowerBound + 256)) else { return .none }
        if line.starts(with: "://", at: colon) {
            let start = colon + 3
            guard start <= target.upperBound else { return .none }
            var end = line.next(0x2F, from: start, to: target.upperBound) ?? target.upperBound
            if let query = line.next(0x3F, from: start, to: end) { end = query }
            return HostName.withoutPort(line, start..<end)
        }
        return HostName.withoutPort(line, target)
    }
}

enum HostName {
    /// `host`, `host:443`, `[2001:db8::1]:443`.
    static func withoutPort(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) -> Span {
        var end = range.upperBound
        while end > range.lowerBound, line[end - 1] &- 0x30 < 10 { end -= 1 }
        guard end < range.upperBound, end > range.lowerBound, line[end - 1] == 0x3A else { return Span(range) }
        return Span(range.lowerBound..<(end - 1))
    }
}

extension LogEvent {
    /// A request was answered. Whether a login over HTTP succeeded is for others to judge: here 401, 403 and 407 say that somebody was kept out.
    @inline(__always)
    mutating func answer(_ status: Int) {
        action = .request
        self.status = UInt16(clamping: status)
        switch status {
        case 100..<400: outcome = .success
        case 401, 403, 407: outcome = .failure
        default: outcome = .unknown
        }
    }

    /// `-` is how servers say that they have nothing to say.
    @inline(__always)
    func said(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) -> Span {
        range.count == 1 && line[range.lowerBound] == 0x2D ? .none : Span(range)
    }
}
