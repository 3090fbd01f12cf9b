import CGcrypt

/// Ed25519 (RFC 8032, "PureEdDSA") over libgcrypt, which computes with the private key in constant time.
package enum Ed25519 {
    /// Bytes of a public key, of a private key (RFC 8032's seed), and of a signature.
    package static let keyLength = 32
    package static let signatureLength = 64

    /// The order of the base point, little-endian (RFC 8032, section 5.1): 2^252 + 27742317777372353535851937790883648493.
    private static let order: [UInt8] = [
        0xED, 0xD3, 0xF5, 0x5C, 0x1A, 0x63, 0x12, 0x58, 0xD6, 0x9C, 0xF7, 0xA2, 0xDE, 0xF9, 0xDE, 0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0x10,
    ]

    /// A signature has one form: with a scalar of the group's order or more (section 5.1.7) it would verify as another one's twin.
    static func isCanonical(_ signature: [UInt8]) -> Bool {
        guard signature.count == signatureLength else { return false }
        return isLess(signature[32...], order)
    }

    /// Of little-endian numbers of one length, none of them secret.
    private static func isLess(_ number: some BidirectionalCollection<UInt8>, _ bound: [UInt8]) -> Bool {
        for (digit, other) in zip(number.reversed(), bound.reversed()) where digit != other { return digit < other }
        return false
    }
}

/// What verifies signatures.
package struct Ed25519PublicKey: Hashable, Sendable {
    /// 32 bytes, as RFC 8032 encodes a point (section 5.1.2).
    package let bytes: [UInt8]

    /// Nil for what is no point.
    package init?(_ bytes: some Collection<UInt8>) {
        let bytes = Array(bytes)
        guard Ed25519Point.isUsable(bytes) else { return nil }
        self.bytes = bytes
    }

    /// Whether `signature` was made over exactly `message` by this key's private half. Anything malformed is false.
    package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        guard Libgcrypt.ready, Ed25519.isCanonical(signature), message.count <= Int(Int32.max) else { return false }
        return bytes.withUnsafeBytes { point in
            signature.withUnsafeBytes { signature in
                message.withUnsafeBytes { message in
                    let (r, s) = (UnsafeRawBufferPointer(rebasing: signature[..<32]), UnsafeRawBufferPointer(rebasing: signature[32...]))
                    guard let key = try? SExpression("(public-key(ecc(curve Ed25519)(flags eddsa)(q%b)))", [point]),
                        let data = try? SExpression("(data(flags eddsa)(hash-algo sha512)(value%b))", [message]),
                        let value = try? SExpression("(sig-val(eddsa(r%b)(s%b)))", [r, s])
                    else { return false }
                    return gcry_pk_verify(value.handle, data.handle, key.handle) == 0
                }
            }
        }
    }
}

/// What signs. Its 32 secret bytes live in a ``Secret``, which is wiped with its last reference, and for the length of a call in libgcrypt's
/// secure memory.
package final class Ed25519PrivateKey: Sendable {
    package let publicKey: Ed25519PublicKey
    let seed: Secret

    /// A new one.
    package convenience init() throws(CryptographyFailure) { try self.init(seed: RandomBytes.secret(Ed25519.keyLength)) }

    /// - Parameter seed: RFC 8032's private key: 32 bytes.
    /// - Throws: `wrongLength`.
    package init(seed: Secret) throws(CryptographyFailure) {
        guard seed.count == Ed25519.keyLength else { throw .wrongLength }
        guard Libgcrypt.ready else { throw .library(code: 0) }
        self.seed = seed
        publicKey = try Self.publicKey(of: seed)
    }

    private static func publicKey(of seed: Secret) throws(CryptographyFailure) -> Ed25519PublicKey {
        let key = try SecureCopy(seed).withBytes { (seed) throws(CryptographyFailure) in
            try SExpression("(private-key(ecc(curve Ed25519)(flags eddsa)(d%b)))", [seed])
        }
        var context: gcry_ctx_t?
        let code = gcry_mpi_ec_new(&context, key.handle, nil)
        guard code == 0, let context else { throw .library(code: code) }
        defer { gcry_ctx_release(context) }
        guard let point = gcry_mpi_ec_get_mpi("q@eddsa", context, 1) else { throw .library(code: 0) }
        defer { gcry_mpi_release(point) }
        var bits: UInt32 = 0
        guard let bytes = gcry_mpi_get_opaque(point, &bits), bits == 256,
            let key = Ed25519PublicKey(UnsafeRawBufferPointer(start: bytes, count: Ed25519.keyLength))
        else { throw .library(code: 0) }
        return key
    }

    /// 64 bytes; the same message always gives the same signature.
    package func sign(_ message: [UInt8]) throws(CryptographyFailure) -> [UInt8] {
        guard message.count <= Int(Int32.max) else { throw .wrongLength }
        let point = publicKey.bytes
        let key = try SecureCopy(seed).withBytes { (seed) throws(CryptographyFailure) in
            try Self.expression("(private-key(ecc(curve Ed25519)(flags eddsa)(q%b)(d%b)))", point, seed)
        }
        let data = try Self.expression("(data(flags eddsa)(hash-algo sha512)(value%b))", message, nil)
        var made: gcry_sexp_t?
        let code = gcry_pk_sign(&made, data.handle, key.handle)
        guard code == 0, let made else { throw .library(code: code) }
        let signature = SExpression(taking: made)
        guard let r = signature.bytes(of: "r", count: 32), let s = signature.bytes(of: "s", count: 32) else { throw .library(code: 0) }
        return r + s
    }

    private static func expression(
        _ format: String, _ first: [UInt8], _ second: UnsafeRawBufferPointer?
    ) throws(CryptographyFailure) -> SExpression {
        let result = first.withUnsafeBytes { first in
            Result<SExpression, CryptographyFailure> { () throws(CryptographyFailure) in
                try SExpression(format, [first] + (second.map { [$0] } ?? []))
            }
        }
        return try result.get()
    }
}
