/// Undoes the escapes that nginx (`\x22`) and Apache (`\"`, `\\`, `\n`, `\x01`) write into what a client sent.
struct EscapeDecoder {
    /// Longer lines keep their escapes: nobody's request is so long.
    private static let lineLimit = 1 << 20
    private let scratch = ScratchBuffer()

    /// Decodes the parts of the event that a client can write. The event's text becomes a copy of the line with what was decoded behind it.
    @inline(__always)
    func decode(_ event: inout LogEvent) {
        guard event.text.next(0x5C, from: 0) != nil else { return }
        decodeParts(of: &event)
    }

    @inline(never)
    private func decodeParts(of event: inout LogEvent) {
        let line = event.text
        guard line.count <= Self.lineLimit else { return }
        scratch.reset(capacity: 2 * line.count)
        scratch.append(line)
        event.target = decoded(event.target, line)
        event.referer = decoded(event.referer, line)
        event.userAgent = decoded(event.userAgent, line)
        event.account = decoded(event.account, line)
        event.host = decoded(event.host, line)
        event.message = decoded(event.message, line)
        event.text = scratch.bytes
    }

    private func decoded(_ span: Span, _ line: UnsafeRawBufferPointer) -> Span {
        guard line.next(0x5C, from: span.range.lowerBound, to: span.range.upperBound) != nil else { return span }
        return JSONEscape.decode(line.part(span.range), into: scratch)
    }
}
