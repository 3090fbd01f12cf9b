import Foundation

/// What the readers of database logs ask of bytes.
extension UnsafeRawBufferPointer {
    /// Where `text` begins at or after `start`; nil when it isn't there before `end`.
    func find(_ text: StaticString, from start: Int = 0, to end: Int? = nil) -> Int? {
        let end = Swift.min(end ?? count, count)
        guard start >= 0, let base = baseAddress else { return nil }
        var at = start
        while let hit = next(text.utf8Start.pointee, from: at, to: end) {
            guard end - hit >= text.utf8CodeUnitCount else { return nil }
            if memcmp(base + hit, text.utf8Start, text.utf8CodeUnitCount) == 0 { return hit }
            at = hit + 1
        }
        return nil
    }

    func isEqual(to text: StaticString) -> Bool { count == text.utf8CodeUnitCount && starts(with: text, at: 0) }

    func isEqual(to other: UnsafeRawBufferPointer) -> Bool {
        guard count == other.count else { return false }
        guard let base = baseAddress, let otherBase = other.baseAddress else { return true }
        return memcmp(base, otherBase, count) == 0
    }

    func isEqualIgnoringCase(to text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount, let base = baseAddress else { return count == text.utf8CodeUnitCount }
        return strncasecmp(base.assumingMemoryBound(to: CChar.self), UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self), count) == 0
    }

    /// Without the carriage return of a file that came from Windows.
    var withoutCarriageReturn: UnsafeRawBufferPointer { last == 0x0D ? part(0..<(count - 1)) : self }

    /// The decimal number at `start`, which stops growing at its bound instead of overflowing, and where it ends; nil when no digit stands there.
    func number(at start: Int) -> (value: Int64, end: Int)? {
        var (value, end): (Int64, Int) = (0, start)
        while end < count, end >= 0, self[end] &- 0x30 < 10 {
            value = value > Int64.max / 16 ? Int64.max / 16 : value * 10 + Int64(self[end] &- 0x30)
            end += 1
        }
        return end > start ? (value, end) : nil
    }

    /// A decimal number with a fraction, times 10 to the power of `places`: `12.5` with 3 places is 12,500. Later digits are cut off.
    func scaledNumber(at start: Int, places: Int) -> (value: Int64, end: Int)? {
        guard var (value, end) = number(at: start) else { return nil }
        var left = places
        func grow(_ digit: UInt8) { value = value > Int64.max / 16 ? Int64.max / 16 : value * 10 + Int64(digit) }
        if end < count, self[end] == 0x2E {
            end += 1
            while end < count, self[end] &- 0x30 < 10 {
                if left > 0 {
                    grow(self[end] &- 0x30)
                    left -= 1
                }
                end += 1
            }
        }
        for _ in 0..<left { grow(0) }
        return (value, end)
    }
}
