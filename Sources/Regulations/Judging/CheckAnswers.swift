import Findings

/// What all inspectors together answered, one result per check.
struct CheckAnswers {
    private var results: [CheckID: CheckResult] = [:]
    private let inspectors: Set<String>

    init(_ inspections: [Inspection]) {
        inspectors = Set(inspections.map(\.inspector.rawValue))
        for result in inspections.flatMap(\.checks) {
            results[result.check] = results[result.check].map { Self.merged($0, result) } ?? result
        }
    }

    /// A check that nobody answered is not assessed, and says why.
    subscript(id: CheckID) -> CheckResult {
        if let result = results[id] { return result }
        let inspector = String(id.rawValue.prefix { $0 != "." })
        let reason = inspectors.contains(inspector) ? "check-not-answered" : "inspector-not-requested"
        return CheckResult(id, .notAssessed(Message(reason)), examined: 0)
    }

    /// The worse answer counts: a failure, then none. That a check isn't about one's subjects says nothing about the other's.
    private static func merged(_ left: CheckResult, _ right: CheckResult) -> CheckResult {
        let outcome: CheckResult.Outcome =
            switch (left.outcome, right.outcome) {
            case (.failed, _), (_, .failed): .failed
            case (.notAssessed(let reason), _), (_, .notAssessed(let reason)): .notAssessed(reason)
            case (.passed, _), (_, .passed): .passed
            case (.notApplicable(let reason), .notApplicable): .notApplicable(reason)
            }
        return CheckResult(left.check, outcome, examined: left.examined + right.examined, findings: left.findings + right.findings)
    }
}
