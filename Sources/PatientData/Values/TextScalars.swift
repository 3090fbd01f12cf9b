/// The Unicode scalars of a value, tidied: full-width forms of ASCII made plain, zero-width characters dropped, white space at both ends
/// trimmed.
/// Made on the stack; lives only as long as the closure that gets it.
struct TextScalars {
    let scalars: UnsafeBufferPointer<UInt32>
    /// The value goes on behind the scalars.
    let isCut: Bool

    /// More of a value isn't looked at.
    static let capacity = 192

    var count: Int { scalars.count }
    var first: UInt32 { scalars.first ?? 0 }
    var last: UInt32 { scalars.last ?? 0 }

    /// Lends the scalars; nil when `value` isn't UTF-8.
    static func with<Result>(_ value: UnsafeBufferPointer<UInt8>, _ body: (TextScalars) -> Result) -> Result? {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: capacity) { buffer -> Result? in
            var count = 0
            var decoder = UTF8Reader(bytes: value)
            while count < capacity, let scalar = decoder.next() {
                let tidy = tidied(scalar)
                guard tidy != 0, !(count == 0 && isSpace(tidy)) else { continue }
                buffer[count] = tidy
                count += 1
            }
            guard !decoder.isBroken else { return nil }
            let isCut = decoder.hasMore
            while count > 0, isSpace(buffer[count - 1]) { count -= 1 }
            return body(TextScalars(scalars: UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer)[0..<count]), isCut: isCut))
        }
    }

    /// Zero for what isn't seen.
    @inline(__always)
    private static func tidied(_ scalar: UInt32) -> UInt32 {
        if scalar &- 0x3400 < 0xA000 { return scalar }
        switch scalar {
        case 0xFF01...0xFF5E: return scalar - 0xFEE0
        case 0x3000, 0xA0: return 0x20
        case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060, 0xFEFF: return 0
        default: return scalar
        }
    }

    static func isSpace(_ scalar: UInt32) -> Bool { scalar == 0x20 || (0x09...0x0D).contains(scalar) }

    /// Unified ideographs of the planes that names are written in, and 〇.
    @inline(__always)
    static func isHan(_ scalar: UInt32) -> Bool {
        if scalar &- 0x4E00 <= 0x51FF { return true }
        return isRareHan(scalar)
    }

    private static func isRareHan(_ scalar: UInt32) -> Bool {
        (0x3400...0x4DBF).contains(scalar) || (0x20000...0x323AF).contains(scalar) || scalar == 0x3007
    }

    @inline(__always)
    static func isDigit(_ scalar: UInt32) -> Bool { (0x30...0x39).contains(scalar) }

    /// Whether one of `words` begins at `index`.
    func begins(_ words: WordSet, at index: Int) -> Bool { words.matchLength(in: scalars, at: index) > 0 }

    /// How many words of `words` the text has, one behind the other, those aside that begin one of `others`.
    func occurrences(_ words: WordSet, except others: WordSet) -> Int {
        var found = 0
        var index = 0
        while index < count {
            let skipped = others.matchLength(in: scalars, at: index)
            if skipped > 0 {
                index += skipped
                continue
            }
            let length = words.matchLength(in: scalars, at: index)
            if length > 0 { found += 1 }
            index += max(length, 1)
        }
        return found
    }

    func contains(_ words: WordSet) -> Bool { scalars.indices.contains { words.matchLength(in: scalars, at: $0) > 0 } }

    /// Whether the text is one of the words, and nothing else.
    func isOne(of words: WordSet) -> Bool { words.isWhole(scalars) }

    /// How many of the characters are Chinese.
    var hanCount: Int {
        var found = 0
        for scalar in scalars where TextScalars.isHan(scalar) { found += 1 }
        return found
    }

    /// Whether the text before `end` ends with one of `words`.
    func ends(_ words: WordSet, at end: Int? = nil) -> Bool { words.endsMatch(in: scalars, before: end ?? count) }
}

/// Strict enough to tell text from bytes: wrong sequences break it; the end may cut a character.
private struct UTF8Reader {
    let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0
    private(set) var isBroken = false

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var hasMore: Bool { index < bytes.count }

    @inline(__always)
    mutating func next() -> UInt32? {
        // Most characters that come here take three bytes.
        if index + 2 < bytes.count, bytes[index] &- 0xE1 <= 0x0D, bytes[index + 1] & 0xC0 == 0x80, bytes[index + 2] & 0xC0 == 0x80 {
            let scalar = UInt32(bytes[index] & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6 | UInt32(bytes[index + 2] & 0x3F)
            index += 3
            return scalar
        }
        return nextSlowly()
    }

    private mutating func nextSlowly() -> UInt32? {
        guard index < bytes.count else { return nil }
        let byte = bytes[index]
        if byte < 0x80 {
            index += 1
            return UInt32(byte)
        }
        let length: Int
        var scalar: UInt32
        switch byte {
        case 0xC2...0xDF: (length, scalar) = (2, UInt32(byte & 0x1F))
        case 0xE0...0xEF: (length, scalar) = (3, UInt32(byte & 0x0F))
        case 0xF0...0xF4: (length, scalar) = (4, UInt32(byte & 0x07))
        default: isBroken = true; return nil
        }
        guard index + length <= bytes.count else {
            index = bytes.count
            return nil
        }
        for offset in 1..<length {
            let next = bytes[index + offset]
            guard next & 0xC0 == 0x80 else { isBroken = true; return nil }
            scalar = scalar << 6 | UInt32(next & 0x3F)
        }
        index += length
        return scalar
    }
}
