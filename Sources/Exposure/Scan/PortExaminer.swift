import Findings
package import Foundation
import Network
import Probes
import Templates

/// Everything that is asked of one open port: what listens there and whether it answers anybody, how it speaks TLS, and what templates say of it.
struct PortExaminer: Sendable {
    let identifier: ServiceIdentifier
    /// Nil: TLS isn't examined.
    let tls: TLSExaminer?
    /// Nil: no account is tried.
    let login: DefaultLogin?
    /// Nil: no templates run.
    let runner: TemplateRunner?
    let transport: ScopedTransport
    let now: Date

    func examine(_ target: PermittedAddress) async -> PortReading {
        let result = await identifier.identify(target)
        var port = PortReading(target, result.reading, usesTLS: result.usesTLS)
        if let reading = port.reading, let outcome = await login?.outcome(of: reading, at: target) {
            if case .letIn(let account) = outcome { port.account = account }
            port.accountsDecided = outcome != .undecided
        }
        if port.reading?.service == .postgreSQL {
            port.tls = await tls?.examine(target, after: .postgreSQL, now: now)
        } else if port.usesTLS {
            port.tls = await tls?.examine(target, now: now)
        }
        if let runner, !Task.isCancelled {
            let place = TemplateTarget(scheme: port.scheme ?? "", host: target.host, port: Int(target.port))
            var transport = transport
            // The port that is examined is the one that answers: its name isn't resolved anew.
            transport.pinned = target
            let run = await runner.run(place, transport)
            (port.matches, port.statistics) = (run.matches, run.statistics)
        }
        return port
    }
}

extension PortReading {
    /// `http` or `https` where HTTP is spoken.
    package var scheme: String? {
        guard transport == .tcp, let reading, ProbeRegistry.speaksHTTP(reading.service) else { return nil }
        return usesTLS ? "https" : "http"
    }

    /// Its first page, by the name or address that was asked for.
    package var webAddress: URL? {
        guard let scheme else { return nil }
        let host = target.host.contains(":") ? "[\(target.host)]" : target.host
        return URL(string: "\(scheme)://\(host):\(target.port)/")
    }
}
