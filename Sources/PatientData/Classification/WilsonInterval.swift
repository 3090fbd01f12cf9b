/// The 95 % confidence interval of a share (Wilson 1927): sound for small samples and for shares near 0 and 1.
package struct WilsonInterval: Hashable, Sendable {
    package var lower: Double
    package var upper: Double

    /// - Parameters:
    ///   - matches: of `total`; a total of 0 gives 0…1.
    ///   - isComplete: the sample is everything there is: the interval has no width.
    package init(matches: Int, of total: Int, isComplete: Bool = false) {
        guard total > 0 else {
            (lower, upper) = (0, 1)
            return
        }
        let share = Double(matches) / Double(total)
        guard !isComplete else {
            (lower, upper) = (share, share)
            return
        }
        let z = 1.959_963_985
        let n = Double(total)
        let centre = share + z * z / (2 * n)
        let spread = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        let scale = 1 + z * z / n
        lower = max(0, (centre - spread) / scale)
        upper = min(1, (centre + spread) / scale)
    }
}
