/// The digits of a value without its surface: full-width and Chinese digits (一三八, 〇, 幺) become plain ones; spaces, dashes, dots and brackets are noted as breaks;
/// zero-width characters vanish. Made on the stack; lives only as long as the closure that gets it.
struct DigitRun {
    /// ASCII digits; a check character `X` at most at the end.
    let digits: UnsafeBufferPointer<UInt8>
    /// Bit n: something stood between the digits n − 1 and n.
    let breaks: UInt64
    /// `+` stood before it.
    let isInternational: Bool

    /// Longer runs are no identifier.
    static let capacity = 40
    /// Longer values, in bytes, aren't looked at.
    private static let longestValue = 160

    /// Lends the digits of `value`; nil when it holds anything but digits and separators, or none or too many digits.
    @inline(__always)
    static func with<Result>(_ value: UnsafeBufferPointer<UInt8>, _ body: (DigitRun) -> Result) -> Result? {
        guard value.count <= longestValue else { return nil }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { buffer -> Result? in
            var reader = Reader(buffer: buffer)
            guard reader.read(value), reader.count > 0 else { return nil }
            let breaks = reader.breaks & ~(1 << UInt64(reader.count))
            return body(
                DigitRun(
                    digits: UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer)[0..<reader.count]), breaks: breaks,
                    isInternational: reader.isInternational))
        }
    }

    /// Whether breaks stand only where `mask` has bits, counted from digit `offset`.
    @inline(__always)
    func breaks(onlyAt mask: UInt64, from offset: Int = 0) -> Bool {
        breaks >> UInt64(offset) & ~(mask | 1) == 0
    }

    /// The run without its first digits.
    @inline(__always)
    func dropping(_ count: Int) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: digits[count...]) }

    @inline(__always)
    func starts(with prefix: StaticString) -> Bool {
        guard prefix.utf8CodeUnitCount <= digits.count else { return false }
        for index in 0..<prefix.utf8CodeUnitCount where prefix.utf8Start[index] != digits[index] { return false }
        return true
    }
}

private struct Reader {
    let buffer: UnsafeMutableBufferPointer<UInt8>
    var count = 0
    var breaks: UInt64 = 0
    var isInternational = false
    private var isClosed = false

    init(buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

    @inline(__always)
    mutating func read(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        while index < value.count {
            let byte = value[index]
            if byte &- 0x30 <= 9 {
                guard append(byte) else { return false }
                index += 1
            } else if byte < 0x80 {
                guard readASCII(byte) else { return false }
                index += 1
            } else {
                let used = readWide(value, at: index)
                guard used > 0 else { return false }
                index += used
            }
        }
        return true
    }

    @inline(__always)
    private mutating func append(_ digit: UInt8) -> Bool {
        guard count < DigitRun.capacity, !isClosed else { return false }
        buffer[count] = digit
        count += 1
        return true
    }

    private mutating func readASCII(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0D, 0x2D, 0x2E, 0x28, 0x29: addBreak(); return true
        case 0x58, 0x78: return appendX()
        case 0x2B: return setInternational()
        // What spreadsheets put around a number so that it stays a text: '110…, ="110…".
        case 0x27, 0x60,
            0x3D where count == 0:
            return true
        case 0x22:
            addBreak()
            return true
        default: return false
        }
    }

    /// How many bytes of a character beyond ASCII were understood.
    private mutating func readWide(_ value: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        if value[index] == 0xC2, index + 1 < value.count {
            switch value[index + 1] {
            case 0xA0: addBreak(); return 2  // no-break space
            case 0xAD: return 2  // soft hyphen
            default: return 0
            }
        }
        guard index + 2 < value.count else { return 0 }
        switch (value[index], value[index + 1], value[index + 2]) {
        case (0xEF, 0xBC, 0x90...0x99): return append(value[index + 2] - 0x90 + 0x30) ? 3 : 0
        case (0xE4...0xE9, _, _), (0xE3, 0x80, 0x87): return appendChinese(value, at: index) ? 3 : 0
        case (0xEF, 0xBC, 0xB8), (0xEF, 0xBD, 0x98): return appendX() ? 3 : 0
        case (0xEF, 0xBC, 0x8B): return setInternational() ? 3 : 0
        case (0xEF, 0xBC, 0x88...0x89), (0xEF, 0xBC, 0x8D...0x8E), (0xE3, 0x80, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0x90...0x95),
            (0xE2, 0x88, 0x92):
            addBreak()
            return 3
        // Zero-width and direction characters, byte order mark.
        case (0xE2, 0x80, 0x8B...0x8F), (0xE2, 0x80, 0xAA...0xAE), (0xE2, 0x81, 0xA0), (0xEF, 0xBB, 0xBF): return 3
        default: return 0
        }
    }

    /// 〇 and 零 to 九, as they are read out, with 幺 for one, and the forms that cheques are written in.
    private mutating func appendChinese(_ value: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        let scalar = UInt32(value[index] & 0x0F) << 12 | UInt32(value[index + 1] & 0x3F) << 6 | UInt32(value[index + 2] & 0x3F)
        let digit: UInt8
        switch scalar {
        case 0x3007, 0x96F6: digit = 0
        case 0x4E00, 0x5E7A, 0x58F9: digit = 1
        case 0x4E8C, 0x8D30: digit = 2
        case 0x4E09, 0x53C1: digit = 3
        case 0x56DB, 0x8086: digit = 4
        case 0x4E94, 0x4F0D: digit = 5
        case 0x516D, 0x9646: digit = 6
        case 0x4E03, 0x67D2: digit = 7
        case 0x516B, 0x634C: digit = 8
        case 0x4E5D, 0x7396: digit = 9
        default: return false
        }
        return append(0x30 + digit)
    }

    private mutating func addBreak() {
        if count > 0 { breaks |= 1 << UInt64(count) }
    }

    private mutating func appendX() -> Bool {
        guard count == 17, append(0x58) else { return false }
        isClosed = true
        return true
    }

    private mutating func setInternational() -> Bool {
        guard count == 0, !isInternational else { return false }
        isInternational = true
        return true
    }
}
