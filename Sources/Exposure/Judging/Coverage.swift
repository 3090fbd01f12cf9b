import Estate
package import Findings
import Network
import Probes

/// What was left out, wholly or in part, and why.
package enum Coverage {
    package static func of(_ host: HostReading) -> [Unexamined] {
        let name = host.host.name
        var left: [Unexamined] = []
        if let problem = host.problem { left.append(Unexamined(name, problem.message)) }
        for sweep in host.silentAddresses {
            left.append(Unexamined(name, Message("exposure.no-answer", ["address": .text("\(sweep.address)"), "ports": .count(sweep.count)])))
        }
        if host.otherSilentAddresses > 0 {
            left.append(Unexamined(name, Message("exposure.silent-addresses", ["addresses": .count(host.otherSilentAddresses)])))
        }
        left += host.doubts.map { Unexamined(name, message($0.doubt, $0.address.address)) }
        if host.outOfScope > 0 { left.append(Unexamined(name, Message("exposure.ports-out-of-scope", ["ports": .count(host.outOfScope)]))) }
        if host.exhausted > 0 { left.append(Unexamined(name, Message("exposure.exhausted", ["ports": .count(host.exhausted)]))) }
        if host.interrupted > 0 { left.append(Unexamined(name, Message("exposure.interrupted", ["ports": .count(host.interrupted)]))) }
        return left + undecided(host).map { Unexamined(name, $0) }
    }

    package static func of(_ endpoint: EndpointReading) -> [Unexamined] {
        guard endpoint.authentication == .unknown, endpoint.endpoint.requiresAuthentication || !endpoint.isAnswered else { return [] }
        return [Unexamined(endpoint.endpoint.name, endpoint.evidence)]
    }

    private static func message(_ doubt: Doubt, _ address: IPAddress) -> Message {
        let place = Fact.text("\(address)")
        switch doubt {
        case .answersEverything(let open, let ports):
            return Message("exposure.answers-everything", ["address": place, "open": .count(open), "ports": .count(ports)])
        case .claimsEverything(let services): return Message("exposure.claims-everything", ["address": place, "services": .count(services)])
        }
    }

    /// Open ports of which nobody can say whether they answer without authentication, though records may be behind them.
    static func undecided(_ host: HostReading) -> [Message] {
        host.open.compactMap { port in
            guard port.wasAsked else { return nil }
            let place = Fact.text(port.place)
            guard let service = port.service else { return Message("exposure.unrecognised", ["place": place]) }
            guard service.kind == .data || service.kind == .middleware, port.reading?.authentication ?? .unknown == .unknown else { return nil }
            let facts = ["place": place, "service": .text(service.name)]
            guard port.isConfirmed, let why = port.reading?.evidence.first else {
                return Message(ProbeRegistry.probe(for: service) == nil ? "exposure.no-probe" : "exposure.unconfirmed", facts)
            }
            return Message("exposure.undecided", facts.merging(["why": .message(why)]) { first, _ in first })
        }
    }

    /// Nil when every host was looked at wholly.
    static func incomplete(_ hosts: [HostReading]) -> Message? {
        let names = hosts.filter { !$0.isComplete }.map { Fact.text($0.host.name) }
        return names.isEmpty ? nil : Message("exposure.incomplete-hosts", ["hosts": .list(names)])
    }
}
