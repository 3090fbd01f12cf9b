/// Finds which of many words stand in a text, in one pass: what is absent need not be looked for again, word by word.
final class LiteralIndex: Sendable {
    /// Shorter words are left to the plain search.
    static let shortest = 4

    private let needles: [[UInt8]]
    private let numbers: [[UInt8]: Int]
    /// Where in its needle the four bytes stand that the scan looks for.
    private let offsets: [Int]
    private let buckets: [UInt32: [Int]]
    /// One bit per hash of four bytes: most places of a text are told apart by one look here.
    private let filter: [UInt64]

    init(_ words: [[UInt8]]) {
        var numbers: [[UInt8]: Int] = [:]
        var needles: [[UInt8]] = []
        for word in words where word.count >= LiteralIndex.shortest && numbers[word] == nil {
            numbers[word] = needles.count
            needles.append(word)
        }
        var offsets: [Int] = []
        var buckets: [UInt32: [Int]] = [:]
        var filter = [UInt64](repeating: 0, count: 1024)
        for (number, needle) in needles.enumerated() {
            // The rarest window so far: `<titl` would gather hundreds of words in one bucket.
            var best = 0
            var bestCount = Int.max
            for offset in 0...min(needle.count - 4, 24) {
                let count = buckets[LiteralIndex.window(needle, offset)]?.count ?? 0
                if count < bestCount {
                    best = offset
                    bestCount = count
                }
                if count == 0 { break }
            }
            let key = LiteralIndex.window(needle, best)
            offsets.append(best)
            buckets[key, default: []].append(number)
            let bit = LiteralIndex.hash(key)
            filter[Int(bit >> 6)] |= 1 << UInt64(bit & 63)
        }
        self.needles = needles
        self.numbers = numbers
        self.offsets = offsets
        self.buckets = buckets
        self.filter = filter
    }

    private static func window(_ bytes: [UInt8], _ at: Int) -> UInt32 {
        UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) << 16 | UInt32(bytes[at + 3]) << 24
    }

    @inline(__always)
    private static func hash(_ key: UInt32) -> UInt32 { (key &* 0x9E37_79B1) >> 16 }

    /// Which needles stand in `text`.
    func scan(_ text: [UInt8]) -> Presence {
        var found = [Bool](repeating: false, count: needles.count)
        text.withUnsafeBytes { bytes in
            filter.withUnsafeBufferPointer { filter in
                var position = 0
                while position + 4 <= bytes.count {
                    let key = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self))
                    let bit = LiteralIndex.hash(key)
                    if filter[Int(bit >> 6)] >> UInt64(bit & 63) & 1 == 1, let bucket = buckets[key] {
                        for number in bucket where !found[number] { found[number] = stands(number, bytes, position - offsets[number]) }
                    }
                    position += 1
                }
            }
        }
        return Presence(index: self, found: found)
    }

    private func stands(_ number: Int, _ bytes: UnsafeRawBufferPointer, _ start: Int) -> Bool {
        let needle = needles[number]
        guard start >= 0, start + needle.count <= bytes.count else { return false }
        for offset in needle.indices where bytes[start + offset] != needle[offset] { return false }
        return true
    }

    /// The answer of a scan.
    final class Presence: Sendable {
        private let index: LiteralIndex
        private let found: [Bool]

        init(index: LiteralIndex, found: [Bool]) {
            self.index = index
            self.found = found
        }

        /// Nil where the word was not in the index.
        func contains(_ word: [UInt8]) -> Bool? { index.numbers[word].map { found[$0] } }
    }
}
