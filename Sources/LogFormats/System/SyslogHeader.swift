/// What stands between a syslog line's stamp and its message: host, program, process id (RFC 3164, 4.1.2 and 4.1.3).
struct SyslogHeader {
    var host = Span.none
    var program = Span.none
    var process = Span.none
    /// Where the message begins.
    var message: Int

    /// - Parameters:
    ///   - start: behind the stamp and its blank.
    ///   - needsTag: no line without `program:`; for stamps that other formats use as well.
    /// - Returns: nil when the line can't be syslog's.
    init?(_ line: UnsafeRawBufferPointer, from start: Int, to end: Int, needsTag: Bool) {
        guard start < end, let blank = line.next(0x20, from: start, to: end), blank > start else { return nil }
        message = start
        // Some devices leave the host out.
        if let tag = Self.tag(line, start, end), tag.next == blank + 1 || tag.next == blank {
            take(tag)
            return
        }
        guard !needsTag || (start..<blank).allSatisfy({ Self.isHost(line[$0]) }) else { return nil }
        host = Span(start..<blank)
        message = blank + 1
        if let tag = Self.tag(line, message, end) {
            take(tag)
        } else if needsTag, !Self.isSyslogsOwn(line, message, end) {
            return nil
        }
    }

    private mutating func take(_ tag: (program: Range<Int>, process: Range<Int>?, next: Int)) {
        program = Span(tag.program)
        if let found = tag.process { process = Span(found) }
        message = tag.next
    }

    /// `program[123]: `, `program: `
    private static func tag(_ line: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> (program: Range<Int>, process: Range<Int>?, next: Int)? {
        var at = start
        while at < end, isTag(line[at]) { at += 1 }
        let program = start..<at
        guard !program.isEmpty, program.count <= 128, at < end else { return nil }
        var process: Range<Int>?
        if line[at] == 0x5B {
            guard let close = line.next(0x5D, from: at + 1, to: min(end, at + 64)) else { return nil }
            process = (at + 1)..<close
            at = close + 1
        }
        guard at < end, line[at] == 0x3A else { return nil }
        at += 1
        // The blank belongs to nobody (RFC 3164, 5.3).
        if at < end, line[at] == 0x20 { at += 1 }
        return (program, process, at)
    }

    /// RFC 3164 allows letters and digits; programs take more.
    private static func isTag(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x00...0x20, 0x22, 0x3A, 0x5B, 0x5D, 0x7F...0xFF, 0x3C, 0x3E, 0x7B, 0x7D: false
        default: true
        }
    }

    private static func isHost(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x3A: true
        default: false
        }
    }

    private static func isSyslogsOwn(_ line: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Bool {
        let message = MessageText(line, start..<end)
        return message.starts("last message repeated ") || message.starts("message repeated ") || message.starts("-- MARK --")
    }

    func fill(_ event: inout LogEvent) {
        event.host = host
        event.program = program
        event.session = process
    }
}

extension UnsafeRawBufferPointer {
    /// Behind the `<34>` that a line begins with as it came over the network (RFC 5424, 6.2.1); 0 without one.
    var afterPriority: Int {
        guard count > 3, self[0] == 0x3C, let close = next(0x3E, from: 1, to: Swift.min(count, 5)), close > 1 else { return 0 }
        for index in 1..<close where self[index] &- 0x30 >= 10 { return 0 }
        return close + 1
    }

    /// Without the carriage return at the end.
    var withoutReturn: UnsafeRawBufferPointer { count > 0 && self[count - 1] == 0x0D ? part(0..<(count - 1)) : self }
}
