/// Syslog's files: `Jan  2 03:04:05 host sshd[123]: …` (RFC 3164, rsyslog's traditional format), or the same with an ISO stamp (Debian 12's default).
struct SyslogParser: LineParser {
    enum Stamps { case yearless, iso }

    private let stamps: Stamps
    private var clock: YearlessClock
    private var iso: ISOStamp
    /// The line before, for `last message repeated 5 times`. Longer ones are cut.
    private let previous = ScratchBuffer()
    private static let previousLimit = 2_048

    init(_ stamps: Stamps, _ context: LogContext) {
        self.stamps = stamps
        clock = YearlessClock(zone: context.zone, modified: context.modified, newYears: context.newYears)
        iso = ISOStamp(zone: context.zone)
        previous.reset(capacity: Self.previousLimit)
    }

    mutating func parse(_ line: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome {
        let line = line.withoutReturn
        guard !line.isEmpty else { return .nothing }
        guard let (time, end) = stamp(line), end < line.count, line[end] == 0x20,
            let header = SyslogHeader(line, from: end + 1, to: line.count, needsTag: stamps == .iso)
        else { return .unparsed }
        if stamps == .yearless, header.program.isNone, let times = repeats(MessageText(line, header.message..<line.count)) {
            return again(line, header, time, times, &event)
        }
        event.begin(line)
        event.time = time ?? LogEvent.noTime
        header.fill(&event)
        SystemMessage.read(MessageText(line, header.message..<line.count), into: &event)
        if stamps == .yearless {
            previous.removeAll()
            previous.append(line)
        }
        return .event
    }

    private mutating func stamp(_ line: UnsafeRawBufferPointer) -> (time: Int64?, end: Int)? {
        let at = line.afterPriority
        switch stamps {
        case .yearless:
            guard let stamp = YearlessStamp(line, at: at) else { return nil }
            return (clock.utc(stamp), stamp.end)
        case .iso:
            // With a blank for the T it would be many an application's log.
            guard line.count > at + ISOStamp.length, line[at + 10] == 0x54, let read = iso.parse(line, at: at) else { return nil }
            return (read.seconds, read.end)
        }
    }

    private func repeats(_ message: MessageText) -> Int32? {
        var message = message
        guard message.drop("last message repeated ") || message.drop("message repeated "), let times = message.number(), message.starts(" time")
        else {
            return nil
        }
        return max(1, times)
    }

    /// The event of the line before once more, as often as this one says.
    private mutating func again(
        _ line: UnsafeRawBufferPointer, _ header: SyslogHeader, _ time: Int64?, _ times: Int32, _ event: inout LogEvent
    ) -> LineOutcome {
        let text = previous.bytes
        guard let stamp = YearlessStamp(text, at: text.afterPriority), stamp.end < text.count,
            let before = SyslogHeader(text, from: stamp.end + 1, to: text.count, needsTag: false)
        else {
            event.begin(line)
            event.time = time ?? LogEvent.noTime
            header.fill(&event)
            event.message = Span(header.message..<line.count)
            return .event
        }
        event.begin(text, raw: line)
        event.time = time ?? LogEvent.noTime
        before.fill(&event)
        SystemMessage.read(MessageText(text, before.message..<text.count), into: &event)
        event.repeats = times
        return .event
    }
}
