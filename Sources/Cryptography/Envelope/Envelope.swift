/// How envelopes lie in the store.
package enum EnvelopeForm: Hashable, Sendable, CaseIterable {
    /// `suwen:1:` and the binary envelope in base64url without padding: for text columns.
    case text
    /// For `bytea`, `blob`, `varbinary`.
    case binary

    /// Bytes of the envelope of a value of `length` bytes.
    package func envelopeLength(of length: Int) -> Int {
        switch self {
        case .text: Envelope.textPrefixLength + Base64URL.encodedLength(of: length + Envelope.overhead)
        case .binary: length + Envelope.overhead
        }
    }
}

/// The layout of a sealed cell, version 1:
///
///     0   magic        53 57 ("SW")
///     2   version      01
///     3   algorithm    SealingAlgorithm
///     4   key id       4 bytes, big-endian
///     8   nonce        12 bytes
///     20  ciphertext   as long as the plaintext
///     …   tag          16 bytes
///
/// The associated data is the canonical list (``LengthPrefixed``) of: the format's name `suwen/1`, the 8 header bytes, the column's logical name, the
/// primary key's bytes. So no part of it and no cell as a whole can be changed, or moved to another row or column, without being noticed.
package enum Envelope {
    package static let version: UInt8 = 1
    package static let headerLength = 8
    package static let nonceLength = AEAD.nonceLength
    package static let tagLength = AEAD.tagLength
    /// Bytes that an envelope has more than its plaintext: 36.
    package static let overhead = headerLength + nonceLength + tagLength
    static let formatName = "suwen/1"
    static let magic: (UInt8, UInt8) = (0x53, 0x57)
    static let textPrefix: StaticString = "suwen:1:"
    static let textPrefixLength = 8

    package struct Header: Hashable, Sendable {
        package let algorithm: SealingAlgorithm
        package let keyID: UInt32

        package init(algorithm: SealingAlgorithm, keyID: UInt32) {
            self.algorithm = algorithm
            self.keyID = keyID
        }

        /// Reads the header of a binary envelope.
        @inline(__always)
        init(_ bytes: UnsafeRawBufferPointer) throws(SealingFailure) {
            guard bytes.count >= 2, bytes[0] == Envelope.magic.0, bytes[1] == Envelope.magic.1 else { throw .malformed }
            guard bytes.count >= Envelope.headerLength else { throw .truncated }
            guard bytes[2] == Envelope.version else { throw .unknownVersion }
            guard let algorithm = SealingAlgorithm(rawValue: bytes[3]) else { throw .unknownAlgorithm }
            self.algorithm = algorithm
            keyID = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
        }

        var bytes: [UInt8] {
            [Envelope.magic.0, Envelope.magic.1, Envelope.version, algorithm.rawValue]
                + (0..<4).map { UInt8(truncatingIfNeeded: keyID >> (24 - $0 * 8)) }
        }
    }

    /// Whether the bytes begin with the text form's prefix.
    @inline(__always)
    static func isText(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= textPrefixLength else { return false }
        return bytes.loadUnaligned(as: UInt64.self) == UnsafeRawPointer(textPrefix.utf8Start).loadUnaligned(as: UInt64.self)
    }

    /// The header of an envelope in either form. Says nothing about the rest.
    package static func header(of envelope: UnsafeRawBufferPointer) throws(SealingFailure) -> Header {
        guard isText(envelope) else { return try Header(envelope) }
        // 11 characters hold the 8 bytes; the twelfth completes the group.
        let text = UnsafeRawBufferPointer(rebasing: envelope[textPrefixLength..<min(envelope.count, textPrefixLength + 12)])
        guard text.count == 12 else { throw .truncated }
        var head: (UInt64, UInt64) = (0, 0)
        let valid = withUnsafeMutableBytes(of: &head) { Base64URL.decode(text, into: $0) }
        guard valid else { throw .malformed }
        let bytes = head
        let result = withUnsafeBytes(of: bytes) { bytes in
            Result<Header, SealingFailure> { () throws(SealingFailure) in try Header(UnsafeRawBufferPointer(rebasing: bytes[..<9])) }
        }
        return try result.get()
    }
}
