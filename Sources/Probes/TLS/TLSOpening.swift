/// What comes before TLS on a connection.
///
/// MySQL isn't among them: a server counts handshakes that break off, and shuts a machine out after a hundred (`max_connect_errors`).
package enum TLSOpening: Hashable, Sendable {
    /// TLS from the first byte.
    case direct
    /// After an `SSLRequest` of PostgreSQL's protocol 3.0.
    case postgreSQL

    /// Empty when nothing is asked.
    package var request: [UInt8] {
        switch self {
        case .direct: []
        // Length 8, code 80877103.
        case .postgreSQL: [0, 0, 0, 8, 0x04, 0xD2, 0x16, 0x2F]
        }
    }

    /// Whether the peer consents to TLS. Exactly one byte: whatever came along with it was not sent inside TLS.
    package func isConsent(_ reply: [UInt8]) -> Bool {
        switch self {
        case .direct: false
        case .postgreSQL: reply == [UInt8(ascii: "S")]
        }
    }
}
