import LogFormats

/// The segments of a path, each judged in one pass: a word of the program (a route), or something that may identify a record or a person.
struct PathSegments {
    struct Segment {
        var range: Range<Int>
        /// A word: letters, `-`, `_`, `.`, at most two digits, at most 24 bytes, beginning with a letter. Everything else is taken for an identifier.
        var isWord: Bool
        /// A file name's ending of two to five letters, kept for identifiers too: `{id}.csv`.
        var ending: Range<Int>?
        /// Equal for equal words, and for all identifiers with the same ending.
        var hash: UInt64
        /// The segment's value when it is a number of up to 18 digits, with or without an ending: `4711`, `4711.json`.
        var number: UInt64?
    }

    private let line: UnsafeRawBufferPointer
    private var position: Int
    private let end: Int

    init(_ line: UnsafeRawBufferPointer, _ path: Range<Int>) {
        self.line = line
        position = path.lowerBound
        end = path.upperBound
    }

    mutating func next() -> Segment? {
        while position < end, line[position] == 0x2F { position += 1 }
        guard position < end else { return nil }
        let start = position
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var digits = 0
        var others = 0
        var number: UInt64 = 0
        var dot: Int?
        var lettersSinceDot = true
        while position < end, line[position] != 0x2F {
            let byte = line[position]
            hash = (hash ^ UInt64(byte)) &* 0x0100_0000_01B3
            if byte &- 0x30 < 10 {
                digits += 1
                number = number &* 10 &+ UInt64(byte - 0x30)
                lettersSinceDot = false
            } else if (byte | 0x20) &- 0x61 < 26 {
            } else if byte == 0x2E {
                dot = position
                lettersSinceDot = true
            } else if byte == 0x2D || byte == 0x5F {
                lettersSinceDot = false
            } else {
                others += 1
            }
            position += 1
        }
        let length = position - start
        let isWord = others == 0 && digits <= 2 && length <= 24 && (line[start] | 0x20) &- 0x61 < 26
        var ending: Range<Int>?
        if let dot, lettersSinceDot, others == 0, (2...5).contains(position - dot - 1) { ending = (dot + 1)..<position }
        if !isWord {
            hash = 0x7B69_647D
            for index in ending ?? 0..<0 { hash = (hash ^ UInt64(line[index])) &* 0x0100_0000_01B3 }
        }
        let name = ending.map { $0.lowerBound - 1 - start } ?? length
        return Segment(
            range: start..<position, isWord: isWord, ending: ending, hash: hash, number: digits == name && (1...18).contains(digits) ? number : nil)
    }
}
