/// How many parts an expression has when its counted repetitions are written out: `(a{100}){100}` is five bytes of text and 10,000 states.
enum ExpressionSize {
    /// - Throws: ``PatternSet/CompileError`` for what means something else over bytes than over characters: a class or a repetition of
    ///   characters that have several bytes.
    static func estimate(_ pattern: [UInt8]) throws(PatternSet.CompileError) -> Int {
        // One running sum for every open group.
        var sums = [0]
        var last = 0
        var index = 0
        while index < pattern.count {
            let byte = pattern[index]
            switch byte {
            case 0x28:
                guard sums.count < 200 else { throw PatternSet.CompileError(description: "groups nested deeper than 200") }
                sums[sums.count - 1] = plus(sums[sums.count - 1], last)
                sums.append(0)
                last = 0
                index += 1
            case 0x29:
                let group = plus(sums.count > 1 ? sums.removeLast() : 0, last)
                last = group
                index += 1
            case 0x7B, 0x2A, 0x2B, 0x3F:
                if index > 0, pattern[index - 1] >= 0x80 {
                    throw PatternSet.CompileError(description: "a repetition of a character that is not ASCII")
                }
                if byte == 0x7B, let (most, end) = count(pattern, index) {
                    last = times(last, max(1, most))
                    index = end
                } else {
                    index += 1
                }
            default:
                sums[sums.count - 1] = plus(sums[sums.count - 1], last)
                last = 1
                index = try skipPart(pattern, index)
            }
        }
        return sums.reduce(last, plus)
    }

    /// One character, escape, or class.
    private static func skipPart(_ pattern: [UInt8], _ start: Int) throws(PatternSet.CompileError) -> Int {
        if pattern[start] == 0x5C { return start + 2 }
        guard pattern[start] == 0x5B else { return start + 1 }
        var index = start + 1
        if index < pattern.count, pattern[index] == 0x5E { index += 1 }
        // A bracket that comes first stands for itself.
        if index < pattern.count, pattern[index] == 0x5D { index += 1 }
        while index < pattern.count, pattern[index] != 0x5D {
            if pattern[index] >= 0x80 { throw PatternSet.CompileError(description: "a class with a character that is not ASCII") }
            index += pattern[index] == 0x5C ? 2 : 1
        }
        return index + 1
    }

    /// The larger number of `{n}`, `{n,}`, `{n,m}`, and where it ends.
    private static func count(_ pattern: [UInt8], _ start: Int) -> (most: Int, end: Int)? {
        var numbers = [0]
        var index = start + 1
        while index < pattern.count, pattern[index] != 0x7D {
            switch pattern[index] {
            case 0x30...0x39: numbers[numbers.count - 1] = plus(times(numbers[numbers.count - 1], 10), Int(pattern[index] - 0x30))
            case 0x2C: numbers.append(0)
            default: return nil
            }
            index += 1
        }
        return index < pattern.count ? (numbers.max() ?? 0, index + 1) : nil
    }

    private static func plus(_ a: Int, _ b: Int) -> Int { a > 1 << 40 || b > 1 << 40 ? 1 << 41 : a + b }
    private static func times(_ a: Int, _ b: Int) -> Int {
        let (product, overflow) = a.multipliedReportingOverflow(by: b)
        return overflow ? 1 << 41 : min(product, 1 << 41)
    }
}
