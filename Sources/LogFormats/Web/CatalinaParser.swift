import Foundation

/// Reads Tomcat's own log, of catalina and localhost (`org.apache.juli.OneLineFormatter`):
/// `02-Jan-2026 03:04:05.678 SEVERE [thread] logger message`, and the lines of the stack trace that follow. Stamps are the server's civil time.
///
/// A record is told when the next one begins.
package struct CatalinaParser: LineParser {
    /// Bytes of a record that are kept.
    private static let recordLimit = 64 << 10

    private var clock: ZoneClock
    private let record = ScratchBuffer()
    private let told = ScratchBuffer()
    private var isOpen = false

    package init(_ context: LogContext) { clock = ZoneClock(context.zone) }

    package mutating func parse(_ bytes: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome {
        let line = bytes.last == 0x0D ? bytes.part(0..<(bytes.count - 1)) : bytes
        guard Head(line) != nil else {
            guard isOpen else { return line.isEmpty ? .nothing : .unparsed }
            record.append(0x0A)
            record.append(line)
            return .partial
        }
        let outcome = finish(into: &event)
        record.reset(capacity: Self.recordLimit)
        record.append(line)
        isOpen = true
        return outcome == .event ? .event : .partial
    }

    package mutating func finish(into event: inout LogEvent) -> LineOutcome {
        guard isOpen else { return .nothing }
        isOpen = false
        told.reset(capacity: Self.recordLimit)
        told.append(record.bytes)
        let text = told.bytes
        guard let head = Head(text) else { return .nothing }
        event.begin(text)
        event.time = clock.utc(local: head.local)
        event.action = head.isError ? .error : .other
        event.session = Span(head.thread)
        event.program = Span(head.logger)
        event.message = Span(min(head.logger.upperBound + 1, text.count)..<text.count)
        if text.part(head.logger).equals("org.apache.catalina.realm.LockOutRealm.filterLockedAccounts"),
            let open = text.next(0x5B, from: head.logger.upperBound), let close = text.next(0x5D, from: open)
        {
            event.action = .login
            event.outcome = .failure
            event.account = Span((open + 1)..<close)
        }
        return .event
    }

    private struct Head {
        var local: Int64
        var isError: Bool
        var thread: Range<Int>
        var logger: Range<Int>

        init?(_ line: UnsafeRawBufferPointer) {
            guard line.count > 28, line[2] == 0x2D, line[6] == 0x2D, line[11] == 0x20, line[14] == 0x3A, line[17] == 0x3A, line[20] == 0x2E,
                line[24] == 0x20, let day = CivilTime.digits(line, 0, 2), let month = CivilTime.month(line[3], line[4], line[5]),
                let year = CivilTime.digits(line, 7, 4), let hour = CivilTime.digits(line, 12, 2), let minute = CivilTime.digits(line, 15, 2),
                let second = CivilTime.digits(line, 18, 2), CivilTime.digits(line, 21, 3) != nil, year >= 1990, day >= 1,
                day <= CivilTime.daysIn(month, year), hour <= 23, minute <= 59, second <= 60, let levelEnd = line.next(0x20, from: 25, to: 40),
                line.starts(with: " [", at: levelEnd), let close = line.next(0x5D, from: levelEnd + 2), line.starts(with: "] ", at: close)
            else { return nil }
            local = CivilTime.days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second
            let level = line.part(25..<levelEnd)
            isError = level.equals("SEVERE") || level.equals("WARNING")
            thread = (levelEnd + 2)..<close
            logger = (close + 2)..<(line.next(0x20, from: close + 2) ?? line.count)
        }
    }
}
