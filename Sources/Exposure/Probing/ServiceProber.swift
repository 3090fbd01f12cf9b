import Findings
import Network
package import Probes

/// Finds out what listens on an open port, and whether it answers without authentication.
struct ServiceProber: Sendable {
    let driver: ProbeDriver
    /// How long a server that speaks first is waited for.
    let greetingTime: Duration

    /// - Parameters:
    ///   - expected: what usually listens there: it is asked for first.
    ///   - thoroughly: goes on with every probe when the expected service isn't there. Without it, a port whose service has no probe is only
    ///     listened to: services of other kinds are not bothered with requests that they can't understand.
    /// - Returns: nil when nothing was recognised.
    func read(_ target: PermittedAddress, expected: Service?, thoroughly: Bool) async -> ServiceReading? {
        let first = expected.flatMap { ProbeRegistry.probe(for: $0) }
        if let first, let reading = await run(first, target) { return reading }
        if first?.speaksFirst != true,
            case .recognised(let greeting) = await driver.run(GreetingProbe(peer(target)), at: target, timeout: greetingTime)
        {
            guard let probe = ProbeRegistry.probe(for: greeting.service), let reading = await run(probe, target) else { return greeting }
            return reading
        }
        guard thoroughly || first != nil else { return nil }
        // A server that speaks first has had its time.
        for probe in ProbeRegistry.all where probe != first && !probe.speaksFirst {
            guard !Task.isCancelled else { return nil }
            if let reading = await run(probe, target) { return reading }
        }
        return nil
    }

    /// In plain text and, when the peer seems to want that, inside TLS.
    private func run(_ probe: any Probe.Type, _ target: PermittedAddress) async -> ServiceReading? {
        switch await driver.run(probe.init(peer(target)), at: target) {
        case .recognised(let reading): return reading
        case .other: return nil
        case .perhapsTLS:
            guard probe.speaksInsideTLS, case .recognised(let reading) = await driver.run(probe.init(peer(target)), at: target, tls: true) else {
                return nil
            }
            return reading
        }
    }

    private func peer(_ target: PermittedAddress, expected: Service? = nil) -> ProbePeer {
        ProbePeer(host: target.host, port: target.port, expected: expected)
    }
}
