package import Foundation
import Network
import Probes

/// What matters of a server's X.509 certificate (RFC 5280).
package struct ServerCertificate: Hashable, Sendable {
    package enum Key: Hashable, Sendable {
        /// Length of the modulus.
        case rsa(bits: Int)
        case dsa(bits: Int)
        case curve(name: String, bits: Int)
        case other

        package var name: String {
            switch self {
            case .rsa(let bits): "RSA \(bits)"
            case .dsa(let bits): "DSA \(bits)"
            case .curve(let name, _): name
            case .other: "?"
            }
        }
    }

    package struct Signature: Hashable, Sendable {
        package var name: String
        /// Made with MD2, MD5 or SHA-1.
        package var isWeak: Bool

        package init(name: String, isWeak: Bool) {
            self.name = name
            self.isWeak = isWeak
        }
    }

    /// Made harmless; nil when there is none.
    package var commonName: String?
    /// The issuer's common name, or organisation, made harmless.
    package var issuer: String?
    /// DNS names of the subject's alternative names, in lower case, as the server states them: to be shown through ``PeerText`` only.
    package var names: [String]
    /// Addresses among them, 4 or 16 bytes each.
    package var addresses: [[UInt8]]
    package var notBefore: Date
    package var notAfter: Date
    /// The issuer is the subject.
    package var isSelfIssued: Bool
    package var key: Key
    package var signature: Signature

    /// Whole days from `now` to the end, rounded down; negative after it.
    package func days(from now: Date) -> Int { Int((notAfter.timeIntervalSince(now) / 86_400).rounded(.down).clamped(to: -1e6...1e6)) }

    /// Whether it is for this name or address, by its alternative names only (RFC 9525 6.3): common names are no longer looked at by anybody.
    package func isFor(_ host: String) -> Bool {
        if let address = IPAddress(host) { return addresses.contains(address.bytes) }
        var host = host.lowercased()
        if host.hasSuffix(".") { host.removeLast() }
        return names.contains { Self.matches($0, host) }
    }

    /// A wildcard stands for the whole first label, and for one label only.
    private static func matches(_ name: String, _ host: String) -> Bool {
        guard name.hasPrefix("*.") else { return name == host }
        guard let point = host.firstIndex(of: "."), point > host.startIndex else { return false }
        let domain = name.dropFirst(2)
        return domain.contains(".") && host[host.index(after: point)...] == domain
    }

    /// What a certificate says of its owner, word by word as ``PeerText`` lets through; at most 64 characters.
    static func harmless(_ bytes: some Sequence<UInt8>) -> String? {
        let words = Array(bytes).prefix(256).split(separator: 0x20).compactMap { PeerText.version($0) }
        let text = words.joined(separator: " ").prefix(64)
        return text.isEmpty ? nil : String(text)
    }
}

extension Comparable {
    fileprivate func clamped(to range: ClosedRange<Self>) -> Self { min(max(self, range.lowerBound), range.upperBound) }
}
