/// Reads seconds, milliseconds, microseconds or nanoseconds since 1970; the number of digits tells which.
package enum EpochStamp {
    /// Seconds and where the number ends; nil when none stands at `at`, or when it means a time before 1973 or after 2286.
    ///
    /// A fraction (`1700000000.123`) is passed over.
    package static func parse(_ line: UnsafeRawBufferPointer, at: Int) -> (seconds: Int64, end: Int)? {
        guard at >= 0 else { return nil }
        var value: Int64 = 0
        var end = at
        while end < line.count, line[end] &- 0x30 < 10 {
            guard end - at < 19 else { return nil }
            value = value &* 10 &+ Int64(line[end] &- 0x30)
            end += 1
        }
        guard let seconds = seconds(value, digits: end - at) else { return nil }
        return (seconds, ISOStamp.fractionEnd(line, end))
    }

    /// Of a number whose unit nobody names.
    package static func seconds(_ value: Int64, digits: Int) -> Int64? {
        switch digits {
        case 9, 10: value >= 100_000_000 ? value : nil
        case 12, 13: value / 1_000
        case 15, 16: value / 1_000_000
        case 18, 19: value > 0 ? value / 1_000_000_000 : nil
        default: nil
        }
    }
}
