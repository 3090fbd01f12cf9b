import Findings

/// Turns the files' entries into the catalogue's values, and logs what is wrong with them.
struct CatalogueReader {
    let log: ProblemLog
    var attack = AttackMatrix.none
    var laws: [String: Law] = [:]
    var clauses: [String: Clause] = [:]
    var thresholds = Thresholds([:])
    var duties: [Duty] = []
    var controls: [Control] = []
    var consequences: [ConsequenceRule] = []
    var wording = Wording()
    /// Where each threshold names clauses: they are read before the clauses, whose conditions need their values.
    var thresholdClauses: [(Entry, String)] = []
    /// Where each word stands, to say so when it is given twice.
    var wordOrigins: [String: String] = [:]

    init(log: ProblemLog) { self.log = log }

    func readHeading(_ root: Entry) -> (version: String, asOf: CalendarDay, disclaimer: LocalizedText)? {
        root.allow(["version", "asOf", "disclaimer"])
        let version = root.required("version")?.text
        let asOf = root.required("asOf")?.day
        let disclaimer = root.required("disclaimer")?.localized
        guard let version, let asOf, let disclaimer else { return nil }
        return (version, asOf, disclaimer)
    }

    mutating func readThresholds(_ root: Entry) {
        var values: [ThresholdID: Threshold] = [:]
        for (name, entry) in root.pairs {
            entry.allow(["value", "basis", "clauses"])
            guard let id = ThresholdID(rawValue: name) else {
                entry.complain("is no threshold; there are \(ThresholdID.allCases.map(\.rawValue).joined(separator: ", "))")
                continue
            }
            let cited = entry.optional("clauses")?.elements.compactMap { element in element.text.map { (element, $0) } } ?? []
            let value = entry.required("value")?.number
            let basis = entry.required("basis")?.choice(Threshold.Basis.self)
            guard let value, let basis else { continue }
            if basis == .law, cited.isEmpty { entry.complain("is law, but names no clause") }
            thresholdClauses += cited
            values[id] = Threshold(value: value, basis: basis, clauses: cited.map(\.1))
        }
        for id in ThresholdID.allCases where values[id] == nil && root.optional(id.rawValue) == nil { root.complain("lacks '\(id.rawValue)'") }
        thresholds = Thresholds(values)
    }

    func checkThresholds() {
        for (entry, id) in thresholdClauses where clauses[id] == nil { entry.complain("'\(id)' is no clause of clauses.yaml") }
    }

    mutating func readDuties(_ root: Entry) {
        for (id, entry) in root.pairs {
            guard let title = entry.localized else { continue }
            duties.append(Duty(id: id, title: title))
        }
    }

    mutating func readConsequences(_ root: Entry) {
        for (id, entry) in root.pairs {
            entry.allow(["when", "text", "clauses"])
            let when = entry.required("when")?.condition(thresholds)
            let text = entry.required("text")?.localized
            let cited = entry.required("clauses").map(readCitations) ?? []
            guard let when, let text else { continue }
            consequences.append(ConsequenceRule(id: id, when: when, text: text, clauses: cited))
        }
    }

    /// Clauses that a control or consequence cites: each must exist and bind a company, and none may stand twice.
    func readCitations(_ list: Entry) -> [String] {
        var seen: Set<String> = []
        return list.elements.compactMap { element in
            guard let id = element.text else { return nil }
            guard let clause = clauses[id] else {
                element.complain("'\(id)' is no clause of clauses.yaml")
                return nil
            }
            if clause.addressee == .state { element.complain("'\(id)' is a duty of the State; it can't be cited against a company") }
            if !seen.insert(id).inserted { element.complain("'\(id)' stands twice") }
            return id
        }
    }
}
