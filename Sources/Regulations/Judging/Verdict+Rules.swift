package import Findings

extension Verdict {
    /// What a duty comes to, from the controls under it. The worst measured one decides; what was not assessed never reads as compliant.
    package static func ofDuty(_ controls: [Verdict]) -> Verdict {
        if controls.contains(.nonCompliant) { return .nonCompliant }
        if controls.contains(.partial) { return .partial }
        if controls.contains(.compliant) { return controls.contains(.notAssessed) ? .partial : .compliant }
        if controls.contains(.notAssessed) || controls.isEmpty { return .notAssessed }
        return .notApplicable
    }
}

/// What the evidence of one control that applies amounts to.
struct EvidenceTally {
    /// A failure of this weight is enough for a non-compliant verdict: a measurement, or a finding as bad as the control is grave.
    var gravelyFailed = false
    var failed = false
    var passed = 0
    /// Checks that gave no answer.
    var unanswered = 0
    /// What only a person can show.
    var manual = 0

    /// A control is never compliant without something that an inspector examined, whoever attests to it.
    func verdict(isAttested: Bool) -> Verdict {
        if failed { return gravelyFailed ? .nonCompliant : .partial }
        guard passed > 0 else { return .notAssessed }
        if unanswered > 0 { return .partial }
        return manual == 0 || isAttested ? .compliant : .partial
    }
}
