/// What one identity of a source did, in as much detail as detections need: an address, or an account.
///
/// Most addresses only ever ask for a page or two: they have a light record (``ActorTable``) and none of these.
package struct ActorDetail: Sendable {
    /// The identity: an address's bits, or 0 and an account's hash.
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Whether the event makes an identity worth a detail of its own.
    /// - Parameters:
    ///   - requests: how many events the identity had before.
    ///   - misses: how many of them were answered 4xx.
    package static func deserves(_ digest: EventDigest, requests: UInt32, misses: UInt32) -> Bool { false }

    /// How much there is to lose when memory runs short and this detail must go: the least goes first.
    package var weight: UInt64 { 0 }

    package mutating func count(_ digest: EventDigest, _ settings: DetectionSettings) {}
}
