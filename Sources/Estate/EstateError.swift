/// What is wrong with an estate file, where, and how to mend it. Holds no secret.
package struct EstateError: Error, Hashable, Sendable, CustomStringConvertible {
    package var file: String
    /// From 1; nil when the file as a whole is meant.
    package var line: Int?
    /// `stores[0].url`; empty for the whole file.
    package var key: String
    package var problem: String

    package init(file: String, line: Int? = nil, key: String = "", problem: String) {
        self.file = file
        self.line = line
        self.key = key
        self.problem = problem
    }

    package var description: String {
        var text = file
        if let line { text += ":\(line)" }
        if !key.isEmpty { text += ": \(key)" }
        return text + ": " + problem
    }
}

/// Everything that is wrong with an estate file, in the order of its lines; never empty.
package struct EstateErrors: Error, Hashable, Sendable, CustomStringConvertible {
    package var errors: [EstateError]

    package init(_ errors: [EstateError]) { self.errors = errors }

    package var description: String { errors.map(\.description).joined(separator: "\n") }
}
