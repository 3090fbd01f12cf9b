/// A stamp in whichever form an application writes it: ISO 8601, RFC 3164, the Common Log Format's, or a number since 1970.
package struct AnyStamp {
    private var iso: ISOStamp
    private var common = CommonLogStamp()
    private var yearless: YearlessClock

    package init(_ context: LogContext) {
        iso = ISOStamp(zone: context.zone, names: true)
        yearless = YearlessClock(zone: context.zone, modified: context.modified, newYears: context.newYears)
    }

    /// Seconds since 1970, UTC; nil when `span` of `text` doesn't begin with a stamp.
    package mutating func parse(_ text: UnsafeRawBufferPointer, _ span: Span) -> Int64? {
        guard !span.isNone, span.range.upperBound <= text.count else { return nil }
        let stamp = text.part(span.range)
        guard let first = stamp.first else { return nil }
        if first &- 0x30 < 10 {
            // Both are asked last: a number says nothing of itself.
            return iso.parse(stamp, at: 0)?.seconds ?? common.parse(stamp, at: 0) ?? EpochStamp.parse(stamp, at: 0)?.seconds
        }
        return YearlessStamp(stamp, at: 0).flatMap { yearless.utc($0) }
    }
}
