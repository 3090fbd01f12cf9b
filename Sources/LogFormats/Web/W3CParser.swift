/// Reads W3C extended logs (W3C working draft WD-logfile), as IIS writes them: `#Fields` names the columns, stamps are UTC, blanks part columns,
/// and blanks within one are `+`.
package struct W3CParser: LineParser {
    /// Longer lines are refused: the parser keeps a copy of each.
    private static let lineLimit = 1 << 20

    private var columns = W3CColumns()
    private var day: Int64?
    private var cells: [Range<Int>] = []
    private let scratch = ScratchBuffer()

    package init() {}

    package mutating func parse(_ bytes: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome {
        let line = bytes.last == 0x0D ? bytes.part(0..<(bytes.count - 1)) : bytes
        guard let first = line.first else { return .nothing }
        if first == 0x23 {
            directive(line)
            return .nothing
        }
        guard !columns.roles.isEmpty, line.count <= Self.lineLimit, split(line), let time = time(line) else { return .unparsed }
        // The names of the columns stand behind the line, so that fields can point to them.
        scratch.reset(capacity: 2 * line.count + columns.names.count + 1)
        scratch.append(line)
        columns.names.withUnsafeBytes { scratch.append($0) }
        event.begin(scratch.bytes, raw: bytes)
        event.time = time
        event.action = .request
        for (index, cell) in cells.enumerated() where !(cell.count == 1 && line[cell.lowerBound] == 0x2D) {
            fill(&event, columns.roles[index], cell, line)
            if event.fields.count < LogEvent.fieldLimit {
                let name = columns.spans[index]
                event.fields.append(LogEvent.Field(name: Span(line.count + Int(name.start), Int(name.count)), value: Span(cell)))
            }
        }
        join(&event)
        return .event
    }

    private mutating func directive(_ line: UnsafeRawBufferPointer) {
        if line.starts(with: "#Fields:", at: 0) {
            columns = W3CColumns(line)
            cells.reserveCapacity(columns.roles.count + 1)
        } else if line.starts(with: "#Date:", at: 0), line.count >= 17 {
            // For logs whose lines tell the time only.
            day = Self.day(line, line[6] == 0x20 ? 7 : 6)
        }
    }

    /// One cell for each column: by blanks; where that doesn't fit, with blanks allowed in quotes.
    private mutating func split(_ line: UnsafeRawBufferPointer) -> Bool {
        cut(line, quotes: false)
        if cells.count == columns.roles.count { return true }
        cut(line, quotes: true)
        return cells.count == columns.roles.count
    }

    private mutating func cut(_ line: UnsafeRawBufferPointer, quotes: Bool) {
        cells.removeAll(keepingCapacity: true)
        var position = 0
        while position < line.count, cells.count <= columns.roles.count {
            let byte = line[position]
            if byte == 0x20 || byte == 0x09 {
                position += 1
                continue
            }
            let start = position
            if quotes, byte == 0x22, let close = Self.closing(line, position + 1) {
                cells.append((start + 1)..<close)
                position = close + 1
                continue
            }
            while position < line.count, line[position] != 0x20, line[position] != 0x09 { position += 1 }
            cells.append(start..<position)
        }
    }

    /// A quote within quotes is written twice.
    private static func closing(_ line: UnsafeRawBufferPointer, _ start: Int) -> Int? {
        var position = start
        while let quote = line.next(0x22, from: position) {
            guard quote + 1 < line.count, line[quote + 1] == 0x22 else { return quote }
            position = quote + 2
        }
        return nil
    }

    private mutating func time(_ line: UnsafeRawBufferPointer) -> Int64? {
        guard let clock = columns.time.map({ cells[$0] }), clock.count >= 8, let hour = CivilTime.digits(line, clock.lowerBound, 2),
            let minute = CivilTime.digits(line, clock.lowerBound + 3, 2), let second = CivilTime.digits(line, clock.lowerBound + 6, 2),
            line[clock.lowerBound + 2] == 0x3A, line[clock.lowerBound + 5] == 0x3A, hour <= 23, minute <= 59, second <= 60
        else { return nil }
        let day = columns.date.map { cells[$0] }.map { $0.count == 10 ? Self.day(line, $0.lowerBound) : nil } ?? day
        guard let day else { return nil }
        return day + hour * 3_600 + minute * 60 + second
    }

    private static func day(_ line: UnsafeRawBufferPointer, _ at: Int) -> Int64? {
        guard let year = CivilTime.digits(line, at, 4), let month = CivilTime.digits(line, at + 5, 2), let day = CivilTime.digits(line, at + 8, 2),
            line[at + 4] == 0x2D, line[at + 7] == 0x2D, year >= 1990, (1...12).contains(month), day >= 1, day <= CivilTime.daysIn(month, year)
        else { return nil }
        return CivilTime.days(year, month, day) * 86_400
    }

    private func fill(_ event: inout LogEvent, _ role: W3CColumns.Role, _ cell: Range<Int>, _ line: UnsafeRawBufferPointer) {
        switch role {
        case .client: event.client = ClientText.address(line, cell)
        case .method: event.method = Span(cell)
        case .target: event.target = Span(cell)
        case .status: if let status = DecimalText.unsigned(line.part(cell)), status <= 999 { event.answer(Int(status)) }
        case .bytes: event.bytes = DecimalText.unsigned(line.part(cell)) ?? -1
        case .milliseconds:
            if let taken = DecimalText.unsigned(line.part(cell)) {
                if taken < 1 << 50 { event.duration = taken * 1_000 }
            } else if let taken = DecimalText.scaled(line.part(cell), places: 6) {
                // The draft's unit is the second, and others than IIS keep to it.
                event.duration = taken
            }
        case .account: event.account = Span(cell)
        case .host: event.host = HostName.withoutPort(line, cell)
        case .userAgent: event.userAgent = blanks(cell)
        case .referer: event.referer = Span(cell)
        case .forwardedFor: event.forwardedFor = blanks(cell)
        case .stem, .query, .other: break
        }
    }

    /// `+` back to blanks, in the copy of the line.
    private func blanks(_ cell: Range<Int>) -> Span {
        for index in cell where scratch.memory[index] == 0x2B { scratch.set(0x20, at: index) }
        return Span(cell)
    }

    /// Path and query stand in columns of their own, the query mostly behind the path: then the blank between them becomes the question mark.
    private func join(_ event: inout LogEvent) {
        guard event.target.isNone, let stem = columns.stem.map({ cells[$0] }) else { return }
        event.target = Span(stem)
        guard let query = columns.query.map({ cells[$0] }), !(query.count == 1 && scratch.memory[query.lowerBound] == 0x2D) else { return }
        if query.lowerBound == stem.upperBound + 1 {
            scratch.set(0x3F, at: stem.upperBound)
            event.target = Span(stem.lowerBound..<query.upperBound)
        } else {
            event.target = scratch.joined(stem, 0x3F, query) ?? event.target
            event.text = scratch.bytes
        }
    }
}
