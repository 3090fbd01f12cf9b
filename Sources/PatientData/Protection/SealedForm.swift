/// The form of values that Suwen itself has encrypted. Reserved: the module that seals columns defines the envelope behind these first bytes, and
/// values of anybody else must not begin with them.
package enum SealedForm {
    /// As text: `suwen:1:` and what follows.
    private static let text: StaticString = "suwen:1:"
    /// As binary data in PostgreSQL's hexadecimal form: `\\x`, "SW", version 1.
    private static let hexadecimal: StaticString = "\\x535701"

    /// Whether a value begins like a sealed one: as text, as binary data in hexadecimal form, or as the bytes themselves.
    /// - Parameter value: as the store gives it, white space around it removed.
    @inline(__always)
    package static func matches(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        guard value.count > 8 else { return false }
        switch value[0] {
        case 0x73: return value.starts(with: text)
        case 0x5C: return value.starts(with: hexadecimal)
        case 0x53: return value[1] == 0x57 && value[2] == 0x01
        default: return false
        }
    }
}
