/// What must not stand in a log.
package enum LeakedKind: UInt8, CaseIterable, Hashable, Sendable {
    case idCard, mobile, bankCard, name
    case password
    /// Whoever reads it can use it: access tokens, JSON Web Tokens, keys of interfaces.
    case token
    /// The number of a session: good for as long as the session lasts.
    case session

    /// The key of its name in the wording.
    package var term: String {
        switch self {
        case .idCard: "kind.idCard"
        case .mobile: "kind.mobile"
        case .bankCard: "kind.bankCard"
        case .name: "kind.name"
        case .password: "kind.password"
        case .token: "kind.token"
        case .session: "leaked.session"
        }
    }

    /// Of a person, rather than a secret.
    package var isPersonal: Bool { self == .idCard || self == .mobile || self == .bankCard || self == .name }
}

/// Where in an event it stands.
package enum LeakPlace: UInt8, CaseIterable, Hashable, Sendable {
    /// The path and query of a request: also in the browser's history, in proxies, and in the next page's referer.
    case target
    case referer
    case message
    case statement

    /// The key of its name in the wording.
    package var term: String {
        switch self {
        case .target: "leak-place.target"
        case .referer: "leak-place.referer"
        case .message: "leak-place.message"
        case .statement: "leak-place.statement"
        }
    }
}

/// Tells personal data from numbers that look like them. Stands here without an implementation: the detectors belong to another capability, and
/// whoever runs both joins them.
package protocol PersonalDataDetector: Sendable {
    /// Whether `value` is one readable value of `kind` (a check digit, an issued prefix, a family name): asked for ``LeakedKind/isPersonal`` kinds
    /// only. Pure, called from any thread, some ten nanoseconds.
    func confirms(_ kind: LeakedKind, _ value: UnsafeBufferPointer<UInt8>) -> Bool
}
