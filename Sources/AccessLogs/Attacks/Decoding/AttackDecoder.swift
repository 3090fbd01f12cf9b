import LogFormats

/// One round of decoding, as lenient as the most lenient server: `%41`, `%u0041` (IIS), `+` for a blank, UTF-8 of too many bytes (`%c0%ae` for a
/// dot), and the `\x22`, `\"`, `\u0022` by which logs escape. Writes small letters.
///
/// The output may begin where the input does: it is never longer.
struct AttackDecoder {
    let output: UnsafeMutableRawBufferPointer
    let start: Int
    private(set) var end: Int
    /// A percent sign stands in the output: another round may find something.
    private(set) var mayHoldMore = false

    init(output: UnsafeMutableRawBufferPointer, start: Int) {
        (self.output, self.start, end) = (output, start, start)
    }

    mutating func decode(_ input: UnsafeRawBufferPointer, isFirst: Bool) {
        var index = 0
        while index < input.count {
            let byte = input[index]
            switch byte {
            case 0x25: index += percent(input, index)
            case 0x2B where isFirst: index += put(0x20, 1)
            case 0x5C where isFirst: index += backslash(input, index)
            default: index += put(byte, 1)
            }
        }
    }

    /// Gives `used`, so that callers go on in one line.
    @inline(__always)
    private mutating func put(_ byte: UInt8, _ used: Int) -> Int {
        guard end < output.count else { return used }
        if byte == 0x25 { mayHoldMore = true }
        if end > start, output[end &- 1] >= 0x80, fold(byte) { return used }
        output[end] = ASCII.lower(byte)
        end += 1
        return used
    }

    /// UTF-8 with more bytes than its character needs (RFC 3629, 3 forbids it), which is how dots and slashes are smuggled.
    private mutating func fold(_ byte: UInt8) -> Bool {
        let previous = output[end - 1]
        if previous == 0xC0 || previous == 0xC1 {
            if byte & 0xC0 == 0x80 { return replace(1, (previous & 1) << 6 | byte & 0x3F) }
            // Some decoders don't look at the second byte's upper bits.
            if byte == 0x2E || byte == 0x2F || byte == 0x5C { return replace(1, byte) }
            if previous == 0xC1, byte == 0x1C { return replace(1, 0x5C) }
            return false
        }
        guard byte & 0xC0 == 0x80, previous == 0x80 || previous == 0x81, end - start >= 2 else { return false }
        let value = (previous & 1) << 6 | byte & 0x3F
        if output[end - 2] == 0xE0 { return replace(2, value) }
        if output[end - 2] == 0x80, end - start >= 3, output[end - 3] == 0xF0 { return replace(3, value) }
        return false
    }

    private mutating func replace(_ count: Int, _ byte: UInt8) -> Bool {
        end -= count
        output[end] = ASCII.lower(byte)
        if byte == 0x25 { mayHoldMore = true }
        end += 1
        return true
    }

    private mutating func percent(_ input: UnsafeRawBufferPointer, _ index: Int) -> Int {
        if index + 2 < input.count, let high = ASCII.hex(input[index + 1]), let low = ASCII.hex(input[index + 2]) {
            return put(high << 4 | low, 3)
        }
        if ASCII.lower(input.byte(index + 1)) == 0x75, let scalar = Self.fourDigits(input, index + 2) { return put(scalar: scalar, 6) }
        return put(0x25, 1)
    }

    private mutating func backslash(_ input: UnsafeRawBufferPointer, _ index: Int) -> Int {
        let next = input.byte(index + 1)
        if next == 0x78, let high = ASCII.hex(input.byte(index + 2)), let low = ASCII.hex(input.byte(index + 3)) { return put(high << 4 | low, 4) }
        if next == 0x75, let scalar = Self.fourDigits(input, index + 2) { return put(scalar: scalar, 6) }
        if next == 0x22 || next == 0x5C { return put(next, 2) }
        return put(0x5C, 1)
    }

    private static func fourDigits(_ input: UnsafeRawBufferPointer, _ index: Int) -> UInt16? {
        guard index + 4 <= input.count else { return nil }
        var value: UInt16 = 0
        for place in index..<(index + 4) {
            guard let digit = ASCII.hex(input[place]) else { return nil }
            value = value << 4 | UInt16(digit)
        }
        return value
    }

    private mutating func put(scalar: UInt16, _ used: Int) -> Int {
        // Full-width forms: IIS maps them to the plain ones.
        let scalar = (0xFF01...0xFF5E).contains(scalar) ? scalar &- 0xFEE0 : scalar
        switch scalar {
        // Signs that look like slashes: fraction, division, set minus.
        case 0x2044, 0x2215: return put(0x2F, used)
        case 0x2216: return put(0x5C, used)
        default: break
        }
        if scalar < 0x80 { return put(UInt8(truncatingIfNeeded: scalar), used) }
        // Written as it is, past the folding: two or three bytes for six.
        if scalar < 0x800 {
            append(0xC0 | UInt8(truncatingIfNeeded: scalar >> 6))
        } else {
            append(0xE0 | UInt8(truncatingIfNeeded: scalar >> 12))
            append(0x80 | UInt8(truncatingIfNeeded: scalar >> 6) & 0x3F)
        }
        append(0x80 | UInt8(truncatingIfNeeded: scalar) & 0x3F)
        return used
    }

    private mutating func append(_ byte: UInt8) {
        guard end < output.count else { return }
        output[end] = byte
        end += 1
    }

    /// Takes C comments out, as databases read them: `/**/` is a blank, and what stands in `/*!50000 … */` counts. A comment without an end stays.
    static func withoutComments(_ bytes: UnsafeMutableRawBufferPointer, _ start: Int, _ end: Int) -> Int {
        let text = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[0..<end])
        var (read, write) = (start, start)
        func copy(_ range: Range<Int>) {
            for index in range {
                bytes[write] = text[index]
                write += 1
            }
        }
        // Where one comment has no end, those behind it have none either.
        while let open = opening(text, read), let close = closing(text, open + 2) {
            copy(read..<open)
            bytes[write] = 0x20
            write += 1
            if text.byte(open + 2) == 0x21 {
                var inside = open + 3
                while inside < close, ASCII.isDigit(text[inside]) { inside += 1 }
                copy(inside..<close)
                bytes[write] = 0x20
                write += 1
            }
            read = close + 2
        }
        guard read > start else { return end }
        copy(read..<end)
        return write
    }

    private static func opening(_ text: UnsafeRawBufferPointer, _ from: Int) -> Int? {
        var from = from
        while let slash = text.next(0x2F, from: from) {
            if text.byte(slash + 1) == 0x2A { return slash }
            from = slash + 1
        }
        return nil
    }

    private static func closing(_ text: UnsafeRawBufferPointer, _ from: Int) -> Int? {
        var from = from
        while let star = text.next(0x2A, from: from) {
            if text.byte(star + 1) == 0x2F { return star }
            from = star + 1
        }
        return nil
    }
}
