extension ProbeCases {
    static let brokers: [ProbeCase] = []
}
