/// How a column's values are kept.
package enum Protection: Hashable, Sendable {
    case plaintext
    case masked
    case hashed
    case encrypted
    /// No value at all.
    case empty
    /// More than one of the above; shares of the values, each more than 0.
    case mixed(Shares)

    package struct Shares: Hashable, Sendable {
        package var plaintext: Double
        package var masked: Double
        package var hashed: Double
        package var encrypted: Double
    }

    /// The key of its name in the wording.
    package var term: String {
        switch self {
        case .plaintext: "state.plaintext"
        case .masked: "state.masked"
        case .hashed: "state.hashed"
        case .encrypted: "state.encrypted"
        case .empty: "state.empty"
        case .mixed: "state.mixed"
        }
    }
}
