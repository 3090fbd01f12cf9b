/// Questions about single bytes.
enum ASCII {
    @inline(__always) static func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
    @inline(__always) static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    @inline(__always) static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
    @inline(__always) static func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || byte == 0x5F }
    /// Blanks and control characters, NUL among them: what takes the place of a blank in an attack.
    @inline(__always) static func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 }

    @inline(__always)
    static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte &- 0x30
        case 0x41...0x46: byte &- 0x37
        case 0x61...0x66: byte &- 0x57
        default: nil
        }
    }
}

extension StaticString {
    /// Whether `byte` is one of its characters: a handful of comparisons.
    @inline(__always)
    func has(_ byte: UInt8) -> Bool {
        for index in 0..<utf8CodeUnitCount where utf8Start[index] == byte { return true }
        return false
    }
}

extension UnsafeRawBufferPointer {
    /// Whether `text` (small letters) stands at `start`; bytes are read as small letters.
    @inline(__always)
    func has(_ text: StaticString, at start: Int) -> Bool {
        let length = text.utf8CodeUnitCount
        guard start >= 0, count - start >= length else { return false }
        for index in 0..<length where ASCII.lower(self[start + index]) != text.utf8Start[index] { return false }
        return true
    }

    /// The first byte at or after `start` that is no blank.
    @inline(__always)
    func skipSpaces(_ start: Int) -> Int {
        var index = start
        while index < count, ASCII.isSpace(self[index]) { index += 1 }
        return index
    }

    /// Where the word that begins at `start` ends.
    @inline(__always)
    func wordEnd(_ start: Int) -> Int {
        var index = start
        while index < count, ASCII.isWord(self[index]) { index += 1 }
        return index
    }

    @inline(__always)
    func byte(_ index: Int) -> UInt8 { index >= 0 && index < count ? self[index] : 0 }
}
