/// What is wrong with the catalogue's files; never empty, in the order of file and line.
package struct CatalogueError: Error, Hashable, Sendable, CustomStringConvertible {
    package struct Problem: Hashable, Sendable, CustomStringConvertible {
        package var file: String
        /// From 1; nil when the file as a whole is meant.
        package var line: Int?
        /// `MGT-01.clauses`; empty for the whole file.
        package var key: String
        package var problem: String

        package var description: String {
            var text = file
            if let line { text += ":\(line)" }
            if !key.isEmpty { text += ": \(key)" }
            return text + ": " + problem
        }
    }

    package var problems: [Problem]

    init(_ problems: [Problem]) {
        self.problems = problems.sorted { ($0.file, $0.line ?? 0, $0.key) < ($1.file, $1.line ?? 0, $1.key) }
    }

    package var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// Gathers problems, so that one load reports all of them.
final class ProblemLog {
    private(set) var problems: [CatalogueError.Problem] = []

    func add(file: String, line: Int? = nil, key: String = "", _ problem: String) {
        problems.append(CatalogueError.Problem(file: file, line: line, key: key, problem: problem))
    }
}
