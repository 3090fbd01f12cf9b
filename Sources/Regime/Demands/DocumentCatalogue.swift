import Foundation
import Yams

/// Every document that is demanded, and the words by which documents are read.
package struct DocumentCatalogue: Sendable {
    var general: GeneralPatterns
    var documents: [DocumentDemand]

    /// The checks that its documents answer, in their order.
    package var checks: [String] { documents.map(\.check) }

    /// The catalogue that belongs to the program.
    package static func bundled() throws(DocumentCatalogueError) -> DocumentCatalogue {
        let name = "documents.yaml"
        guard let url = Bundle.module.url(forResource: "documents", withExtension: "yaml", subdirectory: "Resources"),
            let text = try? String(contentsOf: url, encoding: .utf8)
        else { throw DocumentCatalogueError(file: name, line: nil, problem: "can't be read") }
        return try parse(text, file: name)
    }

    /// Reads a catalogue strictly.
    /// - Throws: ``DocumentCatalogueError`` for an unknown or missing key, a repeated check, a broken pattern.
    package static func parse(_ text: String, file: String) throws(DocumentCatalogueError) -> DocumentCatalogue {
        let root: Node?
        do { root = try Yams.compose(yaml: text) } catch { throw DocumentCatalogueError(file: file, line: nil, problem: "is no YAML: \(error)") }
        guard let root else { throw DocumentCatalogueError(file: file, line: nil, problem: "is empty") }
        let reader = CatalogueReader(file: file)
        let fields = try reader.fields(root, required: ["general", "documents"])
        let general = try reader.general(fields["general"] ?? root)
        var documents: [DocumentDemand] = []
        for node in try reader.list(fields["documents"] ?? root) {
            let document = try reader.document(node)
            guard !documents.contains(where: { $0.check == document.check }) else {
                throw reader.error(node, "\(document.check) stands twice")
            }
            documents.append(document)
        }
        return DocumentCatalogue(general: general, documents: documents)
    }
}

/// Where the catalogue of documents is wrong, and how.
package struct DocumentCatalogueError: Error, Hashable, Sendable, CustomStringConvertible {
    package var file: String
    package var line: Int?
    package var problem: String
    package var description: String { file + (line.map { ":\($0)" } ?? "") + ": " + problem }
}
