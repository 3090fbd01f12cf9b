/// Plain text that every match of a regular expression holds: what stands outside of groups, classes and alternatives, and is not optional.
enum ExpressionLiterals {
    static func runs(of pattern: [UInt8]) -> [[UInt8]] {
        var runs: [[UInt8]] = []
        var run: [UInt8] = []
        func close() {
            if !run.isEmpty { runs.append(run) }
            run.removeAll()
        }
        var depth = 0
        var index = 0
        while index < pattern.count {
            let byte = pattern[index]
            index += 1
            switch byte {
            case 0x28:
                close()
                depth += 1
            case 0x29:
                close()
                depth -= 1
            case 0x5B:
                close()
                index = classEnd(pattern, index)
            // An alternative outside of groups: nothing is sure to be there.
            case 0x7C where depth == 0: return []
            case 0x2A, 0x3F, 0x7B:
                // What comes before may be missing.
                if !run.isEmpty { run.removeLast() }
                close()
                if byte == 0x7B { while index < pattern.count, pattern[index - 1] != 0x7D { index += 1 } }
            case 0x2B, 0x2E, 0x5E, 0x24: close()
            case 0x5C:
                guard index < pattern.count else { return [] }
                let escaped = pattern[index]
                index += 1
                // Escaped punctuation stands for itself; letters and digits are classes, assertions, codes.
                if escaped < 0x80, !isWord(escaped) {
                    if depth == 0 { run.append(escaped) }
                } else if escaped == 0x51 || escaped == 0x78 || escaped == 0x6F || escaped == 0x63 || escaped == 0x70 || escaped == 0x50
                    || escaped == 0x4E
                {
                    // \Q…\E, \x41, \o{…}, \cX, \p{…}: followed by what is no text.
                    return []
                } else {
                    close()
                    // \012
                    while index < pattern.count, (0x30...0x39).contains(escaped), (0x30...0x39).contains(pattern[index]) { index += 1 }
                }
            default: if depth == 0 { run.append(byte) }
            }
        }
        close()
        return runs
    }

    private static func classEnd(_ pattern: [UInt8], _ start: Int) -> Int {
        var index = start
        if index < pattern.count, pattern[index] == 0x5E { index += 1 }
        if index < pattern.count, pattern[index] == 0x5D { index += 1 }
        while index < pattern.count, pattern[index] != 0x5D { index += pattern[index] == 0x5C ? 2 : 1 }
        return index + 1
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
    }
}
