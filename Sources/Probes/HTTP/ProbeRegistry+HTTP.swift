extension ProbeRegistry {
    static let web: [any Probe.Type] = [ElasticsearchProbe.self]
}
