package import Findings

/// The base score of a CVSS vector, worked out from its metrics: version 2 (FIRST, June 2007), 3.0 and 3.1 (FIRST, June 2019, section 7.1).
///
/// Version 4.0's score is looked up in a table of its own and isn't worked out here: a record with nothing else has no severity of its own.
package enum BaseScore {
    /// Nil for a vector that isn't complete or isn't known.
    package static func of(_ vector: String) -> Double? {
        let parts = vector.split(separator: "/").map(String.init)
        var metrics: [String: String] = [:]
        for part in parts {
            let pair = part.split(separator: ":", maxSplits: 1).map(String.init)
            guard pair.count == 2, metrics.updateValue(pair[1], forKey: pair[0]) == nil else { return nil }
        }
        switch metrics["CVSS"] {
        case "3.0", "3.1": return version3(metrics)
        case nil: return version2(metrics)
        default: return nil
        }
    }

    /// Of the qualitative scale (CVSS 3.1, section 5): none and low are both low here.
    package static func severity(_ score: Double) -> Severity? {
        switch score {
        case 0..<4: .low
        case 4..<7: .medium
        case 7..<9: .high
        case 9...10: .critical
        default: nil
        }
    }

    private static func version3(_ metrics: [String: String]) -> Double? {
        guard let scope = metrics["S"], scope == "U" || scope == "C" else { return nil }
        let isChanged = scope == "C"
        let impacts = ["H": 0.56, "L": 0.22, "N": 0.0]
        let privileges = isChanged ? ["N": 0.85, "L": 0.68, "H": 0.5] : ["N": 0.85, "L": 0.62, "H": 0.27]
        guard let vector = ["N": 0.85, "A": 0.62, "L": 0.55, "P": 0.2][metrics["AV"] ?? ""],
            let complexity = ["L": 0.77, "H": 0.44][metrics["AC"] ?? ""],
            let privilege = privileges[metrics["PR"] ?? ""], let interaction = ["N": 0.85, "R": 0.62][metrics["UI"] ?? ""],
            let confidentiality = impacts[metrics["C"] ?? ""], let integrity = impacts[metrics["I"] ?? ""],
            let availability = impacts[metrics["A"] ?? ""]
        else { return nil }
        let loss = 1 - (1 - confidentiality) * (1 - integrity) * (1 - availability)
        let impact = isChanged ? 7.52 * (loss - 0.029) - 3.25 * power15(loss - 0.02) : 6.42 * loss
        guard impact > 0 else { return 0 }
        let exploitability = 8.22 * vector * complexity * privilege * interaction
        return roundedUp(min((isChanged ? 1.08 : 1) * (impact + exploitability), 10))
    }

    private static func version2(_ metrics: [String: String]) -> Double? {
        let impacts = ["N": 0.0, "P": 0.275, "C": 0.66]
        guard let vector = ["L": 0.395, "A": 0.646, "N": 1.0][metrics["AV"] ?? ""],
            let complexity = ["H": 0.35, "M": 0.61, "L": 0.71][metrics["AC"] ?? ""],
            let authentication = ["M": 0.45, "S": 0.56, "N": 0.704][metrics["Au"] ?? ""], let confidentiality = impacts[metrics["C"] ?? ""],
            let integrity = impacts[metrics["I"] ?? ""], let availability = impacts[metrics["A"] ?? ""]
        else { return nil }
        let impact = 10.41 * (1 - (1 - confidentiality) * (1 - integrity) * (1 - availability))
        let exploitability = 20 * vector * complexity * authentication
        let score = (0.6 * impact + 0.4 * exploitability - 1.5) * (impact == 0 ? 0 : 1.176)
        return (score * 10).rounded() / 10
    }

    private static func power15(_ value: Double) -> Double { (0..<15).reduce(1.0) { result, _ in result * value } }

    /// CVSS 3.1, appendix A: the smallest tenth that isn't less, immune to floating-point noise.
    private static func roundedUp(_ value: Double) -> Double {
        let hundredThousandths = (value * 100_000).rounded()
        let remainder = hundredThousandths.truncatingRemainder(dividingBy: 10_000)
        return remainder == 0 ? hundredThousandths / 100_000 : ((hundredThousandths - remainder) / 10_000 + 1) / 10
    }
}
