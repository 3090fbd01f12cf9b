/// The sizes that a site answered one visitor's probes with, in a few bytes: a size that comes again and again for different paths is the page that the
/// site has for everything (single-page applications answer 200 to anything), and no find.
package struct ProbeAnswers: Sendable {
    private var sizes = SIMD4<UInt64>(repeating: 0)
    private var shapes = SIMD4<UInt64>(repeating: 0)
    /// 0: the place is free.
    private var counts = SIMD4<UInt32>(repeating: 0)

    /// Paths that were answered with one size from which on it is the page for everything.
    private static let fewest: UInt32 = 3
    /// Such pages differ by the path that they repeat.
    private static let tolerance: UInt64 = 64

    package init() {}

    /// Notes an answer with success to a probe. The same path again is no news.
    package mutating func note(_ bytes: UInt64, shape: UInt64) {
        let place = place(of: bytes) ?? rarest
        if counts[place] == 0 || !isAlike(sizes[place], bytes) {
            (sizes[place], counts[place], shapes[place]) = (bytes, 1, shape)
        } else if shapes[place] != shape {
            counts[place] &+= 1
            shapes[place] = shape
        }
    }

    package func isAnswerToAnything(_ bytes: UInt64) -> Bool { place(of: bytes).map { counts[$0] >= Self.fewest } ?? false }

    mutating func merge(_ other: ProbeAnswers) {
        for index in 0..<4 where other.counts[index] > 0 {
            if let place = place(of: other.sizes[index]) {
                counts[place] &+= other.counts[index]
            } else if counts[rarest] < other.counts[index] {
                let place = rarest
                (sizes[place], counts[place], shapes[place]) = (other.sizes[index], other.counts[index], other.shapes[index])
            }
        }
    }

    private var rarest: Int { (1..<4).reduce(0) { counts[$1] < counts[$0] ? $1 : $0 } }

    private func place(of bytes: UInt64) -> Int? { (0..<4).first { counts[$0] > 0 && isAlike(sizes[$0], bytes) } }

    private func isAlike(_ one: UInt64, _ other: UInt64) -> Bool { max(one, other) - min(one, other) <= Self.tolerance }
}
