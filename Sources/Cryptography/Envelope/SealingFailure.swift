/// Why a cell isn't sealed or opened. Carries nothing of the cell but the number of the key that it names.
package enum SealingFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// Doesn't begin like an envelope, or its text isn't canonical base64url.
    case malformed
    /// Begins like an envelope and ends too early.
    case truncated
    /// A version of the format that this program doesn't know.
    case unknownVersion
    /// An algorithm that this program doesn't know.
    case unknownAlgorithm
    /// Sealed under another key, the one with this number.
    case wrongKey(id: UInt32)
    /// The key is right by its number, and the cell, its column or its row isn't the one that was sealed.
    case notAuthentic
    /// The key, the primary key or the value has a length that can't be sealed.
    case wrongLength
    /// libgcrypt refused; its error code.
    case library(code: UInt32)

    package init(_ failure: CryptographyFailure) {
        switch failure {
        case .wrongLength: self = .wrongLength
        case .notAuthentic: self = .notAuthentic
        case .library(let code): self = .library(code: code)
        }
    }

    package var description: String {
        switch self {
        case .malformed: "is not a sealed value"
        case .truncated: "is a sealed value that was cut off"
        case .unknownVersion: "was sealed in a version of the format that this Suwen doesn't know"
        case .unknownAlgorithm: "was sealed with an algorithm that this Suwen doesn't know"
        case .wrongKey(let id): "was sealed with key \(id), which isn't the one in use"
        case .notAuthentic: "was changed, or moved from another row or column, or sealed with another key of the same number"
        case .wrongLength: "has a length that can't be sealed"
        case .library(let code): "can't be processed: libgcrypt refused (error code \(code))"
        }
    }
}
