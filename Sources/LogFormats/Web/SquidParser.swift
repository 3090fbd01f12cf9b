/// Reads Squid's native access log: `time elapsed client result/status bytes method URL user hierarchy/peer type`, parted by blanks.
///
/// Squid escapes blanks and quotes within a field, so blanks part fields for certain (Squid's logformat directive, predefined format `squid`).
package struct SquidParser: LineParser {
    package init() {}

    package mutating func parse(_ bytes: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome {
        let line = bytes.last == 0x0D ? bytes.part(0..<(bytes.count - 1)) : bytes
        guard !line.isEmpty else { return .nothing }
        var words = BlankWords(line)
        guard let stamp = words.next(), let (time, stampEnd) = EpochStamp.parse(line, at: stamp.lowerBound), stampEnd == stamp.upperBound,
            line[stamp.upperBound - 4] == 0x2E, let elapsed = words.next(), let client = words.next(), let result = words.next(),
            let size = words.next(), let method = words.next(), let target = words.next(), let user = words.next(), let hierarchy = words.next(),
            let slash = line.next(0x2F, from: result.lowerBound, to: result.upperBound),
            let status = DecimalText.unsigned(line.part((slash + 1)..<result.upperBound)), status <= 999,
            line.next(0x2F, from: hierarchy.lowerBound, to: hierarchy.upperBound) != nil, let bytesSent = DecimalText.unsigned(line.part(size))
        else { return .unparsed }
        event.begin(line, raw: bytes)
        event.time = time
        event.answer(Int(status))
        event.bytes = bytesSent
        if let milliseconds = DecimalText.unsigned(line.part(elapsed)), milliseconds < 1 << 50 { event.duration = milliseconds * 1_000 }
        event.client = ClientText.address(line, client)
        event.method = event.said(line, method)
        event.target = Span(target)
        event.host = RequestLine.authority(line, target)
        event.account = event.said(line, user)
        event.program = .none
        event.message = Span(result)
        return .event
    }
}

enum SquidResult {
    /// Squid's combined and common formats end with `TCP_MISS:HIER_DIRECT`.
    static func stands(atEndOf line: UnsafeRawBufferPointer) -> Bool {
        var start = line.count
        while start > 0, line[start - 1] != 0x20, line.count - start < 80 { start -= 1 }
        guard line.next(0x3A, from: start) != nil else { return false }
        return line.starts(with: "TCP_", at: start) || line.starts(with: "UDP_", at: start) || line.starts(with: "NONE", at: start)
    }
}

/// Words parted by one or more blanks.
struct BlankWords {
    private let line: UnsafeRawBufferPointer
    private(set) var position: Int

    init(_ line: UnsafeRawBufferPointer, from start: Int = 0) {
        self.line = line
        position = start
    }

    mutating func next() -> Range<Int>? {
        while position < line.count, line[position] == 0x20 { position += 1 }
        guard position < line.count else { return nil }
        let start = position
        position = line.next(0x20, from: start) ?? line.count
        return start..<position
    }
}
