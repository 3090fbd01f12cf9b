/// A probe that can also log in, for services that their vendor ships with a documented account.
package protocol PasswordProbe: Probe {
    /// The accounts that the vendor's own documents name for `service`; at most three. Nothing is guessed.
    static func defaultAccounts(of service: Service) -> [DefaultAccount]

    /// Logs in with this account, once. ``ServiceReading/Authentication/notRequired`` then means that it was let in, `required` that it was refused.
    init(_ peer: ProbePeer, account: DefaultAccount)
}

package struct DefaultAccount: Hashable, Sendable {
    package var user: String
    package var password: String
    /// The vendor's document that names it.
    package var source: String

    package init(user: String, password: String, source: String) {
        self.user = user
        self.password = password
        self.source = source
    }
}
