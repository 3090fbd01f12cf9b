extension ProbeRegistry {
    static let healthCare: [any Probe.Type] = []
}
