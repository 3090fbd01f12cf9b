import Network

/// Finds where the fields of a custom format stand in a line, by trying.
struct TemplateMatcher {
    private let template: FormatTemplate
    /// Of the first way to read the line.
    private(set) var spans: [Range<Int>]
    /// Elements that another way to read the line sees elsewhere.
    private(set) var isDisputed: [Bool]
    private var current: [Range<Int>]
    private var isFound = false
    /// How many elements stood before the first that a client writes, when one was first reached.
    private var certain: Int?
    /// What may still be spent on the line: 1 for a byte that might end a field, 64 for a field that does.
    private var work = 0
    private var line = UnsafeRawBufferPointer(start: nil, count: 0)

    init(_ template: FormatTemplate) {
        self.template = template
        spans = Array(repeating: 0..<0, count: template.elements.count)
        isDisputed = Array(repeating: false, count: template.elements.count)
        current = spans
    }

    func span(of role: FormatTemplate.Role) -> Range<Int>? {
        for index in template.elements.indices where template.elements[index].role == role && !isDisputed[index] { return spans[index] }
        return nil
    }

    /// False when the line is of another format.
    mutating func match(_ line: UnsafeRawBufferPointer) -> Bool {
        self.line = line
        work = 32_768
        isFound = false
        for index in isDisputed.indices { isDisputed[index] = false }
        certain = nil
        place(0, 0)
        if work <= 0 {
            // A client that makes a line too long to read must not vanish: what comes before its words is told.
            if !isFound, let certain, template.elements[0..<certain].contains(where: { $0.role == .time }) { isFound = true }
            disputeAll()
        }
        return isFound
    }

    /// Not all ways were looked at: what comes behind the first field of uncertain end is not to be trusted.
    private mutating func disputeAll() {
        var isUncertain = false
        for index in template.elements.indices {
            if case .free = end(index), template.elements[index].role != .client { isUncertain = true }
            if isUncertain { isDisputed[index] = true }
        }
    }

    private enum End { case stamp, quote, token, slash, free }

    private func end(_ index: Int) -> End {
        let element = template.elements[index]
        switch element.role {
        case .time: return .stamp
        case _ where element.isQuoted: return .quote
        case .method, .status, .bytes, .seconds, .milliseconds, .microseconds, .number: return .token
        case .host where index + 1 < template.elements.count && template.elements[index + 1].before.isEmpty: return .slash
        default: return .free
        }
    }

    private mutating func place(_ index: Int, _ position: Int) {
        guard index < template.elements.count else {
            if position + template.tail.count == line.count, holds(template.tail, position) { found() }
            return
        }
        let element = template.elements[index]
        guard holds(element.before, position) else { return }
        let start = position + element.before.count
        switch end(index) {
        case .stamp: if let end = stampEnd(start) { go(index, start..<end) }
        case .quote: if let end = quoteEnd(start) { go(index, start..<end) }
        case .token: if let end = tokenEnd(element.role, start) { go(index, start..<end) }
        case .slash: go(index, start..<(line.next(0x2F, from: start) ?? line.count))
        case .free: free(index, start, element.role)
        }
    }

    private mutating func go(_ index: Int, _ range: Range<Int>) {
        current[index] = range
        place(index + 1, range.upperBound)
    }

    private mutating func free(_ index: Int, _ start: Int, _ role: FormatTemplate.Role) {
        if certain == nil, role != .client {
            certain = index
            for earlier in 0..<index { spans[earlier] = current[earlier] }
        }
        let isLast = index + 1 == template.elements.count
        let next = isLast ? template.tail : template.elements[index + 1].before
        if isLast {
            let end = line.count - next.count
            if end >= start, isPlausible(role, start..<end) { go(index, start..<end) }
            return
        }
        guard let first = template.literals[next].first else { return }
        var from = start
        while work > 0, let end = line.next(first, from: from) {
            from = end + 1
            work -= 1
            guard holds(next, end) else { continue }
            work -= 64
            guard isPlausible(role, start..<end) else {
                // What is no client doesn't become one by growing, but for addresses with colons.
                if role == .client, end - start > 256 || line.next(0x20, from: start, to: end) != nil { return }
                continue
            }
            go(index, start..<end)
        }
    }

    private mutating func found() {
        if !isFound {
            isFound = true
            for index in current.indices { spans[index] = current[index] }
            return
        }
        for index in current.indices where spans[index] != current[index] { isDisputed[index] = true }
    }

    private func isPlausible(_ role: FormatTemplate.Role, _ range: Range<Int>) -> Bool {
        guard role == .client else { return true }
        guard range.count <= 256 else { return false }
        if ClientText.address(line, range) != nil { return true }
        // A host name, or `unix:`.
        guard let first = range.first, (line[first] | 0x20) &- 0x61 < 26 || line[first] == 0x2D || line[first] &- 0x30 < 10 else { return false }
        for index in range {
            switch line[index] {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: continue
            case 0x3A: if index + 1 == range.upperBound, line.part(range).equals("unix:") { continue } else { return false }
            default: return false
            }
        }
        return true
    }

    private func holds(_ literal: Range<Int>, _ position: Int) -> Bool {
        guard line.count - position >= literal.count else { return false }
        var position = position
        for index in literal {
            guard line[position] == template.literals[index] else { return false }
            position += 1
        }
        return true
    }

    // MARK: ends that are certain

    private func stampEnd(_ start: Int) -> Int? {
        switch template.time {
        case .common: return line.count - start >= CommonLogStamp.length ? start + CommonLogStamp.length : nil
        case .commonInBrackets:
            let end = start + CommonLogStamp.length + 2
            return end <= line.count && line[start] == 0x5B && line[end - 1] == 0x5D ? end : nil
        // nginx writes no fraction, and always the zone.
        case .iso: return line.count - start >= 25 ? start + 25 : nil
        case .epoch: return EpochStamp.parse(line, at: start)?.end
        case .pattern(let pattern): return pattern.parse(line, at: start)?.end
        }
    }

    /// The first quote that no backslash escapes.
    private func quoteEnd(_ start: Int) -> Int? {
        var from = start
        while let quote = line.next(0x22, from: from) {
            var index = quote
            while index > start, line[index - 1] == 0x5C { index -= 1 }
            if (quote - index) % 2 == 0 { return quote }
            from = quote + 1
        }
        return nil
    }

    /// Numbers with or without a point, letters of a method, or `-`.
    private func tokenEnd(_ role: FormatTemplate.Role, _ start: Int) -> Int? {
        var end = start
        while end < line.count, end - start < 32 {
            let byte = line[end]
            guard role == .method ? (byte | 0x20) &- 0x61 < 26 || byte == 0x2D || byte == 0x5F : byte &- 0x30 < 10 || byte == 0x2E || byte == 0x2D
            else {
                break
            }
            end += 1
        }
        if role == .status, end - start > 3 { return nil }
        return end
    }
}
