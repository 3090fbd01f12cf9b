/// Tells a log's format by its content.
package enum FormatDetector {
    /// Lines of a file's beginning that are enough to tell.
    package static let sampleLines = 64

    package struct Guess: Sendable {
        package var format: LogFormat
        /// Of the sample's lines that are no header, comment or continuation, the share that the format reads; 0…1.
        package var share: Double
    }

    /// The format that reads most of the sample; nil when none reads half of it.
    /// - Parameter lines: without newlines, the last one complete.
    package static func detect(_ lines: [UnsafeRawBufferPointer], _ context: LogContext) -> Guess? {
        var best: Guess?
        for format in LogFormat.all {
            let share = share(of: lines, format, context)
            if share >= 0.5, share > (best?.share ?? 0) { best = Guess(format: format, share: share) }
            if share == 1 { break }
        }
        return best
    }

    private static func share(of lines: [UnsafeRawBufferPointer], _ format: LogFormat, _ context: LogContext) -> Double {
        var context = context
        context.isProbe = true
        var parser = format.makeParser(context)
        var event = LogEvent()
        var (read, unread) = (0, 0)
        func count(_ outcome: LineOutcome) {
            switch outcome {
            case .event: if event.time == LogEvent.noTime { unread += 1 } else { read += 1 }
            case .unparsed: unread += 1
            case .partial, .nothing: break
            }
        }
        for line in lines { count(parser.parse(line, into: &event)) }
        count(parser.finish(into: &event))
        return read == 0 ? 0 : Double(read) / Double(read + unread)
    }
}
