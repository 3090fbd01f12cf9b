/// How a server of the tests is set up.
package enum ServerVariant: String, CaseIterable, Sendable {
    /// Whoever connects is let in.
    case open
    /// Nobody gets anything without the name and the password.
    case authenticated
    /// Open, and only inside TLS.
    case tls

    package static let user = "suwen"
    /// Eight bytes: VNC's authentication knows no longer ones.
    package static let password = "Kuo-7f!s"

    var needsLogin: Bool { self == .authenticated }
    var authentication: ServerAuthentication { needsLogin ? .password(Self.password) : .trust }
}
