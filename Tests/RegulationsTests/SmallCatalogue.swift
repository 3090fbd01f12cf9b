import Foundation
import Regulations

/// A catalogue small enough to see whole: two laws, a few clauses, controls with every kind of evidence.
enum SmallCatalogue {
    static let files: [String: String] = [
        "catalogue.yaml": #"""
        version: "1"
        asOf: 2026-08-20
        disclaimer: {zh: "说明", en: "note"}
        """#,
        "laws.yaml": #"""
        CSL:
          title: {zh: "网络安全法", en: "Cybersecurity Law"}
          citation: {zh: "《网络安全法》", en: "CSL"}
          form: articles
          effectiveFrom: 2017-06-01
        STD:
          title: {zh: "标准", en: "Standard"}
          citation: {zh: "GB/T 1", en: "GB/T 1"}
          form: sections
          effectiveFrom: null
          earliest: 2025-01-01
        """#,
        "clauses.yaml": #"""
        CSL.23:
          law: CSL
          article: "23"
          articleUntil: {until: 2025-12-31, article: "21"}
          status: verified
          paraphrase: {zh: "甲", en: "a"}
        STATE.1:
          law: CSL
          article: "5"
          addressee: state
          status: verified
          paraphrase: {zh: "乙", en: "b"}
        """#,
        "thresholds.yaml": #"""
        officerFiling: {value: 1_000_000, basis: law, clauses: [CSL.23]}
        largeProcessor: {value: 10_000_000, basis: law, clauses: [CSL.23]}
        sensitiveAudit: {value: 100_000, basis: law, clauses: [CSL.23]}
        smallProcessor: {value: 100_000, basis: law, clauses: [CSL.23]}
        logRetentionDays: {value: 184, basis: law, clauses: [CSL.23]}
        incidentLarger: {value: 1_000_000, basis: law, clauses: [CSL.23]}
        incidentMajor: {value: 10_000_000, basis: law, clauses: [CSL.23]}
        incidentExtraordinary: {value: 100_000_000, basis: law, clauses: [CSL.23]}
        reportingHours: {value: 4, basis: law, clauses: [CSL.23]}
        reportingHoursCritical: {value: 1, basis: law, clauses: [CSL.23]}
        remediationDaysCritical: {value: 3, basis: productDefault}
        remediationDaysHigh: {value: 15, basis: productDefault}
        remediationDaysMedium: {value: 30, basis: productDefault}
        remediationDaysLow: {value: 90, basis: productDefault}
        """#,
        "duties.yaml": #"""
        M1: {zh: "制度", en: "policy"}
        """#,
        "controls.yaml": controls(evidence: "[{check: regime.policy}, {check: exposure.port}]"),
        "consequences.yaml": #"""
        many:
          when: persons >= officerFiling
          text: {zh: "{persons} 人", en: "{persons} persons"}
          clauses: [CSL.23]
        """#,
        "wording.yaml": #"""
        checks:
          regime.policy:
            method: document
            severity: high
            title: {zh: "有制度", en: "there is a policy"}
            finding: {zh: "{asset} 缺 {element}", en: "{asset} lacks {element}"}
            remediation: {zh: "补 {element}", en: "add {element}"}
          exposure.port:
            method: measurement
            severity: high
            title: {zh: "端口关闭", en: "the port is closed"}
            finding: {zh: "{asset} 开放", en: "{asset} is open"}
            remediation: {zh: "关闭 {asset}", en: "close {asset}"}
        messages:
          greeting: {zh: "{name} 有 {count}", en: "{name} has {count}"}
        exhibits:
          ports: {zh: "端口", en: "Ports"}
        columns:
          host: {zh: "主机", en: "Host"}
        terms:
          state.plaintext: {zh: "明文", en: "plain text"}
        """#,
    ]

    static func controls(evidence: String, appliesWhen: String = "always", severity: String = "high") -> String {
        """
        MGT-01:
          title: {zh: "控制", en: "control"}
          domain: management
          duties: [M1]
          appliesWhen: \(appliesWhen)
          severity: \(severity)
          clauses: [CSL.23]
          evidence: \(evidence)
          remediation: {zh: "改", en: "mend"}
          owner: {zh: "某人", en: "somebody"}
        """
    }

    /// The catalogue with one file given anew.
    static func load(_ name: String? = nil, _ text: String = "") throws -> Catalogue {
        var files = files
        if let name { files[name] = text }
        return try Catalogue.load(files.map { CatalogueFile(name: $0.key, text: $0.value) })
    }

    /// What is wrong after `old` was replaced by `new` in one file.
    static func problems(_ name: String, _ old: String, _ new: String) -> [CatalogueError.Problem] {
        do {
            _ = try load(name, (files[name] ?? "").replacingOccurrences(of: old, with: new))
            return []
        } catch let error as CatalogueError {
            return error.problems
        } catch {
            return []
        }
    }
}

/// The shipped catalogue, read once for all tests.
enum ShippedCatalogue {
    static let result = Result { try Catalogue.load() }
}

/// Noon in China on a day.
func noon(_ day: String) -> Date {
    let formatter = ISO8601DateFormatter()
    return formatter.date(from: "\(day)T12:00:00+08:00") ?? .distantPast
}
