/// SipHash-2-4 (Aumasson and Bernstein 2012) under a key that lives as long as the run: what is kept of a person can't be turned back,
/// nor be
/// compared with the next run.
package struct KeyedHash: Sendable {
    private let key: (UInt64, UInt64)

    /// A key of the system's random numbers.
    init() {
        var system = SystemRandomNumberGenerator()
        self.init(key: (system.next(), system.next()))
    }

    package init(key: (UInt64, UInt64)) { self.key = key }

    @inline(__always)
    func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var state = State(key: key)
        let whole = bytes.count & ~7
        var index = 0
        while index < whole {
            state.compress(UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian)
            index += 8
        }
        var last = UInt64(truncatingIfNeeded: bytes.count) << 56
        while index < bytes.count {
            last |= UInt64(bytes[index]) << UInt64((index - whole) * 8)
            index += 1
        }
        state.compress(last)
        return state.finish()
    }

    @inline(__always)
    package func hash(_ number: UInt64) -> UInt64 {
        var state = State(key: key)
        state.compress(number)
        state.compress(8 << 56)
        return state.finish()
    }

    private struct State {
        var v0: UInt64
        var v1: UInt64
        var v2: UInt64
        var v3: UInt64

        package init(key: (UInt64, UInt64)) {
            v0 = key.0 ^ 0x736f_6d65_7073_6575
            v1 = key.1 ^ 0x646f_7261_6e64_6f6d
            v2 = key.0 ^ 0x6c79_6765_6e65_7261
            v3 = key.1 ^ 0x7465_6462_7974_6573
        }

        @inline(__always)
        mutating func round() {
            v0 &+= v1
            v1 = v1 << 13 | v1 >> 51
            v1 ^= v0
            v0 = v0 << 32 | v0 >> 32
            v2 &+= v3
            v3 = v3 << 16 | v3 >> 48
            v3 ^= v2
            v0 &+= v3
            v3 = v3 << 21 | v3 >> 43
            v3 ^= v0
            v2 &+= v1
            v1 = v1 << 17 | v1 >> 47
            v1 ^= v2
            v2 = v2 << 32 | v2 >> 32
        }

        @inline(__always)
        mutating func compress(_ word: UInt64) {
            v3 ^= word
            round()
            round()
            v0 ^= word
        }

        @inline(__always)
        mutating func finish() -> UInt64 {
            v2 ^= 0xFF
            round()
            round()
            round()
            round()
            return v0 ^ v1 ^ v2 ^ v3
        }
    }
}
