/// Names of keys in signed notes (C2SP signed-note, "Format"): not empty, and without Unicode spaces or plus signs. Best a URL without its scheme
/// (`clinic.example/logs`), so that no two parties take the same name.
package enum NoteKeyName {
    static let longest = 255

    package static func isValid(_ name: some StringProtocol) -> Bool {
        let isPlain = name.unicodeScalars.allSatisfy { scalar in
            scalar.value >= 0x20 && scalar.value != 0x7F && !scalar.properties.isWhitespace && scalar != "+"
        }
        return isPlain && (1...longest).contains(name.utf8.count)
    }
}

/// A public key under a name, as it is handed to those who verify: `name+hexadecimal key id+base64(0x01 ‖ public key)`.
package struct NoteVerifierKey: Hashable, Sendable, CustomStringConvertible {
    package let name: String
    package let key: Ed25519PublicKey
    /// The first four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key), big-endian.
    package let id: UInt32

    /// The byte for Ed25519 signatures of notes.
    static let signatureType: UInt8 = 1

    /// Nil when the name is none.
    package init?(name: String, key: Ed25519PublicKey) {
        guard NoteKeyName.isValid(name) else { return nil }
        self.name = name
        self.key = key
        let digest = SHA256.hash(Array(name.utf8) + [0x0A, Self.signatureType] + key.bytes)
        id = digest.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Reads the text form. Nil for another signature type, or when the id isn't that of name and key.
    package init?(_ text: String) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let id = KeyID.parse(String(parts[1])), let bytes = Base64.decode(parts[2].utf8), bytes.first == Self.signatureType,
            let key = Ed25519PublicKey(bytes.dropFirst()), let made = NoteVerifierKey(name: String(parts[0]), key: key), made.id == id
        else { return nil }
        self = made
    }

    package var description: String { "\(name)+\(KeyID.text(id))+\(Base64.encode([Self.signatureType] + key.bytes))" }
}

/// A private key under a name.
package struct NoteSigner: Sendable {
    package let verifierKey: NoteVerifierKey
    private let key: Ed25519PrivateKey

    /// Nil when the name is none.
    package init?(name: String, key: Ed25519PrivateKey) {
        guard let verifierKey = NoteVerifierKey(name: name, key: key.publicKey) else { return nil }
        self.verifierKey = verifierKey
        self.key = key
    }

    func sign(_ text: String) throws(CryptographyFailure) -> NoteSignature {
        NoteSignature(name: verifierKey.name, keyID: verifierKey.id, bytes: try key.sign(Array(text.utf8)))
    }
}
