/// Texts, one behind the other, to be copied into columns without making strings.
struct ByteTable {
    private(set) var bytes: [UInt8] = []
    private(set) var offsets: [Int] = [0]

    init(_ texts: some Sequence<String>) {
        for text in texts {
            bytes.append(contentsOf: text.utf8)
            offsets.append(bytes.count)
        }
    }

    /// - Parameter words: separated by white space.
    init(words: String) { self.init(words.split(whereSeparator: \.isWhitespace).lazy.map(String.init)) }

    var count: Int { offsets.count - 1 }

    /// Bytes of the longest text.
    var longest: Int { zip(offsets.dropFirst(), offsets).map { $0 - $1 }.max() ?? 0 }

    @inline(__always)
    func append(_ index: Int, to target: inout ByteCursor) {
        let range = offsets[index]..<offsets[index + 1]
        bytes.withUnsafeBufferPointer { target.append(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    /// Appends one of the texts, each as likely as the others.
    @inline(__always)
    func appendAny(to target: inout ByteCursor, _ random: inout SampleRandom) { append(random.below(count), to: &target) }

    func append(_ index: Int, to target: inout [UInt8]) {
        let start = offsets[index]
        let end = offsets[index + 1]
        bytes.withUnsafeBufferPointer { target.append(contentsOf: UnsafeBufferPointer(rebasing: $0[start..<end])) }
    }
}

extension [UInt8] {
    /// Appends `value` in decimal with at least `width` digits.
    mutating func appendDecimal(_ value: Int, width: Int = 1) {
        var rest = Swift.max(0, value)
        var length = 1
        var limit = 10
        while length < 19, rest >= limit {
            length += 1
            limit *= 10
        }
        length = Swift.max(length, width)
        let start = count
        append(contentsOf: repeatElement(0x30, count: length))
        var position = start + length - 1
        while rest > 0 {
            self[position] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
            position -= 1
        }
    }
}
