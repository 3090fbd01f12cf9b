/// Escapes within JSON strings (RFC 8259 section 7), and `\xHH`, which nginx and Apache write when they print JSON through a format string.
enum JSONEscape {
    /// Decodes from `start` to the quote that closes the string, and returns where that stands; nil when the line ends before.
    /// What stands behind a backslash and is no escape is kept with it. Half a surrogate pair becomes U+FFFD.
    static func decode(_ line: UnsafeRawBufferPointer, from start: Int, into scratch: ScratchBuffer) -> Int? {
        var position = start
        while position < line.count {
            let byte = line[position]
            if byte == 0x22 { return position }
            if byte == 0x5C {
                guard position + 1 < line.count else { return nil }
                position = escape(line, position + 1, into: scratch)
            } else {
                let stop = StringScan.quoteOrBackslash(line, from: position) ?? line.count
                scratch.append(line.part(position..<stop))
                position = stop
            }
        }
        return nil
    }

    /// Decodes the whole of `text`, quotes and all, and says where it stands in the scratch buffer.
    static func decode(_ text: UnsafeRawBufferPointer, into scratch: ScratchBuffer) -> Span {
        let start = scratch.count
        var position = 0
        while position < text.count {
            let stop = text.next(0x5C, from: position) ?? text.count
            scratch.append(text.part(position..<stop))
            position = stop
            guard position < text.count else { break }
            if position + 1 == text.count {
                scratch.append(0x5C)
                break
            }
            position = escape(text, position + 1, into: scratch)
        }
        return Span(start..<scratch.count)
    }

    /// - Parameter at: where the byte behind the backslash stands.
    /// - Returns: the position behind the escape.
    private static func escape(_ line: UnsafeRawBufferPointer, _ at: Int, into scratch: ScratchBuffer) -> Int {
        switch line[at] {
        case 0x22, 0x5C, 0x2F: scratch.append(line[at])
        case 0x6E: scratch.append(0x0A)
        case 0x74: scratch.append(0x09)
        case 0x72: scratch.append(0x0D)
        case 0x62: scratch.append(0x08)
        case 0x66: scratch.append(0x0C)
        case 0x75:
            guard let unit = hexadecimal(line, at + 1, 4) else { break }
            return scalar(unit, line, at + 5, into: scratch)
        case 0x78:
            guard let byte = hexadecimal(line, at + 1, 2) else { break }
            scratch.append(UInt8(truncatingIfNeeded: byte))
            return at + 3
        default:
            scratch.append(0x5C)
            scratch.append(line[at])
        }
        if line[at] == 0x75 || line[at] == 0x78 {
            scratch.append(0x5C)
            scratch.append(line[at])
        }
        return at + 1
    }

    private static func scalar(_ unit: UInt32, _ line: UnsafeRawBufferPointer, _ after: Int, into scratch: ScratchBuffer) -> Int {
        guard (0xD800...0xDFFF).contains(unit) else {
            append(unit, to: scratch)
            return after
        }
        if unit < 0xDC00, line.starts(with: "\\u", at: after), let low = hexadecimal(line, after + 2, 4), (0xDC00...0xDFFF).contains(low) {
            append(0x1_0000 + (unit - 0xD800) << 10 + (low - 0xDC00), to: scratch)
            return after + 6
        }
        append(0xFFFD, to: scratch)
        return after
    }

    private static func append(_ scalar: UInt32, to scratch: ScratchBuffer) {
        func tail(_ shift: UInt32) { scratch.append(UInt8(truncatingIfNeeded: 0x80 | (scalar >> shift) & 0x3F)) }
        switch scalar {
        case 0..<0x80: scratch.append(UInt8(truncatingIfNeeded: scalar))
        case 0x80..<0x800:
            scratch.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
            tail(0)
        case 0x800..<0x1_0000:
            scratch.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
            tail(6)
            tail(0)
        default:
            scratch.append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
            tail(12)
            tail(6)
            tail(0)
        }
    }

    static func hexadecimal(_ line: UnsafeRawBufferPointer, _ at: Int, _ count: Int) -> UInt32? {
        guard line.count - at >= count else { return nil }
        var value: UInt32 = 0
        for index in at..<(at + count) {
            let byte = line[index]
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
            case 0x41...0x46: value = value << 4 | UInt32(byte - 0x37)
            case 0x61...0x66: value = value << 4 | UInt32(byte - 0x57)
            default: return nil
            }
        }
        return value
    }
}
