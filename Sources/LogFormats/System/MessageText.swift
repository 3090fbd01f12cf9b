/// A part of an event's text that is read from the left or from the right. Positions are those of the whole text, as spans want them.
struct MessageText {
    let text: UnsafeRawBufferPointer
    var start: Int
    var end: Int

    init(_ text: UnsafeRawBufferPointer, _ range: Range<Int>) {
        self.text = text
        start = max(0, range.lowerBound)
        end = max(start, min(range.upperBound, text.count))
    }

    var count: Int { end - start }
    var isEmpty: Bool { start >= end }
    var span: Span { Span(start..<end) }
    var first: UInt8 { start < end ? text[start] : 0 }

    func part(_ from: Int, _ to: Int) -> MessageText { MessageText(text, from..<max(from, to)) }

    func starts(_ prefix: StaticString) -> Bool { count >= prefix.utf8CodeUnitCount && text.starts(with: prefix, at: start) }

    func ends(_ suffix: StaticString) -> Bool {
        count >= suffix.utf8CodeUnitCount && text.starts(with: suffix, at: end - suffix.utf8CodeUnitCount)
    }

    func equals(_ other: StaticString) -> Bool { count == other.utf8CodeUnitCount && starts(other) }

    mutating func drop(_ prefix: StaticString) -> Bool {
        guard starts(prefix) else { return false }
        start += prefix.utf8CodeUnitCount
        return true
    }

    mutating func dropLast(_ suffix: StaticString) {
        if ends(suffix) { end -= suffix.utf8CodeUnitCount }
    }

    mutating func dropBlanks() {
        while start < end, text[start] == 0x20 || text[start] == 0x09 { start += 1 }
        while start < end, text[end - 1] == 0x20 || text[end - 1] == 0x09 { end -= 1 }
    }

    /// Where `needle` stands next, from `from` (the beginning, if nil).
    func find(_ needle: StaticString, from: Int? = nil) -> Int? {
        var from = max(start, from ?? start)
        let last = end - needle.utf8CodeUnitCount
        while from <= last, let hit = text.next(needle.utf8Start[0], from: from, to: last + 1) {
            if text.starts(with: needle, at: hit) { return hit }
            from = hit + 1
        }
        return nil
    }

    func contains(_ needle: StaticString) -> Bool { find(needle) != nil }

    /// Where `needle` stands last before `before` (the end, if nil).
    func findLast(_ needle: StaticString, before: Int? = nil) -> Int? {
        guard needle.utf8CodeUnitCount > 0 else { return nil }
        var at = min(before ?? end, end) - needle.utf8CodeUnitCount
        while at >= start {
            if text[at] == needle.utf8Start[0], text.starts(with: needle, at: at) { return at }
            at -= 1
        }
        return nil
    }

    /// Up to the next blank, which is passed over.
    mutating func word() -> MessageText {
        let stop = text.next(0x20, from: start, to: end) ?? end
        defer { start = min(stop + 1, end) }
        return part(start, stop)
    }

    /// The decimal number that it begins with; large ones end at 999,999.
    mutating func number() -> Int32? {
        var value: Int32 = 0
        let from = start
        while start < end, text[start] &- 0x30 < 10 {
            value = min(value * 10 + Int32(text[start] &- 0x30), 999_999)
            start += 1
        }
        return start > from ? value : nil
    }

    /// What stands between the quotes at the beginning, or the first word.
    var quotedOrWord: MessageText {
        var copy = self
        if first == 0x27 || first == 0x22, let close = text.next(first, from: start + 1, to: end) { return part(start + 1, close) }
        return copy.word()
    }

    /// Whether `word` stands alone: between blanks, or as the last part of a path.
    func hasWord(_ word: StaticString) -> Bool {
        var from = start
        while let hit = find(word, from: from) {
            let after = hit + word.utf8CodeUnitCount
            if hit == start || Self.parts(text[hit - 1]), after == end || Self.parts(text[after]) { return true }
            from = hit + 1
        }
        return false
    }

    private static func parts(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x00...0x20, 0x22, 0x26, 0x27, 0x28, 0x29, 0x2F, 0x3B, 0x60, 0x7C: true
        default: false
        }
    }
}

extension LogEvent {
    /// Sets the peer from an address; a host's name stays unknown.
    mutating func setClient(_ peer: MessageText) {
        client = AddressText.parse(peer.text.part(peer.start..<peer.end))
        if client == nil, peer.equals("localhost") { isLocal = true }
    }

    mutating func addField(_ name: Span, _ value: Span) {
        if fields.count < LogEvent.fieldLimit { fields.append(Field(name: name, value: value)) }
    }
}
