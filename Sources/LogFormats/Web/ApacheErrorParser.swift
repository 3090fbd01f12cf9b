/// Reads Apache's error log, of 2.4 (`[Fri Sep 09 10:42:29.902022 2011] [core:error] [pid 35708:tid 4328636416] [client 192.0.2.1:443] AH00128: …`) and of
/// 2.2 (`[Wed Oct 11 14:32:52 2000] [error] [client 192.0.2.1] …`). Apache escapes what clients send. Stamps are the server's civil time.
package struct ApacheErrorParser: LineParser {
    private var stamp: WeekdayStamp

    package init(_ context: LogContext) { stamp = WeekdayStamp(context.zone) }

    package mutating func parse(_ bytes: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome {
        let line = bytes.last == 0x0D ? bytes.part(0..<(bytes.count - 1)) : bytes
        guard !line.isEmpty else { return .nothing }
        guard line[0] == 0x5B, let (time, stampEnd) = stamp.parse(line, at: 1), line.starts(with: "] [", at: stampEnd),
            let levelEnd = line.next(0x5D, from: stampEnd + 3, to: stampEnd + 64)
        else { return .unparsed }
        let level = (stampEnd + 3)..<levelEnd
        let colon = line.next(0x3A, from: level.lowerBound, to: level.upperBound)
        guard let isError = Self.isError(line.part((colon.map { $0 + 1 } ?? level.lowerBound)..<level.upperBound)) else { return .unparsed }
        event.begin(line, raw: bytes)
        event.time = time
        event.action = isError ? .error : .other
        let start = Self.brackets(line, from: levelEnd + 1, hasPorts: colon != nil, into: &event)
        event.message = Span(start..<line.count)
        Self.message(line, start, into: &event)
        return .event
    }

    private static func isError(_ level: UnsafeRawBufferPointer) -> Bool? {
        if level.equals("error") || level.equals("warn") || level.equals("crit") || level.equals("alert") || level.equals("emerg") { return true }
        return level.equals("notice") || level.equals("info") || level.equals("debug") || level.starts(with: "trace", at: 0) ? false : nil
    }

    /// `[pid 12:tid 34]`, `[client a:port]`, `[remote a:port]`, in this order before the message. Returns where that begins.
    private static func brackets(_ line: UnsafeRawBufferPointer, from start: Int, hasPorts: Bool, into event: inout LogEvent) -> Int {
        var position = start
        for _ in 0..<4 {
            guard line.starts(with: " [", at: position) else { break }
            let name = position + 2
            let isClient = line.starts(with: "client ", at: name)
            guard isClient || line.starts(with: "pid ", at: name) || line.starts(with: "remote ", at: name) || line.starts(with: "tid ", at: name),
                let close = line.next(0x5D, from: name, to: name + 100)
            else { break }
            if isClient, event.client == nil {
                let value = (name + 7)..<close
                event.client = hasPorts ? ClientText.addressBeforePort(line, value) : ClientText.address(line, value)
            } else if line.starts(with: "pid ", at: name) {
                event.session = Span((name + 4)..<close)
            }
            position = close + 1
        }
        return position < line.count && line[position] == 0x20 ? position + 1 : position
    }

    private static let failures: [StaticString] = [": authentication failure for \"", " not found: ", ": password mismatch: "]
    private static let controls: [StaticString] = [
        " configured -- resuming normal operations", "caught SIGTERM, shutting down", "Doing graceful restart", "Graceful restart requested",
    ]

    /// Who failed to log in (mod_auth_basic, mod_auth_digest), where the request came from, and what the server says of itself.
    private static func message(_ line: UnsafeRawBufferPointer, _ start: Int, into event: inout LogEvent) {
        var text = start
        if line.starts(with: "AH", at: start), start + 9 <= line.count, line.starts(with: ": ", at: start + 7) { text = start + 9 }
        if event.client != nil, line.starts(with: "user ", at: text) {
            for words in failures {
                if let end = Phrase.first(words, in: line, from: text + 5) {
                    event.account = Span((text + 5)..<end)
                    (event.action, event.outcome) = (.login, .failure)
                    break
                }
            }
        }
        if let comma = Phrase.last(", referer: ", in: line, from: text) {
            event.referer = Span((comma + 11)..<line.count)
            event.message = Span(start..<comma)
        }
        guard event.client == nil else { return }
        for words in controls where Phrase.first(words, in: line, from: text) != nil { event.action = .logControl }
    }
}

enum Phrase {
    static func first(_ words: StaticString, in line: UnsafeRawBufferPointer, from start: Int) -> Int? {
        let first = words.utf8Start.pointee
        var position = start
        while let hit = line.next(first, from: position) {
            if line.starts(with: words, at: hit) { return hit }
            position = hit + 1
        }
        return nil
    }

    static func last(_ words: StaticString, in line: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var found: Int?
        var position = start
        while let hit = first(words, in: line, from: position) {
            found = hit
            position = hit + 1
        }
        return found
    }
}
