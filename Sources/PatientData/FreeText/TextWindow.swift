/// A stretch of a text as 16-bit units: full-width forms of ASCII made plain, zero-width characters left out, characters beyond the Basic
/// Multilingual Plane as one stand-in each. Knows where in the text each unit stood.
struct TextWindow {
    /// Units of one window; the memory of a scan doesn't grow with the text.
    static let capacity = 32_768
    /// A window is rather ended behind a line or a sentence within so many units of its end.
    private static let tail = 4_096

    /// Stands for an ideograph of the supplementary planes.
    static let rareHan: UInt16 = 0x3400
    /// Stands for everything else beyond the plane, and for bytes that aren't UTF-8.
    static let other: UInt16 = 0xFFFD

    private(set) var units: [UInt16] = []
    /// For each unit, scalars of the whole text before it.
    private(set) var offsets: [Int] = []

    /// Decodes from byte `index` on, where `offset` scalars have gone before; both are moved on. Each byte that begins no valid sequence counts
    /// as one scalar.
    mutating func fill(from text: UnsafeBufferPointer<UInt8>, index: inout Int, offset: inout Int) {
        units.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
        let room = min(TextWindow.capacity, text.count - index)
        units.reserveCapacity(room)
        offsets.reserveCapacity(room)
        var breakAt: (units: Int, index: Int, offset: Int)?
        while index < text.count {
            // Zero-width characters fill no unit; so bound the scalars as well.
            if units.count == TextWindow.capacity { break }
            let byte = text[index]
            let unit: UInt16
            if byte < 0x80 {
                unit = UInt16(byte)
                index += 1
            } else {
                unit = TextWindow.decode(text, &index)
            }
            if unit != 0 {
                units.append(unit)
                offsets.append(offset)
            }
            offset += 1
            if units.count > TextWindow.capacity - TextWindow.tail, TextWindow.endsSentence(unit) {
                breakAt = (units.count, index, offset)
            }
        }
        if index < text.count, let breakAt {
            units.removeLast(units.count - breakAt.units)
            offsets.removeLast(offsets.count - breakAt.units)
            (index, offset) = (breakAt.index, breakAt.offset)
        }
    }

    private static func endsSentence(_ unit: UInt16) -> Bool { unit == 0x0A || unit == 0x3002 || unit == 0x3B || unit == 0xFF1B }

    /// Zero for what isn't seen.
    @inline(__always)
    private static func decode(_ text: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> UInt16 {
        let byte = text[index]
        if byte & 0xF0 == 0xE0, index + 2 < text.count, text[index + 1] & 0xC0 == 0x80, text[index + 2] & 0xC0 == 0x80 {
            let scalar = UInt16(byte & 0x0F) << 12 | UInt16(text[index + 1] & 0x3F) << 6 | UInt16(text[index + 2] & 0x3F)
            if scalar >= 0x800, !(0xD800...0xDFFF).contains(scalar) {
                index += 3
                return tidied(scalar)
            }
        } else if (0xC2...0xDF).contains(byte), index + 1 < text.count, text[index + 1] & 0xC0 == 0x80 {
            let scalar = UInt16(byte & 0x1F) << 6 | UInt16(text[index + 1] & 0x3F)
            index += 2
            return tidied(scalar)
        } else if (0xF0...0xF4).contains(byte), index + 3 < text.count, text[index + 1] & 0xC0 == 0x80, text[index + 2] & 0xC0 == 0x80,
            text[index + 3] & 0xC0 == 0x80
        {
            let high = UInt32(byte & 0x07) << 18 | UInt32(text[index + 1] & 0x3F) << 12
            let scalar = high | UInt32(text[index + 2] & 0x3F) << 6 | UInt32(text[index + 3] & 0x3F)
            if (0x10000...0x10FFFF).contains(scalar) {
                index += 4
                return (0x20000...0x323AF).contains(scalar) ? rareHan : other
            }
        }
        index += 1
        return other
    }

    @inline(__always)
    private static func tidied(_ scalar: UInt16) -> UInt16 {
        switch scalar {
        case 0xFF01...0xFF5E: scalar - 0xFEE0
        case 0x3000, 0xA0: 0x20
        case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060, 0xFEFF: 0
        default: scalar
        }
    }
}

/// Classes of units.
enum Unit {
    @inline(__always) static func isHan(_ unit: UInt16) -> Bool {
        (0x4E00...0x9FFF).contains(unit) || (0x3400...0x4DBF).contains(unit) || unit == 0x3007
    }
    @inline(__always) static func isDigit(_ unit: UInt16) -> Bool { (0x30...0x39).contains(unit) }
    @inline(__always) static func isUpper(_ unit: UInt16) -> Bool { (0x41...0x5A).contains(unit) }
    @inline(__always) static func isLetter(_ unit: UInt16) -> Bool { isUpper(unit & ~0x20) && unit < 0x80 }
    @inline(__always) static func isAlphanumeric(_ unit: UInt16) -> Bool { isDigit(unit) || isLetter(unit) }
    @inline(__always) static func isSpace(_ unit: UInt16) -> Bool { unit == 0x20 || unit == 0x09 }
    @inline(__always) static func isMiddleDot(_ unit: UInt16) -> Bool { unit == 0xB7 || unit == 0x2022 || unit == 0x30FB || unit == 0x2027 }
    /// Ends what was said: a line, a sentence, a clause.
    @inline(__always) static func endsClause(_ unit: UInt16) -> Bool {
        switch unit {
        case 0x0A, 0x0D, 0x3002, 0x21, 0x3F, 0x3B: true
        default: false
        }
    }
    @inline(__always) static func opensBracket(_ unit: UInt16) -> Bool {
        switch unit {
        case 0x28, 0x5B, 0x3010, 0x300A, 0x201C, 0x2018, 0x22, 0x300C, 0x7B: true
        default: false
        }
    }
    static func array(_ text: some StringProtocol) -> [UInt16] { Array(text.utf16) }

    /// Of characters with three bytes each.
    static func array(_ text: Substring.UTF8View) -> [UInt16] {
        var units: [UInt16] = []
        units.reserveCapacity(text.count / 3)
        var bits: UInt16 = 0
        for (index, byte) in text.enumerated() {
            bits = bits << 6 | UInt16(byte & (index % 3 == 0 ? 0x0F : 0x3F))
            if index % 3 == 2 {
                units.append(bits)
                bits = 0
            }
        }
        return units
    }
}
