/// UTF-8 as Unicode 15.0 table 3-7 has it: without surrogates, overlong forms, and what lies beyond U+10FFFF.
enum UTF8Check {
    enum Step {
        /// A well-formed sequence of so many bytes.
        case valid(Int)
        /// So many bytes that begin no sequence.
        case invalid(Int)
        /// The bytes end within a sequence.
        case cut
    }

    /// How many bytes from `start` on are ASCII.
    @inline(__always)
    static func asciiCount(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while index + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            guard word & 0x8080_8080_8080_8080 == 0 else { break }
            index += 8
        }
        while index < bytes.count, bytes[index] < 0x80 { index += 1 }
        return index - start
    }

    /// Looks at the sequence that begins with the byte at `index`.
    @inline(__always)
    static func step(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Step {
        let lead = bytes[index]
        var low: UInt8 = 0x80
        var high: UInt8 = 0xBF
        let length: Int
        switch lead {
        case 0x00...0x7F: return .valid(1)
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF:
            length = 3
            if lead == 0xE0 { low = 0xA0 }
            if lead == 0xED { high = 0x9F }
        case 0xF0...0xF4:
            length = 4
            if lead == 0xF0 { low = 0x90 }
            if lead == 0xF4 { high = 0x8F }
        default: return .invalid(1)
        }
        for offset in 1..<length {
            guard index + offset < bytes.count else { return .cut }
            let byte = bytes[index + offset]
            guard byte >= low, byte <= high else { return .invalid(offset) }
            (low, high) = (0x80, 0xBF)
        }
        return .valid(length)
    }

    /// How many bytes from the beginning are well formed; a sequence that is cut off at the end isn't.
    static func validCount(_ bytes: UnsafeRawBufferPointer) -> Int {
        var index = 0
        while index < bytes.count {
            index += asciiCount(bytes, from: index)
            guard index < bytes.count else { break }
            guard case .valid(let length) = step(bytes, index) else { return index }
            index += length
        }
        return index
    }

    static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    /// Appends `bytes` to `output`, with U+FFFD for what is ill-formed.
    /// - Parameter atEnd: whether nothing follows; then a sequence that is cut off is ill-formed.
    /// - Returns: how many bytes were used, and how many replacements were made.
    static func repair(_ bytes: UnsafeRawBufferPointer, atEnd: Bool, into output: inout [UInt8]) -> (used: Int, replaced: Int) {
        var index = 0
        var replaced = 0
        while index < bytes.count {
            let start = index
            let valid = validCount(UnsafeRawBufferPointer(rebasing: bytes[index...]))
            index += valid
            output.append(contentsOf: bytes[start..<index])
            guard index < bytes.count else { break }
            switch step(bytes, index) {
            case .valid(let length):
                output.append(contentsOf: bytes[index..<index + length])
                index += length
            case .invalid(let length):
                output.append(contentsOf: replacement)
                index += length
                replaced += 1
            case .cut:
                guard atEnd else { return (index, replaced) }
                output.append(contentsOf: replacement)
                index = bytes.count
                replaced += 1
            }
        }
        return (index, replaced)
    }
}
