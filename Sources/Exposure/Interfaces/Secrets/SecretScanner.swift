package import Foundation

/// Finds secrets in a page or script by their structure. Strict: what has a check digit, a decoded form or a length of its own is checked by it, and
/// what stands for a secret isn't one.
package struct SecretScanner: Sendable {
    let now: Date
    private static let mostHits = 50

    package init(now: Date) { self.now = now }

    /// In the order of their places; each place once.
    package func hits(in bytes: [UInt8]) -> [SecretHit] {
        let text = SecretText(bytes)
        let certain =
            PrivateKeyDetector.hits(text) + CloudKeyDetector.hits(text) + JWTDetector.hits(text, now: now) + URLCredentialsDetector.hits(text)
        var hits: [SecretHit] = []
        var covered: [Range<Int>] = []
        for hit in certain + AuthorizationDetector.hits(text) + AssignmentDetector.hits(text) {
            let range = hit.offset..<(hit.offset + max(1, hit.length))
            guard !covered.contains(where: { $0.overlaps(range) }) else { continue }
            // The secret that belongs to a cloud key is told with the key.
            if hit.kind == .assignedSecret, hits.contains(where: { $0.kind.isCloudKey && abs($0.offset - hit.offset) < 600 }) { continue }
            covered.append(range)
            hits.append(hit)
            guard hits.count < Self.mostHits else { break }
        }
        return hits.sorted { $0.offset < $1.offset }
    }
}

extension SecretHit.Kind {
    fileprivate var isCloudKey: Bool { self == .aliyunKey || self == .tencentKey || self == .awsKey }
}
