import LogFormats
import Network

struct TempCombined: LineParser {
    var inner = LogLineParser()
    mutating func parse(_ line: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome {
        event.begin(line)
        guard let l = inner.parse(line) else { return .unparsed }
        event.time = l.time; event.client = l.client; event.status = UInt16(clamping: l.status); event.bytes = Int64(l.bytes); event.action = .request
        if let sp = line.next(0x20, from: l.request.lowerBound, to: l.request.upperBound) {
            event.method = Span(l.request.lowerBound..<sp)
            var end = l.request.upperBound
            if end - sp > 9, line.starts(with: " HTTP/", at: end - 9) { end -= 9 }
            event.target = Span((sp + 1)..<max(sp + 1, end))
        }
        var q = line.next(0x22, from: l.extra) ?? line.count
        if let e = line.next(0x22, from: q + 1) { event.referer = Span((q + 1)..<e); q = line.next(0x22, from: e + 1) ?? line.count }
        if q < line.count, let e = line.next(0x22, from: q + 1) { event.userAgent = Span((q + 1)..<e) }
        return .event
    }
    static let format = LogFormat("combined", .web, isLineWise: true) { _ in TempCombined() }
}
