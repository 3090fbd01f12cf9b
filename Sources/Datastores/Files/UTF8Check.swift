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

    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// How many bytes from `start` on are ASCII.
    @inline(__always)
    static func asciiCount(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        var index = start
        while index + 64 <= bytes.count {
            let words = base.loadUnaligned(fromByteOffset: index, as: SIMD8<UInt64>.self)
            let half = words.lowHalf | words.highHalf
            let quarter = half.lowHalf | half.highHalf
            guard (quarter[0] | quarter[1]) & highBits == 0 else { break }
            index += 64
        }
        while index + 8 <= bytes.count {
            let high = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self)) & highBits
            guard high == 0 else { return index + high.trailingZeroBitCount >> 3 - start }
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
        guard let base = bytes.baseAddress else { return 0 }
        var index = asciiCount(bytes, from: 0)
        // A wide step looks at the three bytes before it.
        while index < min(3, bytes.count) {
            guard case .valid(let length) = step(bytes, index) else { return index }
            index += length
        }
        while index + UTF8Block.length <= bytes.count, UTF8Block.isWellFormed(base + index) { index += UTF8Block.length }
        // Back to the beginning of the character that the last step may have cut.
        index = lastBeginning(bytes, before: index)
        while index < bytes.count {
            index += asciiCount(bytes, from: index)
            guard index < bytes.count else { break }
            guard case .valid(let length) = step(bytes, index) else { return index }
            index += length
        }
        return index
    }

    /// Where the character begins, of at most four bytes, to which the byte before `end` belongs.
    private static func lastBeginning(_ bytes: UnsafeRawBufferPointer, before end: Int) -> Int {
        var index = end
        for _ in 0..<4 where index > 0 {
            index -= 1
            if bytes[index] & 0xC0 != 0x80 { return index }
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

/// Some bytes, looked at all at once.
enum UTF8Block {
    static let length = 64

    /// Whether the 64 bytes at `bytes` continue well what the three before them begin. What the last three begin is left to the next block.
    @inline(__always)
    static func isWellFormed(_ bytes: UnsafeRawPointer) -> Bool {
        let before = (bytes - 3).loadUnaligned(as: UInt16.self) | UInt16((bytes - 1).load(as: UInt8.self))
        let block = bytes.loadUnaligned(as: SIMD8<UInt64>.self)
        let half = block.lowHalf | block.highHalf
        let quarter = half.lowHalf | half.highHalf
        if (quarter[0] | quarter[1]) & 0x8080_8080_8080_8080 == 0, before & 0x8080 == 0 { return true }
        let errors = errors(bytes) .| errors(bytes + 16) .| errors(bytes + 32) .| errors(bytes + 48)
        let lanes = unsafeBitCast(errors, to: SIMD2<UInt64>.self)
        return lanes[0] | lanes[1] == 0
    }

    private typealias Bytes = SIMD16<UInt8>

    @inline(__always)
    private static func errors(_ bytes: UnsafeRawPointer) -> SIMDMask<SIMD16<Int8>> {
        let this = bytes.loadUnaligned(as: Bytes.self)
        let first = (bytes - 1).loadUnaligned(as: Bytes.self)
        let second = (bytes - 2).loadUnaligned(as: Bytes.self)
        let third = (bytes - 3).loadUnaligned(as: Bytes.self)
        let continues = (this & Bytes(repeating: 0xC0)) .== Bytes(repeating: 0x80)
        let mustContinue =
            (first .>= Bytes(repeating: 0xC0)) .| (second .>= Bytes(repeating: 0xE0)) .| (third .>= Bytes(repeating: 0xF0))
        let never = ((this & Bytes(repeating: 0xFE)) .== Bytes(repeating: 0xC0)) .| (this .>= Bytes(repeating: 0xF5))
        let overlong =
            ((first .== Bytes(repeating: 0xE0)) .& (this .< Bytes(repeating: 0xA0)))
            .| ((first .== Bytes(repeating: 0xF0)) .& (this .< Bytes(repeating: 0x90)))
        let outside =
            ((first .== Bytes(repeating: 0xED)) .& (this .> Bytes(repeating: 0x9F)))
            .| ((first .== Bytes(repeating: 0xF4)) .& (this .> Bytes(repeating: 0x8F)))
        return (continues .^ mustContinue) .| never .| overlong .| outside
    }
}
