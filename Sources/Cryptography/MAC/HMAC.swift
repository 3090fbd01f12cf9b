import CGcrypt

/// HMAC (RFC 2104, FIPS 198-1; with SM3 also GB/T 15852.2) over libgcrypt, for one key. Both hashes give 32 bytes.
///
/// One instance serves one thread; it computes one value after the other and allocates nothing for them.
package final class HMAC {
    package enum Hash: Hashable, Sendable, CaseIterable {
        /// FIPS 180-4; known answers of RFC 4231.
        case sha256
        /// GB/T 32905-2016.
        case sm3

        fileprivate var libgcryptMAC: Int32 {
            switch self {
            case .sha256: Int32(GCRY_MAC_HMAC_SHA256.rawValue)
            case .sm3: Int32(GCRY_MAC_HMAC_SM3.rawValue)
            }
        }
    }

    package static let length = 32

    private let handle: gcry_mac_hd_t

    /// - Parameter key: of any length; at least 32 bytes for the full strength.
    package init(_ hash: Hash = .sha256, key: Secret) throws(CryptographyFailure) {
        guard Libgcrypt.ready else { throw .library(code: 0) }
        var opened: gcry_mac_hd_t?
        let code = gcry_mac_open(&opened, hash.libgcryptMAC, 0, nil)
        guard code == 0, let opened else { throw .library(code: code) }
        handle = opened
        let keyCode = key.withBytes { gcry_mac_setkey(opened, $0.baseAddress, $0.count) }
        guard keyCode == 0 else { throw .library(code: keyCode) }
    }

    // libgcrypt wipes the key's pads.
    deinit { gcry_mac_close(handle) }

    /// The 32 bytes for `message`.
    package func authenticate(_ message: [UInt8]) throws(CryptographyFailure) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: HMAC.length)
        let code = message.withUnsafeBytes { message in output.withUnsafeMutableBytes { compute(message, into: $0) } }
        guard code == 0 else { throw .library(code: code) }
        return output
    }

    /// Like ``authenticate(_:)``, without allocating.
    /// - Parameter output: 32 bytes.
    package func authenticate(_ message: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) throws(CryptographyFailure) {
        guard output.count == HMAC.length else { throw .wrongLength }
        let code = compute(message, into: output)
        guard code == 0 else { throw .library(code: code) }
    }

    @inline(__always)
    private func compute(_ message: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> gcry_error_t {
        var code = gcry_mac_ctl(handle, Int32(GCRYCTL_RESET.rawValue), nil, 0)
        if code == 0, !message.isEmpty { code = gcry_mac_write(handle, message.baseAddress, message.count) }
        var length = output.count
        if code == 0 { code = gcry_mac_read(handle, output.baseAddress, &length) }
        return code
    }
}
