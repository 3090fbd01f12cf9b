import Foundation

/// A stamp of an access log in whichever form it comes: ISO 8601, the Common Log Format's, with or without brackets, or a number since 1970.
struct WebTime {
    private var iso: ISOStamp
    private var common = CommonLogStamp()

    init(_ zone: TimeZone) { iso = ISOStamp(zone: zone) }

    /// Seconds since 1970, UTC; nil when the text is no stamp from its first byte to its last.
    mutating func parse(_ text: UnsafeRawBufferPointer) -> Int64? {
        var text = text
        if text.first == 0x5B, text.last == 0x5D, text.count > 2 { text = text.part(1..<(text.count - 1)) }
        if let (seconds, end) = iso.parse(text, at: 0) { return end == text.count ? seconds : nil }
        if text.count == CommonLogStamp.length, let seconds = common.parse(text, at: 0) { return seconds }
        guard let (seconds, end) = EpochStamp.parse(text, at: 0), end == text.count else { return nil }
        return seconds
    }
}
