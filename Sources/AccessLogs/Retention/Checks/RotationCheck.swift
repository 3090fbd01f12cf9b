package import Findings

/// `access-logs.rotation`: whether the settings of rotation keep every source's log as long as is asked.
///
/// A source whose settings don't say (they go by size) passes when its log was measured to be kept; one that no setting of this machine is about isn't
/// judged, for its log was copied from elsewhere or isn't rotated.
package struct RotationCheck {
    package static let id: CheckID = "access-logs.rotation"

    private let requiredDays: Int
    private var examined = 0
    private var findings: [Finding] = []
    private var undecided: [String] = []

    package init(requiredDays: Int) { self.requiredDays = requiredDays }

    /// - Parameter isMeasured: whether the source's log was found to be kept long enough; nil when that isn't known.
    package mutating func add(source: String, _ rotation: SourceRotation, isMeasured: Bool?) {
        guard !rotation.settings.isEmpty else { return }
        switch rotation.allows(requiredDays) {
        case true?: examined += 1
        case false?:
            examined += 1
            findings.append(finding(source, rotation.settings.filter { $0.kept.allows(requiredDays) == false }))
        case nil:
            if isMeasured == true { examined += 1 } else { undecided.append(source) }
        }
    }

    package var result: CheckResult {
        guard examined > 0 || !undecided.isEmpty else {
            return CheckResult(Self.id, .notApplicable(Message("access-logs.rotation-unknown")), examined: 0)
        }
        let reason = undecided.isEmpty ? nil : Message("access-logs.rotation-undecided", ["sources": .list(undecided.map { .text($0) })])
        return .judged(Self.id, examined: examined, findings: findings, unexamined: reason)
    }

    private func finding(_ source: String, _ settings: [RotationSetting]) -> Finding {
        let least = settings.map { $0.kept.bounds.atLeast ?? $0.kept.bounds.atMost ?? 0 }.min() ?? 0
        return Finding(
            check: Self.id, subject: source, asset: source, facts: ["days": .days(least), "required": .days(requiredDays)],
            evidence: settings.map(Self.evidence))
    }

    /// One setting in words.
    package static func evidence(_ setting: RotationSetting) -> Message {
        let place = setting.line.map { "\(setting.file):\($0)" } ?? setting.file
        let facts: [String: Fact] = ["mechanism": .text(setting.mechanism.rawValue), "place": PlainName.fact(place)]
        switch setting.kept {
        case .days(let atLeast, _): return Message("access-logs.rotation-days", facts.merging(["days": .days(atLeast)]) { $1 })
        case .uncertain(_, let atMost?): return Message("access-logs.rotation-at-most", facts.merging(["days": .days(atMost)]) { $1 })
        case .uncertain(_, nil): return Message("access-logs.rotation-by-size", facts)
        case .untilFull: return Message("access-logs.rotation-none", facts)
        case .volatile: return Message("access-logs.rotation-volatile", facts)
        case .stops: return Message("access-logs.rotation-stops", facts)
        }
    }
}
