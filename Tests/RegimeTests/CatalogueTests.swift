import Findings
import Foundation
import Regime
import Testing

@Suite("The catalogue of documents")
struct CatalogueTests {
    private let valid: String

    init() throws {
        let url = repository.appendingPathComponent("Sources/Regime/Resources/documents.yaml")
        valid = try String(contentsOf: url, encoding: .utf8)
    }

    @Test("describes one document for each check of the inspector")
    func complete() throws {
        #expect(try Set(DocumentCatalogue.bundled().checks) == Set(RegimeInspector.checks.map(\.rawValue)))
        #expect(try DocumentCatalogue.bundled().checks.count == RegimeInspector.checks.count)
    }

    @Test(
        "is refused with file and line",
        arguments: [
            ("maximumAge: 184", "maximumAge: soon", "expected a whole number"),
            ("maximumAge: 184", "maximumAges: 184", "maximumAges is unknown"),
            ("- check: regime.access-review", "- check: regime.access-policy", "stands twice"),
            ("demands: [date, officer]", "demands: [date, stamp]", "stamp is unknown"),
            ("conclusion: ['(结论|意见|确认)']", "conclusion: ['(结论']", "is no regular expression"),
            ("title: 应急演练记录", "titel: 应急演练记录", "titel is unknown"),
        ])
    func refused(original: String, replacement: String, problem: String) throws {
        let range = try #require(valid.range(of: original))
        let text = valid.replacingCharacters(in: range, with: replacement)
        let error = try #require(throws: DocumentCatalogueError.self) { _ = try DocumentCatalogue.parse(text, file: "documents.yaml") }
        #expect(error.problem.contains(problem))
        #expect((error.line ?? 0) > 1)
    }

    @Test("is refused when it is no YAML, or empty", arguments: ["", "a: [", "- 1", "general: {}"])
    func noCatalogue(text: String) {
        #expect(throws: DocumentCatalogueError.self) { _ = try DocumentCatalogue.parse(text, file: "documents.yaml") }
    }
}
