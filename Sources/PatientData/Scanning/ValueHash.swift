/// A fast hash of 64 bits, the same in every run: for sketches and caches, whose results must not depend on a key. It is no protection of what
/// was hashed; what is kept of persons goes through ``KeyedHash``.
package enum ValueHash {
    private static let multipliers: (UInt64, UInt64, UInt64) = (0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB, 0x8EBC_6AF0_9C88_C6E3)

    /// Folds the product of 128 bits, as in wyhash (Wang Yi 2019): all bits of both factors reach all bits of the result.
    @inline(__always)
    private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }

    @inline(__always)
    package static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        guard let base = bytes.baseAddress.map(UnsafeRawPointer.init) else { return fold(multipliers.0, multipliers.1) }
        let count = bytes.count
        var state = multipliers.0 ^ UInt64(truncatingIfNeeded: count)
        var offset = 0
        while count - offset > 16 {
            state = fold(word(base, offset) ^ multipliers.1, word(base, offset + 8) ^ state)
            offset += 16
        }
        let rest = count - offset
        let low: UInt64
        let high: UInt64
        if rest >= 8 {
            low = word(base, offset)
            high = word(base, count - 8)
        } else if count >= 8 {
            // The last eight bytes, some of them for the second time.
            low = word(base, count - 8)
            high = 0
        } else {
            (low, high) = (short(base, count), 0)
        }
        return fold(fold(low ^ multipliers.1, high ^ state), multipliers.2)
    }

    @inline(__always)
    private static func word(_ base: UnsafeRawPointer, _ offset: Int) -> UInt64 {
        base.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
    }

    /// Fewer than eight bytes.
    @inline(__always)
    private static func short(_ base: UnsafeRawPointer, _ count: Int) -> UInt64 {
        var word: UInt64 = 0
        for index in 0..<count { word |= UInt64(base.load(fromByteOffset: index, as: UInt8.self)) << UInt64(index * 8) }
        return word
    }
}
