/// Sums of what lines say: a log that was forged can make them overflow, and then they stay as large as they can be.
enum Saturating {
    @inline(__always)
    static func sum<Number: FixedWidthInteger>(_ one: Number, _ other: Number) -> Number {
        let (sum, overflow) = one.addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }
}
