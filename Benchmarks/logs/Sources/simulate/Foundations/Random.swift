/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers for the same seed on every machine, and streams that don't disturb each other.
struct Random: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    /// A stream of its own: what one part of the world draws changes nothing of another.
    init(_ seed: UInt64, _ stream: String) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in stream.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        state = seed &* 0x9e37_79b9_7f4a_7c15 ^ hash
        _ = next()
    }

    @inline(__always)
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// 0 ..< bound.
    @inline(__always)
    mutating func below(_ bound: Int) -> Int { Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(max(1, bound))).high) }

    @inline(__always)
    mutating func within(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.upperBound - range.lowerBound + 1) }

    @inline(__always)
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    @inline(__always)
    mutating func chance(_ probability: Double) -> Bool { unit() < probability }

    @inline(__always)
    mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }

    /// Spread evenly over the orders of magnitude: slow and fast come alike.
    mutating func logarithmic(_ range: ClosedRange<Double>) -> Double {
        range.lowerBound * power(range.upperBound / range.lowerBound, unit())
    }

    /// Waiting time until the next of events that come at random, `mean` apart.
    mutating func exponential(_ mean: Double) -> Double { -mean * naturalLogarithm(1 - unit()) }

    /// A count around `mean` whose fraction is settled by chance.
    mutating func count(_ mean: Double) -> Int {
        let low = mean.rounded(.down)
        return Int(low) + (chance(mean - low) ? 1 : 0)
    }
}
