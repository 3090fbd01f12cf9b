import Network
package import Probes

/// Tries the accounts that vendors document, each once, and first one that can't exist: a server that lets that in lets everybody in, and no account of it
/// is weak (but its authentication is missing).
struct DefaultLogin: Sendable {
    let driver: ProbeDriver

    /// - Returns: the documented account that was let in.
    func account(of reading: ServiceReading, at target: PermittedAddress) async -> DefaultAccount? {
        guard reading.authentication == .required else { return nil }
        let types = ProbeRegistry.probes(for: reading.service).compactMap { $0 as? any PasswordProbe.Type }
        for type in types {
            let accounts = type.defaultAccounts(of: reading.service)
            guard let first = accounts.first else { continue }
            // The name is the documented one: only the password is random, so that no unknown account is counted as attacked.
            let control = DefaultAccount(user: first.user, password: Self.random(), source: "")
            guard await answer(type, control, reading, target) == .required else { return nil }
            for account in accounts.prefix(3) where !Task.isCancelled {
                if await answer(type, account, reading, target) == .notRequired { return account }
            }
        }
        return nil
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
