import Glibc

/// Comparisons of bytes without regard to the case of ASCII letters.
enum ByteMatching {
    @inline(__always)
    static func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

    /// - Parameter pattern: in lower case, unless `isCased`.
    @inline(__always)
    static func equals(_ text: UnsafePointer<UInt8>, _ pattern: UnsafePointer<UInt8>, _ count: Int, _ isCased: Bool) -> Bool {
        if isCased { return memcmp(text, pattern, count) == 0 }
        for index in 0..<count where lower(text[index]) != pattern[index] { return false }
        return true
    }

    /// Bytes of the character of UTF-8 that begins here; 1 for what is none.
    @inline(__always)
    static func characterLength(_ text: UnsafePointer<UInt8>, _ left: Int) -> Int {
        guard left > 0 else { return 0 }
        let length = text[0] < 0xC2 ? 1 : text[0] < 0xE0 ? 2 : text[0] < 0xF0 ? 3 : text[0] < 0xF5 ? 4 : 1
        guard length <= left else { return 1 }
        for index in 1..<max(1, length) where text[index] & 0xC0 != 0x80 { return 1 }
        return length
    }

    @inline(__always)
    static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

    /// Bytes of the dash that begins here; 0 when none does.
    @inline(__always)
    static func dashLength(_ text: UnsafePointer<UInt8>, _ left: Int) -> Int {
        guard left > 0 else { return 0 }
        if text[0] == 0x2D || text[0] == 0x2F { return 1 }
        // U+2013, U+2014, U+2015.
        return left >= 3 && text[0] == 0xE2 && text[1] == 0x80 && text[2] >= 0x93 && text[2] <= 0x95 ? 3 : 0
    }

    /// The whole of it, as an integer in decimal.
    static func integer(_ text: UnsafeRawBufferPointer) -> Int64? {
        guard text.count > 0, text.count <= 20 else { return nil }
        let isNegative = text[0] == 0x2D
        let start = isNegative || text[0] == 0x2B ? 1 : 0
        guard start < text.count else { return nil }
        var value: Int64 = 0
        for index in start..<text.count {
            guard text[index] &- 0x30 < 10 else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let digit = Int64(text[index] &- 0x30)
            let (sum, carried) = isNegative ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
            guard !overflow, !carried else { return nil }
            value = sum
        }
        return value
    }
}
