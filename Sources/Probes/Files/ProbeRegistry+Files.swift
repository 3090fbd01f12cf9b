extension ProbeRegistry {
    static let files: [any Probe.Type] = []
}
