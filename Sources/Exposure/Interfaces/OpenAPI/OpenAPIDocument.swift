/// The GET operations of an OpenAPI 3.0 or 3.1 or Swagger 2.0 document, and what of it isn't asked.
package struct OpenAPIDocument: Sendable {
    /// Where the paths begin, as the document says: absolute or relative, variables replaced by their defaults; may be empty.
    package var servers: [String]
    package var operations: [Operation]
    package var skipped: [Skip: Int]

    /// One GET operation, ready to be asked.
    package struct Operation: Hashable, Sendable {
        /// The path as the document writes it. May hold anything; see ``name``.
        package var path: String
        /// Path and query with sample values, percent-encoded.
        package var target: String
        /// Its own servers, where it names some.
        package var servers: [String]

        /// `GET /patients/{id}`; what might be a person's value is replaced.
        package var name: String { "GET " + OperationName.safe(path) }
    }

    /// Why an operation isn't asked.
    package enum Skip: String, CaseIterable, Hashable, Sendable {
        /// Not GET: might change something.
        case method
        /// Called as if a GET would change, send or export something.
        case sideEffect = "side-effect"
        /// A parameter that must be there and that no harmless value fits.
        case parameter
        /// Gives files.
        case file
        /// Beyond the number of paths that are read, or against the specification.
        case excess
    }

    package static let mostPaths = 2_000
    package static let mostParameters = 64
}

/// Names of operations that may be shown: the document is the peer's word, and paths may hold people's numbers.
package enum OperationName {
    package static func safe(_ path: String) -> String {
        let parts = path.prefix(512).split(separator: "/").prefix(12).map { part -> String in
            if part.hasPrefix("{"), part.hasSuffix("}"), FieldNames.isIdentifier(String(part.dropFirst().dropLast())) { return String(part) }
            return FieldNames.isIdentifier(String(part)) ? String(part) : "*"
        }
        return "/" + parts.joined(separator: "/")
    }
}
