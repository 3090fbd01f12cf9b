/// One generation of a column's data key. It encrypts nothing itself: each use has a sub-key of its own, so that what one use gives away is
/// no help against another.
package struct DataKey: Sendable {
    package enum Purpose: String, CaseIterable, Sendable {
        case seal = "suwen/1/seal"
        case blindIndex = "suwen/1/blind-index"
        case pseudonym = "suwen/1/pseudonym"
        case formatPreserving = "suwen/1/fpe"
    }

    /// Bytes of ``secret`` at least.
    package static let minimumLength = 32

    /// Stands in every envelope.
    package let id: UInt32
    package let algorithm: SealingAlgorithm
    package let secret: Secret

    package init(id: UInt32, algorithm: SealingAlgorithm, secret: Secret) {
        self.id = id
        self.algorithm = algorithm
        self.secret = secret
    }

    /// The sub-key for a purpose: HKDF-SHA-256 without salt over ``secret``, its info the purpose's label and the qualifiers, canonical
    /// (``LengthPrefixed``).
    /// - Parameter qualifiers: what else tells the key apart: the algorithm's name, the column, an index's name.
    /// - Throws: ``CryptographyFailure/wrongLength`` for a secret that is too short.
    package func subkey(for purpose: Purpose, _ qualifiers: [String], count: Int) throws(CryptographyFailure) -> Secret {
        guard secret.count >= DataKey.minimumLength else { throw .wrongLength }
        return try HKDF.derive(secret, info: LengthPrefixed.encode([purpose.rawValue] + qualifiers), count: count)
    }
}
