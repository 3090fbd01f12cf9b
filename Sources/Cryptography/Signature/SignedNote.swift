/// A text signed by one or more keys, in the format of C2SP's signed-note specification: the text, an empty line, and a line for each signature
/// (`— name base64(key id ‖ signature)`). What the text says is nobody's word until ``verify(_:)`` gave a name.
package struct SignedNote: Hashable, Sendable {
    /// Ends with a newline, which is signed too.
    package let text: String
    package private(set) var signatures: [NoteSignature]

    /// The specification asks for at least 16.
    package static let signatureLimit = 100
    /// Bytes of a whole note.
    package static let sizeLimit = 16 << 20

    /// An unsigned one, to be signed.
    package init(text: String) throws(SignedNoteError) {
        guard text.utf8.last == 0x0A, text.utf8.count > 1 else { throw .malformed("its text doesn't end with a newline") }
        guard text.utf8.count < Self.sizeLimit else { throw .malformed("it is too long") }
        guard !text.utf8.contains(where: { $0 < 0x20 && $0 != 0x0A }) else { throw .malformed("its text has control characters") }
        self.text = text
        signatures = []
    }

    /// Adds a signature; one of the same key stands only once.
    package mutating func sign(_ signer: NoteSigner) throws(CryptographyFailure) {
        let made = try signer.sign(text)
        signatures.removeAll { $0.name == made.name && $0.keyID == made.keyID }
        signatures.append(made)
    }

    /// The note's bytes.
    package var encoded: String { text + "\n" + signatures.map(\.line).joined() }

    /// Reads a note, strictly: UTF-8, line feeds only, no other control character, nothing before, between or after.
    package init(parsing bytes: [UInt8]) throws(SignedNoteError) {
        guard bytes.count <= Self.sizeLimit else { throw .malformed("it is too long") }
        guard !bytes.contains(where: { $0 < 0x20 && $0 != 0x0A }) else { throw .malformed("it has control characters") }
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .malformed("it is no UTF-8") }
        // The last empty line divides: the text may have empty lines itself.
        guard bytes.last == 0x0A, let end = Self.lastEmptyLine(bytes) else { throw .malformed("it has no signature") }
        try self.init(text: String(decoding: bytes[...end], as: UTF8.self))
        var lines = bytes[(end + 2)...].split(separator: 0x0A, omittingEmptySubsequences: false)
        lines.removeLast()
        guard !lines.isEmpty else { throw .malformed("it has no signature") }
        guard lines.count <= Self.signatureLimit else { throw .malformed("it has too many signatures") }
        for line in lines {
            guard let signature = NoteSignature(line) else { throw .malformed("signature \(signatures.count + 1) is none") }
            signatures.append(signature)
        }
    }

    /// Where the newline before the last empty line stands.
    private static func lastEmptyLine(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 2 else { return nil }
        for index in stride(from: bytes.count - 2, through: 0, by: -1) where bytes[index] == 0x0A && bytes[index + 1] == 0x0A { return index }
        return nil
    }

    /// Signatures of other keys are passed over, even under a known name; one of a known key must be good, or the whole note is refused.
    /// - Returns: the known keys that signed; never empty.
    package func verify(_ keys: [NoteVerifierKey]) throws(SignedNoteError) -> [NoteVerifierKey] {
        let message = Array(text.utf8)
        var good: [NoteVerifierKey] = []
        for signature in signatures {
            for key in keys where key.name == signature.name && key.id == signature.keyID {
                guard key.key.verifies(signature.bytes, of: message) else { throw .badSignature(name: key.name) }
                if !good.contains(key) { good.append(key) }
            }
        }
        guard !good.isEmpty else { throw .unknownKeys(names: signatures.map(\.name)) }
        return good
    }
}

/// One signature of a note.
package struct NoteSignature: Hashable, Sendable {
    package let name: String
    package let keyID: UInt32
    /// Of any type: 64 bytes when it is Ed25519's.
    package let bytes: [UInt8]

    private static let dash = Array("— ".utf8)

    init(name: String, keyID: UInt32, bytes: [UInt8]) {
        self.name = name
        self.keyID = keyID
        self.bytes = bytes
    }

    /// A line without its newline.
    init?(_ line: ArraySlice<UInt8>) {
        guard line.starts(with: Self.dash) else { return nil }
        let parts = line.dropFirst(Self.dash.count).split(separator: 0x20, omittingEmptySubsequences: false)
        guard parts.count == 2, let name = String(validating: parts[0], as: UTF8.self), NoteKeyName.isValid(name),
            let value = Base64.decode(parts[1]), value.count > 4
        else { return nil }
        self.init(name: name, keyID: value.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }, bytes: Array(value.dropFirst(4)))
    }

    var line: String {
        let id = [
            UInt8(keyID >> 24), UInt8(truncatingIfNeeded: keyID >> 16), UInt8(truncatingIfNeeded: keyID >> 8), UInt8(truncatingIfNeeded: keyID),
        ]
        return "— \(name) \(Base64.encode(id + bytes))\n"
    }
}

/// Why a note isn't believed.
package enum SignedNoteError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Not laid out as the specification says.
    case malformed(String)
    /// A known key's signature isn't one of this text.
    case badSignature(name: String)
    /// Nobody signed whose key is known.
    case unknownKeys(names: [String])

    package var description: String {
        switch self {
        case .malformed(let what): "this is no signed note, or was damaged: \(what)"
        case .badSignature(let name): "the signature of \(name) is not one of this text: the text or the signature was changed"
        case .unknownKeys(let names): "none of the keys that signed is known: \(names.joined(separator: ", "))"
        }
    }
}
