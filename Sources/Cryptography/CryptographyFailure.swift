/// What a primitive refuses. Carries no key, nonce or value.
package enum CryptographyFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// A key, a nonce, an output or a derived length isn't of the length that the algorithm takes.
    case wrongLength
    /// The ciphertext, its tag or its associated data isn't what was sealed.
    case notAuthentic
    /// libgcrypt refused; its error code.
    case library(code: UInt32)

    package var description: String {
        switch self {
        case .wrongLength: "a key, nonce or output has the wrong length"
        case .notAuthentic: "the ciphertext or what it is bound to was changed, or the key is another one"
        case .library(let code): "libgcrypt refused (error code \(code))"
        }
    }
}
