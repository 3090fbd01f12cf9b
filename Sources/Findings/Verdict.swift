/// What a control or a duty comes to.
package enum Verdict: String, Codable, CaseIterable, Sendable {
    case compliant, partial, nonCompliant, notApplicable, notAssessed
}
