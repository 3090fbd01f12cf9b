import Foundation

/// A `log_line_prefix`: what PostgreSQL writes before each message (manual, section 20.8.3), and how to read it back.
///
/// Names that strangers choose (application, and before the login also account and database) may hold the bytes that part the fields. The shortest
/// reading that leads to a severity word is taken.
package struct PostgreSQLPrefix: Sendable {
    /// As it stands in postgresql.conf.
    package let text: String

    struct Item {
        /// The escape's letter; 0 for bytes that stand for themselves.
        var kind: UInt8
        /// Of a literal, in ``literals``.
        var start = 0
        var count = 0
        /// Width to pad to; negative: on the right.
        var pad = 0
    }

    struct Fields {
        var time = LogEvent.noTime
        var user = Span.none
        var database = Span.none
        var application = Span.none
        /// `host` or `host(port)`.
        var remote = Span.none
        var process = Span.none
        var session = Span.none
        var sqlState = Span.none
        var severity = PostgreSQLSeverity.log
        /// Where the message begins.
        var messageStart = 0
    }

    private var items: [Item] = []
    private var literals: [UInt8] = []
    /// Steps that one line may take: names that repeat the separators over and over must not cost more.
    private static let budget = 400
    /// Bytes of a name; PostgreSQL's have 63, a host name 255.
    private static let nameLimit = 256

    package init(_ text: String) {
        self.text = text
        let bytes = Array(text.utf8)
        var position = 0
        while position < bytes.count {
            guard bytes[position] == 0x25, position + 1 < bytes.count else {
                addLiteral(bytes[position])
                position += 1
                continue
            }
            position += 1
            var pad = 0
            let isLeft = bytes[position] == 0x2D
            if isLeft { position += 1 }
            while position < bytes.count, bytes[position] &- 0x30 < 10, pad < 1_000 {
                pad = pad * 10 + Int(bytes[position] - 0x30)
                position += 1
            }
            guard position < bytes.count else { break }
            let kind = bytes[position]
            position += 1
            if kind == 0x25 { addLiteral(0x25) } else { items.append(Item(kind: kind, pad: isLeft ? -pad : pad)) }
        }
    }

    private mutating func addLiteral(_ byte: UInt8) {
        if let last = items.last, last.kind == 0 {
            items[items.count - 1].count += 1
        } else {
            items.append(Item(kind: 0, start: literals.count, count: 1))
        }
        literals.append(byte)
    }

    /// What stands before the message; nil when the line doesn't begin so, or when no severity word follows.
    func match(_ line: UnsafeRawBufferPointer, _ stamp: inout ISOStamp) -> Fields? {
        var fields = Fields()
        var budget = Self.budget
        return step(0, 0, line, &stamp, &fields, &budget) ? fields : nil
    }

    private func step(
        _ index: Int, _ at: Int, _ line: UnsafeRawBufferPointer, _ stamp: inout ISOStamp, _ fields: inout Fields, _ budget: inout Int
    ) -> Bool {
        budget -= 1
        guard budget > 0 else { return false }
        guard index < items.count else { return readSeverity(line, at, &fields) }
        let item = items[index]
        if item.kind == 0 {
            return holds(item, line, at) && step(index + 1, at + item.count, line, &stamp, &fields, &budget)
        }
        var start = at
        if item.pad > 0 { while start < line.count, start - at < item.pad, line[start] == 0x20 { start += 1 } }
        if item.kind == UInt8(ascii: "q") {
            if step(index + 1, at, line, &stamp, &fields, &budget) { return true }
            (fields.user, fields.database, fields.application, fields.remote) = (.none, .none, .none, .none)
            return readSeverity(line, at, &fields)
        }
        if isName(item.kind) { return name(index, item, start, line, &stamp, &fields, &budget) }
        guard var end = fixed(item.kind, line, start, &stamp, &fields) else { return false }
        if item.pad < 0 { while end < line.count, end - start < -item.pad, line[end] == 0x20 { end += 1 } }
        return step(index + 1, end, line, &stamp, &fields, &budget)
    }

    private func holds(_ item: Item, _ line: UnsafeRawBufferPointer, _ at: Int) -> Bool {
        guard line.count - at >= item.count, let base = line.baseAddress else { return false }
        return literals.withUnsafeBytes { literals in
            guard let wanted = literals.baseAddress else { return false }
            return memcmp(base + at, wanted + item.start, item.count) == 0
        }
    }

    private func readSeverity(_ line: UnsafeRawBufferPointer, _ at: Int, _ fields: inout Fields) -> Bool {
        guard let (severity, end) = PostgreSQLSeverity.read(line, at: at) else { return false }
        (fields.severity, fields.messageStart) = (severity, end)
        return true
    }

    // MARK: fields of a known form

    /// Where the field ends; nil when what stands there is none such.
    private func fixed(_ kind: UInt8, _ line: UnsafeRawBufferPointer, _ at: Int, _ stamp: inout ISOStamp, _ fields: inout Fields) -> Int? {
        switch kind {
        case UInt8(ascii: "t"), UInt8(ascii: "m"):
            guard let (seconds, end) = stamp.parse(line, at: at) else { return nil }
            fields.time = seconds
            // A zone of a name that nobody knows: the reader's own is as good a guess as any.
            return end == ISOStamp.fractionEnd(line, at + ISOStamp.length) ? zoneEnd(line, end) : end
        case UInt8(ascii: "s"):
            // When the session began: of use to nobody here, and a clock of its own would be needed to tell the hour that comes twice.
            guard line.count - at >= ISOStamp.length, line[at + 4] == 0x2D, line[at + 10] == 0x20 else { return nil }
            return zoneEnd(line, at + ISOStamp.length)
        case UInt8(ascii: "n"):
            guard let (seconds, end) = EpochStamp.parse(line, at: at) else { return nil }
            fields.time = seconds
            return end
        case UInt8(ascii: "p"):
            let end = run(line, at) { $0 &- 0x30 < 10 }
            fields.process = Span(at..<end)
            return end
        case UInt8(ascii: "c"):
            let end = run(line, at) { $0 &- 0x30 < 10 || (0x61...0x66).contains($0) || $0 == 0x2E }
            fields.session = Span(at..<end)
            return end
        case UInt8(ascii: "e"):
            let end = run(line, at) { $0 &- 0x30 < 10 || (0x41...0x5A).contains($0) }
            guard end - at == 5 else { return nil }
            fields.sqlState = Span(at..<end)
            return end
        case UInt8(ascii: "v"): return run(line, at) { $0 &- 0x30 < 10 || $0 == 0x2F || $0 == 0x2D }
        case UInt8(ascii: "Q"): return run(line, at) { $0 &- 0x30 < 10 || $0 == 0x2D }
        default: return run(line, at) { $0 &- 0x30 < 10 }  // %l %x %P
        }
    }

    private func zoneEnd(_ line: UnsafeRawBufferPointer, _ at: Int) -> Int {
        guard at + 1 < line.count, line[at] == 0x20 else { return at }
        let end = run(line, at + 1) { (0x41...0x5A).contains($0) || $0 &- 0x30 < 10 || $0 == 0x2B || $0 == 0x2D || $0 == 0x3A }
        return end == at + 1 ? at : end
    }

    @inline(__always)
    private func run(_ line: UnsafeRawBufferPointer, _ at: Int, _ holds: (UInt8) -> Bool) -> Int {
        var end = at
        while end < line.count, end - at < 24, holds(line[end]) { end += 1 }
        return end
    }

    // MARK: names

    private func isName(_ kind: UInt8) -> Bool {
        switch kind {
        case UInt8(ascii: "a"), UInt8(ascii: "u"), UInt8(ascii: "d"), UInt8(ascii: "r"), UInt8(ascii: "h"), UInt8(ascii: "b"), UInt8(ascii: "i"),
            UInt8(ascii: "L"):
            true
        default: false
        }
    }

    /// Tries the ends that what follows allows, the nearest first.
    private func name(
        _ index: Int, _ item: Item, _ start: Int, _ line: UnsafeRawBufferPointer, _ stamp: inout ISOStamp, _ fields: inout Fields,
        _ budget: inout Int
    ) -> Bool {
        let limit = min(line.count, start + Self.nameLimit)
        var end = start
        while end <= limit, budget > 0 {
            guard let found = nextEnd(index + 1, line, end, limit) else { return false }
            end = found
            var trimmed = end
            if item.pad < 0 { while trimmed > start, line[trimmed - 1] == 0x20 { trimmed -= 1 } }
            keep(item.kind, Span(start..<trimmed), line, &fields)
            if step(index + 1, end, line, &stamp, &fields, &budget) { return true }
            end += 1
        }
        return false
    }

    /// The next place at or after `at` where the item at `index` may stand.
    private func nextEnd(_ index: Int, _ line: UnsafeRawBufferPointer, _ at: Int, _ limit: Int) -> Int? {
        if index < items.count {
            guard items[index].kind == 0 else { return at <= limit ? at : nil }
            return line.next(literals[items[index].start], from: at, to: limit)
        }
        var end = at
        while end < limit, !PostgreSQLSeverity.isFirst(line[end]) { end += 1 }
        return end < limit ? end : nil
    }

    private func keep(_ kind: UInt8, _ span: Span, _ line: UnsafeRawBufferPointer, _ fields: inout Fields) {
        let value = UnsafeRawBufferPointer(rebasing: line[span.range])
        let known = span.isEmpty || value.isEqual(to: "[unknown]") || value.isEqual(to: "[未知]") ? Span.none : span
        switch kind {
        case UInt8(ascii: "a"): fields.application = known
        case UInt8(ascii: "u"): fields.user = known
        case UInt8(ascii: "d"): fields.database = known
        case UInt8(ascii: "r"), UInt8(ascii: "h"): fields.remote = known
        default: break
        }
    }
}
