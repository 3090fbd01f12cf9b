/// Every protocol that can be proven, each in a file of its own. To add one: write the probe, name it in its group.
package enum ProbeRegistry {
    package static let all: [any Probe.Type] = databases + brokers + files + remoteAccess + healthCare + web

    /// Nil when the service's protocol isn't among those that can be proven.
    package static func probe(for service: Service) -> (any Probe.Type)? { all.first { $0.finds(service) } }
}
