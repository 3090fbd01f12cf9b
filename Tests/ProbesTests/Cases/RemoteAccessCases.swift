extension ProbeCases {
    static let remoteAccess: [ProbeCase] = []
}
