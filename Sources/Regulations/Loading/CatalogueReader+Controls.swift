import Findings

extension CatalogueReader {
    mutating func readControls(_ root: Entry) {
        for (id, entry) in root.pairs {
            entry.allow(["title", "domain", "duties", "appliesWhen", "severity", "clauses", "evidence", "remediation", "owner"])
            let title = entry.required("title")?.localized
            let domain = entry.required("domain")?.choice(Control.Domain.self)
            let duties = entry.required("duties").map(readDutyReferences) ?? []
            let appliesWhen = entry.required("appliesWhen")?.condition(thresholds)
            let severity = entry.required("severity")?.choice(Severity.self)
            let cited = entry.required("clauses").map(readCitations) ?? []
            let evidence = entry.required("evidence").map(readEvidence) ?? []
            let remediation = entry.required("remediation")?.localized
            let owner = entry.required("owner")?.localized
            guard let title, let domain, let appliesWhen, let severity, let remediation, let owner else { continue }
            controls.append(
                Control(
                    id: id, title: title, domain: domain, duties: duties, appliesWhen: appliesWhen, severity: severity, clauses: cited,
                    evidence: evidence, remediation: remediation, owner: owner))
        }
    }

    private func readDutyReferences(_ list: Entry) -> [String] {
        let known = Set(duties.map(\.id))
        let references = list.elements
        if references.isEmpty { list.complain("names no duty") }
        return references.compactMap { element in
            guard let id = element.text else { return nil }
            if !known.contains(id) { element.complain("'\(id)' is no duty of duties.yaml") }
            return id
        }
    }

    private func readEvidence(_ list: Entry) -> [Control.Evidence] {
        var seen: Set<CheckID> = []
        let items = list.elements
        if items.isEmpty { list.complain("names no evidence") }
        return items.compactMap { element in
            element.allow(["check", "manual", "method"])
            if let reference = element.optional("check") {
                guard let id = reference.text.map(CheckID.init(rawValue:)) else { return nil }
                if wording.checks[id] == nil { reference.complain("'\(id.rawValue)' is no check of the wording files") }
                if !seen.insert(id).inserted { reference.complain("'\(id.rawValue)' stands twice") }
                return .check(id)
            }
            let method = element.required("method")?.choice(Control.ManualMethod.self)
            let text = element.required("manual")?.localized
            guard let method, let text else { return nil }
            return .manual(method, text)
        }
    }
}
