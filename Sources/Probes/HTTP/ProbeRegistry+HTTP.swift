extension ProbeRegistry {
    static let web: [any Probe.Type] = [HTTPProbe.self]
}
