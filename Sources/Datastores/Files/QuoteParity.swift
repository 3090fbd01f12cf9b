/// Looks through delimited text for its quotation marks alone: as long as each of them opens a field, closes one or is doubled, a line break
/// ends a record when an even number of them stands before it.
struct QuoteParity {
    let delimiter: UInt8

    /// In a text that begins with a record: the end of the first record that ends with a LF at or behind `target`, else of the last one that
    /// does, 0 for none; nil when a quotation mark stands within a field, where only a reader of every field tells what it means.
    func recordEnd(_ text: UnsafeRawBufferPointer, atOrBehind target: Int) -> Int? {
        guard var state = State.behind(text, upTo: target, delimiter: delimiter) else { return nil }
        var index = state.index
        while index < text.count {
            let byte = text[index]
            if byte == 0x22 {
                state.isInside.toggle()
                guard !state.isInside || state.canOpen else { return nil }
                state.canOpen = !state.isInside
            } else {
                if byte == 0x0A, !state.isInside, index + 1 >= target { return index + 1 }
                state.canOpen = byte == delimiter || byte == 0x0A || byte == 0x0D
            }
            index += 1
        }
        var isInside = state.isInside
        while index > 0 {
            index -= 1
            if text[index] == 0x22 { isInside.toggle() } else if text[index] == 0x0A, !isInside { return index + 1 }
        }
        return 0
    }

    private struct State {
        var index = 0
        /// Between quotation marks.
        var isInside = false
        /// Whether the next byte may be a quotation mark that opens a field, or goes on with one.
        var canOpen = true

        /// After whole blocks of 64 bytes, short of `target`; nil when a quotation mark stands within a field.
        static func behind(_ text: UnsafeRawBufferPointer, upTo target: Int, delimiter: UInt8) -> State? {
            guard let base = text.baseAddress else { return State() }
            let delimiter = SIMD16<UInt8>(repeating: delimiter)
            let end = min(target - 1, text.count)
            var index = 0
            var carry: UInt64 = 0
            var before: UInt64 = 1
            while index + 64 <= end {
                let (quotes, breaks) = masks(base + index, delimiter)
                // Each bit is the parity of those up to it.
                var inside = quotes
                inside ^= inside << 1
                inside ^= inside << 2
                inside ^= inside << 4
                inside ^= inside << 8
                inside ^= inside << 16
                inside ^= inside << 32
                inside ^= carry
                let opening = quotes & inside
                let separating = breaks | (quotes & ~inside)
                guard opening & ~(separating << 1 | before) == 0 else { return nil }
                before = separating >> 63
                carry = inside >> 63 == 0 ? 0 : .max
                index += 64
            }
            return State(index: index, isInside: carry != 0, canOpen: before != 0)
        }

        @inline(__always)
        private static func masks(_ bytes: UnsafeRawPointer, _ delimiter: SIMD16<UInt8>) -> (quotes: UInt64, breaks: UInt64) {
            var quotes: UInt64 = 0
            var breaks: UInt64 = 0
            for part in 0..<4 {
                let vector = bytes.loadUnaligned(fromByteOffset: 16 * part, as: SIMD16<UInt8>.self)
                let isBreak =
                    (vector .== delimiter) .| (vector .== SIMD16<UInt8>(repeating: 0x0A)) .| (vector .== SIMD16<UInt8>(repeating: 0x0D))
                quotes |= StructuralMask.mask(vector .== SIMD16<UInt8>(repeating: 0x22)) << UInt64(16 * part)
                breaks |= StructuralMask.mask(isBreak) << UInt64(16 * part)
            }
            return (quotes, breaks)
        }
    }
}
