import Glibc

extension Bytes {
    /// The offset of the first `needle` at or after `from`.
    ///
    /// Jumps with memchr along the needle's rarest byte. A text made so that this compares in vain is searched on with Knuth, Morris and Pratt's
    /// automaton: linear in every case.
    static func find(_ needle: [UInt8], in haystack: [UInt8], from: Int = 0) -> Int? {
        guard from >= 0, from <= haystack.count else { return nil }
        guard !needle.isEmpty else { return from }
        return haystack.withUnsafeBytes { hay in
            needle.withUnsafeBytes { needle in find(needle, in: hay, from: from) }
        }
    }

    private static func find(_ needle: UnsafeRawBufferPointer, in hay: UnsafeRawBufferPointer, from: Int) -> Int? {
        guard let base = hay.baseAddress, let word = needle.baseAddress, hay.count - from >= needle.count else { return nil }
        let rare = rarest(needle)
        var start = from
        let last = hay.count - needle.count
        var wasted = 0
        while start <= last {
            let at = start + rare
            guard let hit = memchr(base + at, Int32(needle[rare]), last - start + 1) else { return nil }
            start = UnsafeRawPointer(hit) - base - rare
            if memcmp(base + start, word, needle.count) == 0 { return start }
            wasted += needle.count
            start += 1
            if wasted > 65_536, wasted > 4 * start { return findSlowly(needle, in: hay, from: start) }
        }
        return nil
    }

    /// The place of the byte that web pages hold least.
    private static func rarest(_ needle: UnsafeRawBufferPointer) -> Int {
        var best = 0
        var bestRank = Int.max
        for (place, byte) in needle.enumerated().prefix(64) {
            let rank: Int
            switch byte {
            case 0x20, 0x61, 0x65, 0x69, 0x6E, 0x6F, 0x72, 0x73, 0x74: rank = 9
            case 0x0A, 0x22, 0x2F, 0x3C, 0x3D, 0x3E, 0x63, 0x64, 0x6C, 0x70: rank = 8
            case 0x61...0x7A: rank = 6
            case 0x2D, 0x2E, 0x3A, 0x3B, 0x30...0x39: rank = 5
            case 0x80...0xFF: rank = 3
            case 0x41...0x5A: rank = 2
            default: rank = 1
            }
            if rank < bestRank {
                best = place
                bestRank = rank
            }
        }
        return best
    }

    private static func findSlowly(_ needle: UnsafeRawBufferPointer, in hay: UnsafeRawBufferPointer, from: Int) -> Int? {
        var borders = [Int](repeating: 0, count: needle.count)
        var length = 0
        for index in 1..<max(1, needle.count) {
            while length > 0, needle[index] != needle[length] { length = borders[length - 1] }
            if needle[index] == needle[length] { length += 1 }
            borders[index] = length
        }
        length = 0
        for position in from..<max(from, hay.count) {
            while length > 0, hay[position] != needle[length] { length = borders[length - 1] }
            if hay[position] == needle[length] { length += 1 }
            if length == needle.count { return position - needle.count + 1 }
        }
        return nil
    }
}
