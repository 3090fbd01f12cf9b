extension ProbeCases {
    static let healthCare: [ProbeCase] = []
}
