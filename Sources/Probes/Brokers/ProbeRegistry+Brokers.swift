extension ProbeRegistry {
    static let brokers: [any Probe.Type] = []
}
