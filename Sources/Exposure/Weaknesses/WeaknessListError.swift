/// Why a list of weaknesses can't be used: where, what, and how to mend it. A list that is read half would say "no known weakness" of the other half.
package struct WeaknessListError: Error, Hashable, Sendable, CustomStringConvertible {
    package var file: String
    /// From 1; nil when the file as a whole is meant.
    package var line: Int?
    package var problem: String

    package init(_ file: String, line: Int? = nil, _ problem: String) {
        self.file = file
        self.line = line
        self.problem = problem
    }

    package var description: String { "\(file)\(line.map { ":\($0)" } ?? ""): \(problem)" }
}
