import Findings
import Foundation
import Regulations
import Testing

@Suite struct CatalogueErrorTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        var file: String
        var old: String
        var new: String
        var line: Int
        var says: String

        var testDescription: String { "\(file): \(new)" }
    }

    static let faults = [
        Fault(file: "clauses.yaml", old: "law: CSL\n  article: \"23\"", new: "law: XYZ\n  article: \"23\"", line: 2, says: "'XYZ' is no law"),
        Fault(file: "controls.yaml", old: "[CSL.23]", new: "[CSL.99]", line: 7, says: "'CSL.99' is no clause"),
        Fault(file: "controls.yaml", old: "[CSL.23]", new: "[CSL.23, CSL.23]", line: 7, says: "stands twice"),
        Fault(file: "controls.yaml", old: "[CSL.23]", new: "[STATE.1]", line: 7, says: "duty of the State"),
        Fault(file: "controls.yaml", old: "[M1]", new: "[M9]", line: 4, says: "'M9' is no duty"),
        Fault(file: "controls.yaml", old: "[M1]", new: "[]", line: 4, says: "names no duty"),
        Fault(file: "controls.yaml", old: "regime.policy", new: "regime.polcy", line: 8, says: "'regime.polcy' is no check"),
        Fault(file: "controls.yaml", old: "{check: exposure.port}", new: "{check: regime.policy}", line: 8, says: "stands twice"),
        Fault(file: "controls.yaml", old: "{check: exposure.port}", new: "{manual: {zh: \"证\", en: \"proof\"}}", line: 8, says: "lacks 'method'"),
        Fault(file: "controls.yaml", old: "always", new: "person >= 1", line: 5, says: "'person' is no field of the profile"),
        Fault(file: "controls.yaml", old: "always", new: "persons >= officerFilling", line: 5, says: "neither a number nor a threshold"),
        Fault(file: "controls.yaml", old: "severity: high", new: "severity: grave", line: 6, says: "is 'grave'; there are low, medium"),
        Fault(file: "controls.yaml", old: "domain: management", new: "domain: magic", line: 3, says: "is 'magic'"),
        Fault(file: "controls.yaml", old: "  owner:", new: "  onwer:", line: 10, says: "isn't known here"),
        Fault(file: "controls.yaml", old: "{zh: \"改\", en: \"mend\"}", new: "{zh: \"改\"}", line: 9, says: "lacks 'en'"),
        Fault(file: "controls.yaml", old: "{zh: \"改\", en: \"mend\"}", new: "{zh: \"\", en: \"mend\"}", line: 9, says: "must be text"),
        Fault(file: "laws.yaml", old: "2017-06-01", new: "2017-02-30", line: 5, says: "must be a day"),
        Fault(file: "laws.yaml", old: "  effectiveFrom: 2017-06-01\n", new: "", line: 2, says: "lacks 'effectiveFrom'"),
        Fault(file: "laws.yaml", old: "form: sections", new: "form: chapters", line: 9, says: "is 'chapters'"),
        Fault(file: "laws.yaml", old: "effectiveFrom: null", new: "effectiveFrom: 2020-01-01", line: 7, says: "has both"),
        Fault(
            file: "clauses.yaml", old: "31, article: \"21\"}\n  status: verified", new: "31, article: \"21\"}\n  status: sure", line: 5,
            says: "is 'sure'"),
        Fault(file: "clauses.yaml", old: "STATE.1:", new: "CSL.23:", line: 1, says: "stands twice"),
        Fault(file: "thresholds.yaml", old: "officerFiling", new: "officerFilling", line: 1, says: "is no threshold"),
        Fault(file: "thresholds.yaml", old: "value: 184", new: "value: half a year", line: 5, says: "must be a whole number"),
        Fault(file: "thresholds.yaml", old: "184, basis: law, clauses: [CSL.23]", new: "184, basis: law", line: 5, says: "names no clause"),
        Fault(
            file: "thresholds.yaml", old: "184, basis: law, clauses: [CSL.23]", new: "184, basis: law, clauses: [X.8]", line: 5,
            says: "'X.8' is no clause"),
        Fault(file: "consequences.yaml", old: "[CSL.23]", new: "[CSL.8]", line: 4, says: "'CSL.8' is no clause"),
        Fault(file: "wording.yaml", old: "method: measurement", new: "method: guess", line: 9, says: "is 'guess'"),
        Fault(file: "wording.yaml", old: "terms:", new: "words:", line: 20, says: "isn't known here"),
        Fault(file: "wording.yaml", old: "terms:", new: "terms: [", line: 21, says: "is no YAML"),
        Fault(file: "catalogue.yaml", old: "asOf: 2026-08-20", new: "asOf: lately", line: 2, says: "must be a day"),
    ]

    @Test("each fault is reported with its file and line", arguments: faults)
    func fault(_ fault: Fault) {
        let problems = SmallCatalogue.problems(fault.file, fault.old, fault.new)
        let hit = problems.first { $0.file == fault.file && $0.problem.contains(fault.says) }
        #expect(hit != nil, "\(problems)")
        // YAML gives a block's line as the line of its first entry.
        #expect(abs((hit?.line ?? 0) - fault.line) <= 1, "\(problems)")
    }

    @Test("all faults of a load are reported at once, in the order of file and line")
    func all() throws {
        var files = SmallCatalogue.files
        files["controls.yaml"] = files["controls.yaml"]?.replacingOccurrences(of: "[M1]", with: "[M9]")
            .replacingOccurrences(of: "[CSL.23]", with: "[CSL.99]")
        files["laws.yaml"] = files["laws.yaml"]?.replacingOccurrences(of: "2017-06-01", with: "soon")
        let error = #expect(throws: CatalogueError.self) {
            try Catalogue.load(files.map { CatalogueFile(name: $0.key, text: $0.value) })
        }
        let problems = try #require(error?.problems)
        #expect(problems.map(\.file) == ["controls.yaml", "controls.yaml", "laws.yaml"])
        #expect(problems.first?.description == "controls.yaml:4: MGT-01.duties: 'M9' is no duty of duties.yaml")
    }

    @Test("a missing or empty file is an error", arguments: SmallCatalogue.files.keys.sorted())
    func missing(name: String) {
        let others = SmallCatalogue.files.filter { $0.key != name }.map { CatalogueFile(name: $0.key, text: $0.value) }
        #expect(throws: CatalogueError.self) { try Catalogue.load(others) }
        #expect(throws: CatalogueError.self) { try Catalogue.load(others + [CatalogueFile(name: name, text: "")]) }
        #expect(throws: CatalogueError.self) { try Catalogue.load(others + [CatalogueFile(name: name, text: "- a list")]) }
    }

    @Test("a word given in two files must say the same")
    func twoFiles() throws {
        let files = SmallCatalogue.files.map { CatalogueFile(name: $0.key, text: $0.value) }
        let same = CatalogueFile(name: "wording-more.yaml", text: #"columns: {host: {zh: "主机", en: "Host"}}"#)
        #expect(try Catalogue.load(files + [same]).wording.columnTitle("host", .en) == "Host")
        let other = CatalogueFile(name: "wording-more.yaml", text: #"columns: {host: {zh: "机器", en: "Machine"}}"#)
        let error = #expect(throws: CatalogueError.self) { try Catalogue.load(files + [other]) }
        #expect(error?.problems.first?.problem.contains("wording-more.yaml:1") == true)
    }
}
