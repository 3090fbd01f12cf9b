extension ProbeCases {
    static let files: [ProbeCase] = []
}
