/// How long answers take, and how long to wait for one (RFC 6298 2, with a floor that suits probes rather than streams).
struct RoundTripEstimate: Sendable {
    /// Smoothed round-trip time and its variation, in nanoseconds; nil before the first sample.
    private var smoothed: (time: Int64, variation: Int64)?

    mutating func add(_ sample: Int64) {
        guard let (time, variation) = smoothed else {
            smoothed = (sample, sample / 2)
            return
        }
        smoothed = ((7 * time + sample) / 8, (3 * variation + abs(time - sample)) / 4)
    }

    /// Nil before the first sample.
    var timeout: Int64? { smoothed.map { $0.time + 4 * $0.variation } }
}
