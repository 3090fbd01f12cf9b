/// Random numbers that a seed fixes for ever: SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
/// Not for anything secret.
struct SampleRandom {
    private var state: UInt64

    /// - Parameter stream: keeps generators of the same seed apart.
    init(seed: UInt64, stream: UInt64) {
        state = seed ^ (stream &* 0xD1B5_4A32_D192_ED03)
        _ = next()
        state ^= next() &* 0x9E37_79B9_7F4A_7C15
    }

    /// A generator of its own for each `stream`; this one stays as it is.
    @inline(__always)
    func derived(_ stream: UInt64) -> SampleRandom {
        // Mixed, since generators whose states lie a few steps apart would repeat each other.
        SampleRandom(state: SampleRandom.mixed(state ^ SampleRandom.mixed(stream &* 0x9E37_79B9_7F4A_7C15 &+ 1)))
    }

    private init(state: UInt64) { self.state = state }

    @inline(__always)
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return SampleRandom.mixed(state)
    }

    /// A permutation of the 64-bit numbers without visible pattern.
    @inline(__always)
    static func mixed(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// 0..<bound (Lemire's multiplication; the bias is below 2⁻³²).
    @inline(__always)
    mutating func below(_ bound: Int) -> Int {
        Int(truncatingIfNeeded: ((next() >> 32) &* UInt64(truncatingIfNeeded: max(1, bound))) >> 32)
    }

    /// True in `chance` of 10,000 cases.
    @inline(__always)
    mutating func happens(per10000 chance: Int) -> Bool { below(10_000) < chance }

    /// 0..<1.
    mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }
}
