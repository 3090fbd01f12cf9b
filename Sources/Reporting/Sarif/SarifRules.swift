import Findings
import Regulations

/// The rules of a log: one for each check that the inspections answer, at an index that is set before any result refers to it.
struct SarifRules {
    private(set) var descriptors: [Sarif.Descriptor] = []
    private(set) var bases: CheckBases
    private var places: [CheckID: Int] = [:]

    init(_ inspections: [Inspection], _ bases: CheckBases, _ language: Language) {
        self.bases = bases
        var worst: [CheckID: Severity] = [:]
        var checks: [CheckID] = []
        for result in inspections.lazy.flatMap(\.checks) {
            for (check, severity) in [(result.check, nil)] + result.findings.map({ ($0.check, bases.catalogue.severity(of: $0)) }) {
                if places.updateValue(places[check] ?? checks.count, forKey: check) == nil { checks.append(check) }
                if let severity { worst[check] = max(worst[check] ?? severity, severity) }
            }
        }
        descriptors = checks.map { describe($0, worst[$0], language) }
    }

    /// -1, as the standard has it, for a check that isn't among them.
    func index(of check: CheckID) -> Int { places[check] ?? -1 }

    /// - Parameter worst: among the findings: consumers take the rule's severity for each result's, and none may look lesser than it is.
    private mutating func describe(_ check: CheckID, _ worst: Severity?, _ language: Language) -> Sarif.Descriptor {
        let wording = bases.catalogue.wording
        let basis = bases.basis(of: check)
        let severity = bases.catalogue.check(check)?.severity ?? .medium
        let title = wording.checkTitle(check, language)
        let controls = basis.controls.map { "\($0.id) \($0.title[language])" }
        let inspector = String(check.rawValue.prefix { $0 != "." })
        return Sarif.Descriptor(
            id: check.rawValue, name: Self.name(check), shortDescription: SarifText.message(title),
            fullDescription: SarifText.message(([title] + controls).joined(separator: "\n")), help: help(check, basis, language),
            defaultConfiguration: Sarif.Configuration(level: SarifText.level(severity)),
            properties: Sarif.RuleProperties(
                securitySeverity: SarifText.score(worst ?? severity),
                tags: Array((["security", inspector] + basis.attack.map { "attack/\($0)" }).prefix(SarifText.tagLimit)), severity: severity.rawValue,
                attack: basis.attack, controls: basis.controls.map(\.id), clauses: basis.clauses.map { ClauseRecord($0, language) }))
    }

    private func help(_ check: CheckID, _ basis: CheckBasis, _ language: Language) -> Sarif.Text {
        let wording = bases.catalogue.wording
        let remediation = wording.remediation(of: check, language)
        var markdown = [SarifText.markdown(remediation)]
        if !basis.controls.isEmpty {
            markdown.append(basis.controls.map { "- **\($0.id)** \(SarifText.markdown($0.title[language]))" }.joined(separator: "\n"))
        }
        if !basis.clauses.isEmpty { markdown.append(basis.clauses.map { "- \(SarifText.markdown($0.citation[language]))" }.joined(separator: "\n")) }
        if !basis.attack.isEmpty {
            let techniques = basis.attack.map { number in
                let name = bases.catalogue.attack.techniques[number]?[language] ?? ""
                return
                    "- [\(number)](https://attack.mitre.org/techniques/\(number.split(separator: ".").joined(separator: "/"))/) \(SarifText.markdown(name))"
            }
            markdown.append("MITRE ATT&CK\n\n" + techniques.joined(separator: "\n"))
        }
        return Sarif.Text(text: SarifText.escaped(remediation), markdown: markdown.joined(separator: "\n\n"))
    }

    /// `exposure.data-port-reachable` → `ExposureDataPortReachable`.
    private static func name(_ check: CheckID) -> String {
        check.rawValue.split { $0 == "." || $0 == "-" }.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
