/// A fixed set of short words, found in running text by their first or last character.
struct WordSet: Sendable {
    private let byFirst: Side
    private let byLast: Side

    /// - Parameter words: separated by white space. ASCII is matched as written.
    init(_ words: String) {
        self.init(words.split(whereSeparator: \.isWhitespace).map { $0.unicodeScalars.map(\.value) })
    }

    init(_ words: [[UInt32]]) {
        // The longest first, so that the first hit is the longest.
        let sorted = words.filter { !$0.isEmpty }.sorted { $0.count > $1.count }
        byFirst = Side(sorted) { $0.first ?? 0 }
        byLast = Side(sorted) { $0.last ?? 0 }
    }

    /// How long the longest word is that begins at `index`; 0 when none does.
    @inline(__always)
    func matchLength(in text: UnsafeBufferPointer<UInt32>, at index: Int) -> Int {
        guard let range = byFirst.words(at: text[index]) else { return 0 }
        for word in range {
            let length = byFirst.length(word)
            if index + length <= text.count, byFirst.equals(word, text, at: index) { return length }
        }
        return 0
    }

    /// Whether a word ends right before `end`.
    @inline(__always)
    func endsMatch(in text: UnsafeBufferPointer<UInt32>, before end: Int) -> Bool {
        guard end > 0, end <= text.count, let range = byLast.words(at: text[end - 1]) else { return false }
        for word in range {
            let length = byLast.length(word)
            if length <= end, byLast.equals(word, text, at: end - length) { return true }
        }
        return false
    }

    /// Whether the whole text is one of the words.
    func isWhole(_ text: UnsafeBufferPointer<UInt32>) -> Bool {
        guard let first = text.first, let range = byFirst.words(at: first) else { return false }
        return range.contains { byFirst.length($0) == text.count && byFirst.equals($0, text, at: 0) }
    }

    /// Words by one of their characters: an open hash table, as most lookups are in vain and must cost next to nothing.
    private struct Side: Sendable {
        /// Scalar in the upper half, below it the number of the first word and how many there are; 0 for a free slot.
        private var slots: [UInt64]
        private let shift: UInt32
        private var letters: [UInt32] = []
        /// Where each word's letters begin; one more than there are words.
        private var starts: [Int32] = [0]

        init(_ words: [[UInt32]], by key: ([UInt32]) -> UInt32) {
            let groups = Dictionary(grouping: words, by: key)
            var bits: UInt32 = 3
            while 1 << Int(bits) < groups.count * 2 { bits += 1 }
            shift = 32 - bits
            slots = [UInt64](repeating: 0, count: 1 << Int(bits))
            var number = 0
            for (scalar, group) in groups.sorted(by: { $0.key < $1.key }) {
                var slot = Int((scalar &* 0x9E37_79B1) >> shift)
                while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
                slots[slot] = UInt64(scalar) << 32 | UInt64(truncatingIfNeeded: number) << 12 | UInt64(truncatingIfNeeded: group.count & 0xFFF)
                for word in group {
                    letters += word
                    starts.append(Int32(truncatingIfNeeded: letters.count))
                }
                number += group.count
            }
        }

        @inline(__always)
        func words(at scalar: UInt32) -> Range<Int>? {
            var slot = Int((scalar &* 0x9E37_79B1) >> shift)
            while true {
                let entry = slots[slot]
                if entry == 0 { return nil }
                if UInt32(truncatingIfNeeded: entry >> 32) == scalar {
                    let first = Int(entry >> 12 & 0xF_FFFF)
                    return first..<first + Int(entry & 0xFFF)
                }
                slot = (slot + 1) & (slots.count - 1)
            }
        }

        @inline(__always)
        func length(_ word: Int) -> Int { Int(starts[word + 1] - starts[word]) }

        @inline(__always)
        func equals(_ word: Int, _ text: UnsafeBufferPointer<UInt32>, at index: Int) -> Bool {
            let start = Int(starts[word])
            for offset in 0..<length(word) where letters[start + offset] != text[index + offset] { return false }
            return true
        }
    }
}
