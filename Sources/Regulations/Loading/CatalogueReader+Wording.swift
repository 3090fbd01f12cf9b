import Findings

extension CatalogueReader {
    mutating func readWording(_ root: Entry) {
        root.allow(["checks", "messages", "exhibits", "columns", "terms"])
        for (name, entry) in root.optional("checks")?.pairs ?? [] { readCheck(name, entry) }
        readTexts(root, "messages", into: \.messages)
        readTexts(root, "exhibits", into: \.exhibits)
        readTexts(root, "columns", into: \.columns)
        readTexts(root, "terms", into: \.terms)
    }

    private mutating func readCheck(_ name: String, _ entry: Entry) {
        entry.allow(["method", "severity", "attack", "title", "finding", "remediation"])
        let method = entry.required("method")?.choice(CheckDefinition.Method.self)
        let severity = entry.required("severity")?.choice(Severity.self)
        let attack = entry.optional("attack").map(readTechniques) ?? []
        let title = entry.required("title")?.localized
        let finding = entry.required("finding")?.localized
        let remediation = entry.required("remediation")?.localized
        guard let method, let severity, let title, let finding, let remediation else { return }
        let id = CheckID(rawValue: name)
        if wording.checks[id] != nil { entry.complain("stands in \(wordOrigins["checks.\(name)"] ?? "another file") too; keep one") }
        remember("checks.\(name)", entry)
        wording.checks[id] = CheckDefinition(
            id: id, method: method, severity: severity, attack: attack, title: title, finding: finding, remediation: remediation)
    }

    /// Files may repeat a word, but not give one key two meanings.
    private mutating func readTexts(_ root: Entry, _ section: String, into path: WritableKeyPath<Wording, [String: LocalizedText]>) {
        for (name, entry) in root.optional(section)?.pairs ?? [] {
            guard let text = entry.localized else { continue }
            if let other = wording[keyPath: path][name], other != text {
                entry.complain("is worded differently in \(wordOrigins["\(section).\(name)"] ?? "another file"); keep one")
            }
            remember("\(section).\(name)", entry)
            wording[keyPath: path][name] = text
        }
    }

    private mutating func remember(_ key: String, _ entry: Entry) {
        wordOrigins[key] = "\(entry.file):\(entry.line ?? 0)"
    }
}
