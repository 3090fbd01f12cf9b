import Yams

/// Reads the catalogue's YAML strictly: an unknown key, a missing one or a broken pattern is an error with its line.
struct CatalogueReader {
    let file: String

    func general(_ node: Node) throws(DocumentCatalogueError) -> GeneralPatterns {
        let keys = ["notTitles", "approval", "resolution", "dates", "notDates", "officers", "roles", "placeholders", "version"]
        let fields = try fields(node, required: keys)
        func patterns(_ key: String) throws(DocumentCatalogueError) -> [Pattern] { try self.patterns(fields[key] ?? node) }
        return GeneralPatterns(
            notTitles: try patterns("notTitles"), approval: try patterns("approval"), resolution: try patterns("resolution"),
            dates: try patterns("dates"), notDates: try patterns("notDates"), officers: try patterns("officers"), roles: try patterns("roles"),
            placeholders: try patterns("placeholders"), version: try patterns("version"))
    }

    func document(_ node: Node) throws(DocumentCatalogueError) -> DocumentDemand {
        let fields = try fields(
            node, required: ["check", "title", "titles", "demands", "elements"], optional: ["notTitles", "maximumAge", "stricter", "forbidden"])
        let check = try text(fields["check"] ?? node)
        guard check.hasPrefix("regime.") else { throw error(fields["check"] ?? node, "\(check) must begin with regime.") }
        var aspects: Set<DocumentDemand.Aspect> = []
        for entry in try list(fields["demands"] ?? node) {
            let name = try text(entry)
            guard let aspect = DocumentDemand.Aspect(rawValue: name) else {
                let known = DocumentDemand.Aspect.allCases.map(\.rawValue).joined(separator: ", ")
                throw error(entry, "\(name) is unknown; expected \(known)")
            }
            aspects.insert(aspect)
        }
        var stricter: [DocumentDemand.StricterAge] = []
        if let node = fields["stricter"] {
            for entry in try list(node) { stricter.append(try stricterAge(entry)) }
        }
        return DocumentDemand(
            check: check, title: try text(fields["title"] ?? node), titles: try patterns(fields["titles"] ?? node),
            notTitles: try fields["notTitles"].map { node throws(DocumentCatalogueError) in try patterns(node) } ?? [], aspects: aspects,
            generalMaximumAge: try fields["maximumAge"].map { node throws(DocumentCatalogueError) in try days(node) }, stricterAges: stricter,
            elements: try elements(fields["elements"] ?? node),
            forbidden: try fields["forbidden"].map { node throws(DocumentCatalogueError) in try elements(node) } ?? [])
    }

    private func stricterAge(_ node: Node) throws(DocumentCatalogueError) -> DocumentDemand.StricterAge {
        let fields = try fields(node, required: ["maximumAge"], optional: ["mlpsLevel", "persons"])
        return DocumentDemand.StricterAge(
            fromLevel: try fields["mlpsLevel"].map { node throws(DocumentCatalogueError) in try days(node) } ?? 0,
            fromPersons: try fields["persons"].map { node throws(DocumentCatalogueError) in try days(node) } ?? 0,
            days: try days(fields["maximumAge"] ?? node))
    }

    private func elements(_ node: Node) throws(DocumentCatalogueError) -> [DocumentDemand.Element] {
        guard let mapping = node.mapping, !mapping.isEmpty else { throw error(node, "expected ids with patterns") }
        var elements: [DocumentDemand.Element] = []
        for (key, value) in mapping { elements.append(DocumentDemand.Element(id: try text(key), patterns: try patterns(value))) }
        return elements
    }

    private func patterns(_ node: Node) throws(DocumentCatalogueError) -> [Pattern] {
        var patterns: [Pattern] = []
        for entry in try list(node) {
            let source = try text(entry)
            guard let pattern = Pattern(source) else { throw error(entry, "\(source) is no regular expression") }
            patterns.append(pattern)
        }
        return patterns
    }

    /// The values of a mapping that has every required key and no unknown one.
    func fields(_ node: Node, required: [String], optional: [String] = []) throws(DocumentCatalogueError) -> [String: Node] {
        guard let mapping = node.mapping else { throw error(node, "expected keys with values") }
        var fields: [String: Node] = [:]
        for (key, value) in mapping {
            let name = try text(key)
            guard required.contains(name) || optional.contains(name) else { throw error(key, "\(name) is unknown") }
            fields[name] = value
        }
        for name in required where fields[name] == nil { throw error(node, "\(name) is missing") }
        return fields
    }

    func list(_ node: Node) throws(DocumentCatalogueError) -> [Node] {
        guard let sequence = node.sequence, !sequence.isEmpty else { throw error(node, "expected a list with entries") }
        return Array(sequence)
    }

    private func text(_ node: Node) throws(DocumentCatalogueError) -> String {
        guard let text = node.scalar?.string, !text.isEmpty else { throw error(node, "expected text") }
        return text
    }

    private func days(_ node: Node) throws(DocumentCatalogueError) -> Int {
        guard let value = node.int, value > 0 else { throw error(node, "expected a whole number above 0") }
        return value
    }

    func error(_ node: Node, _ problem: String) -> DocumentCatalogueError {
        DocumentCatalogueError(file: file, line: node.mark?.line, problem: problem)
    }
}
