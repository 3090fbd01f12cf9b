/// A version of SSL, TLS or TLCP, by its number on the wire.
package enum TLSProtocolVersion: UInt16, CaseIterable, Comparable, Sendable {
    /// GB/T 38636-2020, and GM/T 0024-2014 before it.
    case tlcp = 0x0101
    case ssl3 = 0x0300
    case tls10 = 0x0301
    case tls11 = 0x0302
    case tls12 = 0x0303
    case tls13 = 0x0304

    package var name: String {
        switch self {
        case .tlcp: "TLCP"
        case .ssl3: "SSL 3.0"
        case .tls10: "TLS 1.0"
        case .tls11: "TLS 1.1"
        case .tls12: "TLS 1.2"
        case .tls13: "TLS 1.3"
        }
    }

    /// RFC 7568 forbids SSL 3.0, RFC 8996 forbids TLS 1.0 and 1.1.
    package var isForbidden: Bool { self == .ssl3 || self == .tls10 || self == .tls11 }

    package static func < (left: TLSProtocolVersion, right: TLSProtocolVersion) -> Bool { left.rawValue < right.rawValue }
}
