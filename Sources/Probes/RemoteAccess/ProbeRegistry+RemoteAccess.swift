extension ProbeRegistry {
    static let remoteAccess: [any Probe.Type] = []
}
