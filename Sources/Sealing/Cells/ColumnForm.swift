/// What the envelopes of a column are made of.
package enum ColumnForm: String, Sendable, Hashable, Codable {
    /// Characters.
    case text
    /// Bytes.
    case binary
}

/// What sealing calls the constraint that refuses plaintext.
package enum Enforcement {
    package static func name(of column: String) -> String { column + "_suwen_sealed" }
}
