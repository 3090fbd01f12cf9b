import Glibc

/// Seals and opens the cells of one column under one generation of its key. What is sealed is bound to the column's name and the row's primary key.
///
/// Not for NULL, which stays NULL; an empty value becomes an envelope like any other. One instance serves one thread, keeps its memory between
/// cells, and wipes it when it goes. A key must seal fewer than 2^32 cells (NIST SP 800-38D, section 8.3): whoever calls counts.
package final class CellSealer {
    package let keyID: UInt32
    package let form: EnvelopeForm
    private let cipher: AEAD
    private let header: [UInt8]
    private var nonces = NonceSource()
    /// The beginning of the associated data, the same for each cell, and behind it the row's.
    private var associated: Scratch
    private let associatedPrefix: Int
    private var scratch = Scratch(capacity: 512)

    /// - Parameter column: the logical name, which doesn't change when the store's table is copied or renamed.
    /// - Throws: ``SealingFailure/wrongLength`` for a key shorter than 32 bytes.
    package init(key: DataKey, column: String, form: EnvelopeForm) throws(SealingFailure) {
        do {
            let subkey = try key.subkey(for: .seal, [key.algorithm.name, column], count: key.algorithm.keyLength)
            cipher = try AEAD(key.algorithm, key: subkey)
        } catch {
            throw SealingFailure(error)
        }
        keyID = key.id
        self.form = form
        header = Envelope.Header(algorithm: key.algorithm, keyID: key.id).bytes
        // Everything up to the bytes of the primary key, whose length is written for each row.
        let parts = [Array(Envelope.formatName.utf8), header, Array(column.utf8), []]
        let prefix = LengthPrefixed.encode(parts)
        associated = Scratch(capacity: prefix.count + 256)
        associatedPrefix = prefix.count
        associated.bytes.copyBytes(from: prefix)
    }

    /// Appends the envelope of a value. Allocates nothing when `output` has the capacity.
    /// - Parameter primaryKey: the bytes of ``PrimaryKeyBytes``; not empty.
    package func seal(
        _ plaintext: UnsafeRawBufferPointer, primaryKey: UnsafeRawBufferPointer, into output: inout [UInt8]
    ) throws(SealingFailure) {
        let length = plaintext.count + Envelope.overhead
        let textLength = form == .text ? Envelope.textPrefixLength + Base64URL.encodedLength(of: length) : 0
        scratch.reserve(length + textLength)
        let binary = UnsafeMutableRawBufferPointer(rebasing: scratch.bytes[..<length])
        binary.copyBytes(from: header)
        let nonce = UnsafeMutableRawBufferPointer(rebasing: binary[Envelope.headerLength..<Envelope.headerLength + Envelope.nonceLength])
        nonces.write(to: nonce)
        let associatedData = try bind(primaryKey)
        do {
            try cipher.seal(
                plaintext, nonce: UnsafeRawBufferPointer(nonce), associatedData: associatedData,
                into: UnsafeMutableRawBufferPointer(rebasing: binary[(Envelope.headerLength + Envelope.nonceLength)...]))
        } catch {
            throw SealingFailure(error)
        }
        guard form == .text else { return output.append(contentsOf: binary) }
        let text = UnsafeMutableRawBufferPointer(rebasing: scratch.bytes[length..<length + textLength])
        text.copyMemory(from: UnsafeRawBufferPointer(start: Envelope.textPrefix.utf8Start, count: Envelope.textPrefixLength))
        Base64URL.encode(UnsafeRawBufferPointer(binary), into: UnsafeMutableRawBufferPointer(rebasing: text[Envelope.textPrefixLength...]))
        output.append(contentsOf: text)
    }

    /// Appends the value in an envelope of either form. Nothing is appended when it throws.
    /// - Parameter primaryKey: what it was sealed with.
    package func open(
        _ envelope: UnsafeRawBufferPointer, primaryKey: UnsafeRawBufferPointer, into output: inout [UInt8]
    ) throws(SealingFailure) {
        let binary = try binaryCopy(of: envelope)
        let found = try Envelope.Header(UnsafeRawBufferPointer(binary))
        guard binary.count >= Envelope.overhead else { throw .truncated }
        guard found.keyID == keyID, found.algorithm == cipher.algorithm else { throw .wrongKey(id: found.keyID) }
        let associatedData = try bind(primaryKey)
        let body = UnsafeMutableRawBufferPointer(rebasing: binary[(Envelope.headerLength + Envelope.nonceLength)...])
        let nonce = UnsafeRawBufferPointer(rebasing: binary[Envelope.headerLength..<Envelope.headerLength + Envelope.nonceLength])
        do {
            try cipher.open(inPlace: body, nonce: nonce, associatedData: associatedData)
        } catch {
            throw SealingFailure(error)
        }
        output.append(contentsOf: body[..<(body.count - Envelope.tagLength)])
    }

    /// The number of the key that an envelope names, whose form up to there is right; nil for anything else.
    package static func keyID(of envelope: UnsafeRawBufferPointer) -> UInt32? { (try? Envelope.header(of: envelope))?.keyID }

    /// Whether bytes are an envelope by their beginning and length. Whether it is authentic, only opening tells.
    package static func isEnvelope(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let overhead = EnvelopeForm.text.envelopeLength(of: 0)
        guard bytes.count >= (Envelope.isText(bytes) ? overhead : Envelope.overhead) else { return false }
        return keyID(of: bytes) != nil
    }

    /// The binary envelope in memory of our own, where it can be opened in place.
    private func binaryCopy(of envelope: UnsafeRawBufferPointer) throws(SealingFailure) -> UnsafeMutableRawBufferPointer {
        guard Envelope.isText(envelope) else {
            scratch.reserve(envelope.count)
            scratch.bytes.copyMemory(from: envelope)
            return UnsafeMutableRawBufferPointer(rebasing: scratch.bytes[..<envelope.count])
        }
        let text = UnsafeRawBufferPointer(rebasing: envelope[Envelope.textPrefixLength...])
        guard let length = Base64URL.decodedLength(of: text.count) else { throw .malformed }
        scratch.reserve(length)
        let binary = UnsafeMutableRawBufferPointer(rebasing: scratch.bytes[..<length])
        guard Base64URL.decode(text, into: binary) else { throw .malformed }
        return binary
    }

    /// The associated data for a row.
    @inline(__always)
    private func bind(_ primaryKey: UnsafeRawBufferPointer) throws(SealingFailure) -> UnsafeRawBufferPointer {
        guard !primaryKey.isEmpty, let count = UInt32(exactly: primaryKey.count) else { throw .wrongLength }
        let length = associatedPrefix + primaryKey.count
        associated.reserve(length)
        associated.bytes.storeBytes(of: count.bigEndian, toByteOffset: associatedPrefix - 4, as: UInt32.self)
        UnsafeMutableRawBufferPointer(rebasing: associated.bytes[associatedPrefix..<length]).copyMemory(from: primaryKey)
        return UnsafeRawBufferPointer(rebasing: associated.bytes[..<length])
    }
}

/// Memory that grows, keeps its beginning when it does, and is wiped before it goes.
private final class Scratch {
    private(set) var bytes: UnsafeMutableRawBufferPointer

    init(capacity: Int) { bytes = .allocate(byteCount: capacity, alignment: 8) }

    deinit { release(bytes) }

    @inline(__always)
    func reserve(_ count: Int) { if count > bytes.count { grow(to: count) } }

    private func grow(to count: Int) {
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, bytes.count * 2), alignment: 8)
        larger.copyMemory(from: UnsafeRawBufferPointer(bytes))
        release(bytes)
        bytes = larger
    }

    private func release(_ bytes: UnsafeMutableRawBufferPointer) {
        if let base = bytes.baseAddress { explicit_bzero(base, bytes.count) }
        bytes.deallocate()
    }
}
