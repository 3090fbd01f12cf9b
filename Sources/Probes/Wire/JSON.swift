/// A JSON text (RFC 8259), read for its shape.
///
/// - Important: holds values; nothing of it but counts, and names that passed ``FieldNames``, may be shown.
package indirect enum JSON: Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSON])
    /// In order of appearance.
    case object([(key: String, value: JSON)])

    package subscript(key: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    package var integer: Int? {
        guard case .number(let value) = self else { return nil }
        return Int(exactly: value)
    }

    package var text: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    /// - Parameter truncated: the text was cut off: what stands before the cut is read, and open arrays and objects are closed there.
    /// - Returns: nil unless the whole text, or the whole of what is left of it, is well-formed.
    package static func read(_ bytes: [UInt8], truncated: Bool = false) -> JSON? {
        var reader = JSONReader(bytes, truncated: truncated)
        return reader.document()
    }
}
