/// Every protocol that can be proven, each in a file of its own. To add one: write the probe, name it in its group.
package enum ProbeRegistry {
    package static let all: [any Probe.Type] = databases + brokers + files + remoteAccess + healthCare + web

    /// Nil when the service's protocol isn't among those that can be proven.
    package static func probe(for service: Service) -> (any Probe.Type)? { all.first { $0.finds(service) } }

    /// Every protocol that the service may be spoken to in: some products have one of their own beside HTTP.
    package static func probes(for service: Service) -> [any Probe.Type] { all.filter { $0.finds(service) } }

    /// Whether the service is one that is recognised by HTTP.
    package static func speaksHTTP(_ service: Service) -> Bool { web.contains { $0.finds(service) || $0.service == service } || service == .http }

    /// The order in which a port is asked whose service is unknown. HTTP is the likeliest; but Redis takes lines of HTTP for an attack, and says so in its
    /// log, while HTTP servers answer the lines of caches with an error.
    package static let inOrderOfTrial: [any Probe.Type] = {
        let lines: [any Probe.Type] = [RedisProbe.self, MemcachedProbe.self]
        return lines + web + all.filter { probe in !(lines + web).contains { $0 == probe } }
    }()

    /// For a server of HTTP that is none of the known products: whether it is a proxy.
    package static let proxy: any Probe.Type = ProxyProbe.self
}
