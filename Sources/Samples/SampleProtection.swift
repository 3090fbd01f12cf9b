/// How a sample's person columns are protected: what a company should have done.
package enum SampleProtection: String, CaseIterable, Sendable {
    /// Readable.
    case clear
    /// AES-256-GCM under a key that nobody keeps, as base64 of nonce, ciphertext and tag: looks like sealed data, and is lost for good.
    case encrypted
    /// The usual Chinese masks: 张**, 440***********1234, 138****5678.
    case masked
}
