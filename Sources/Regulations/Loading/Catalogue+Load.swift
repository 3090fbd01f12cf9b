import Findings
import Foundation

extension Catalogue {
    /// Reads and checks the catalogue that Suwen ships.
    package static func load() throws(CatalogueError) -> Catalogue {
        let root = Bundle.module.resourceURL ?? Bundle.module.bundleURL
        return try load(CatalogueFile.files(in: root))
    }

    /// As ``load()``, for files at hand.
    ///
    /// Every reference is checked: clause to law, control to clause, duty and check, threshold and consequence to clause.
    /// - Throws: all problems at once, each with file and line.
    package static func load(_ files: [CatalogueFile]) throws(CatalogueError) -> Catalogue {
        let log = ProblemLog()
        var roots: [String: Entry] = [:]
        for file in files { roots[file.name] = file.root(log) }
        let present = Set(files.map(\.name))
        for name in required where !present.contains(name) { log.add(file: name, "is missing") }
        guard required.allSatisfy({ roots[$0] != nil }) else { throw CatalogueError(log.problems) }

        var reader = CatalogueReader(log: log)
        roots["attack.yaml"].map { reader.readAttack($0) }
        for file in files.sorted(by: { $0.name < $1.name }) where file.name.hasPrefix("wording") { roots[file.name].map { reader.readWording($0) } }
        roots["thresholds.yaml"].map { reader.readThresholds($0) }
        roots["laws.yaml"].map { reader.readLaws($0) }
        roots["clauses.yaml"].map { reader.readClauses($0) }
        reader.checkThresholds()
        roots["duties.yaml"].map { reader.readDuties($0) }
        roots["controls.yaml"].map { reader.readControls($0) }
        roots["consequences.yaml"].map { reader.readConsequences($0) }
        let heading = roots["catalogue.yaml"].flatMap { reader.readHeading($0) }
        guard log.problems.isEmpty, let heading else { throw CatalogueError(log.problems) }
        return Catalogue(
            version: heading.version, asOf: heading.asOf, disclaimer: heading.disclaimer, attack: reader.attack, laws: reader.laws,
            clauses: reader.clauses, thresholds: reader.thresholds, duties: reader.duties, controls: reader.controls,
            consequences: reader.consequences,
            wording: reader.wording)
    }

    private static let required = [
        "catalogue.yaml", "laws.yaml", "clauses.yaml", "thresholds.yaml", "duties.yaml", "controls.yaml", "consequences.yaml", "wording.yaml",
    ]
}
