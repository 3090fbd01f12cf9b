import Glibc

/// What functions take from outside: random numbers and the time. Tests give both.
package final class EvaluationEnvironment {
    private var random: AnyGenerator
    /// Seconds since 1970.
    package let now: () -> Double

    package init(random: any RandomNumberGenerator = SystemRandomNumberGenerator(), now: @escaping () -> Double = { Double(time(nil)) }) {
        self.random = AnyGenerator(base: random)
        self.now = now
    }

    /// A number of `range`.
    func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    /// `count` characters of `alphabet`.
    func text(_ count: Int, of alphabet: [UInt8]) -> [UInt8] {
        guard !alphabet.isEmpty else { return [] }
        return (0..<max(0, count)).map { _ in alphabet[number(0...(alphabet.count - 1))] }
    }
}

/// A generator of any kind.
private struct AnyGenerator: RandomNumberGenerator {
    var base: any RandomNumberGenerator

    mutating func next() -> UInt64 { base.next() }
}
