import Network
import Probes
import Synchronization

/// Tries the accounts that vendors document, each once, and first one that can't exist: a server that lets that in lets everybody in, and no account of it
/// is weak (but its authentication is missing).
final class DefaultLogin: Sendable {
    /// What trying them came to.
    enum Outcome: Hashable, Sendable {
        case letIn(DefaultAccount)
        case refused
        /// No answer, or one that says neither.
        case undecided
    }

    private let driver: ProbeDriver
    /// Where they were tried: two names may lead to one service.
    private let tried = Mutex<Set<String>>([])

    init(driver: ProbeDriver) { self.driver = driver }

    /// - Returns: nil where no vendor documents an account, where nobody is asked for one, and where they were tried already.
    func outcome(of reading: ServiceReading, at target: PermittedAddress) async -> Outcome? {
        let types = ProbeRegistry.probes(for: reading.service).compactMap { $0 as? any PasswordProbe.Type }
        guard reading.authentication != .notRequired, types.contains(where: { !$0.defaultAccounts(of: reading.service).isEmpty }) else { return nil }
        guard reading.authentication == .required else { return .undecided }
        guard tried.withLock({ $0.insert("\(target.address) \(target.port)").inserted }) else { return nil }
        var outcome = Outcome.refused
        for type in types {
            let accounts = type.defaultAccounts(of: reading.service)
            guard let first = accounts.first else { continue }
            // The name is the documented one: only the password is random, so that no unknown account is counted as attacked.
            let control = DefaultAccount(user: first.user, password: Self.random(), source: "")
            guard await answer(type, control, reading, target) == .required else {
                outcome = .undecided
                continue
            }
            for account in accounts.prefix(3) {
                switch await answer(type, account, reading, target) {
                case .notRequired?: return .letIn(account)
                case .required?: break
                default: outcome = .undecided
                }
            }
        }
        return outcome
    }

    private func answer(
        _ type: any PasswordProbe.Type, _ account: DefaultAccount, _ reading: ServiceReading, _ target: PermittedAddress
    ) async -> ServiceReading.Authentication? {
        let peer = ProbePeer(host: target.host, port: target.port, expected: reading.service)
        let result = await driver.run(type.init(peer, account: account), at: target, tls: reading.usesTLS && type.speaksInsideTLS).result
        guard case .recognised(let answer) = result else { return nil }
        return answer.authentication
    }

    private static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<20).map { _ in String("abcdefghjkmnpqrstuvwxyz23456789".randomElement(using: &generator) ?? "x") }.joined()
    }
}
