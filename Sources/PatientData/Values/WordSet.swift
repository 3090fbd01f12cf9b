/// A fixed set of short words, found in running text by their first or last character.
struct WordSet: Sendable {
    private let byFirst: [UInt32: [[UInt32]]]
    private let byLast: [UInt32: [[UInt32]]]

    /// - Parameter words: separated by white space. ASCII is matched as written.
    init(_ words: String) {
        self.init(words.split(whereSeparator: \.isWhitespace).map { $0.unicodeScalars.map(\.value) })
    }

    private init(_ words: [[UInt32]]) {
        // The longest first, so that the first hit is the longest.
        let sorted = words.filter { !$0.isEmpty }.sorted { $0.count > $1.count }
        byFirst = Dictionary(grouping: sorted) { $0.first ?? 0 }
        byLast = Dictionary(grouping: sorted) { $0.last ?? 0 }
    }

    /// How long the longest word is that begins at `index`; 0 when none does.
    func matchLength(in text: UnsafeBufferPointer<UInt32>, at index: Int) -> Int {
        guard let candidates = byFirst[text[index]] else { return 0 }
        return candidates.first { word in
            index + word.count <= text.count && word.indices.allSatisfy { word[$0] == text[index + $0] }
        }?.count ?? 0
    }

    /// Whether a word ends right before `end`.
    func endsMatch(in text: UnsafeBufferPointer<UInt32>, before end: Int) -> Bool {
        guard end > 0, end <= text.count, let candidates = byLast[text[end - 1]] else { return false }
        return candidates.contains { word in
            word.count <= end && word.indices.allSatisfy { word[$0] == text[end - word.count + $0] }
        }
    }
}
