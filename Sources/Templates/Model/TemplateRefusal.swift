/// Why a template was not loaded. A template runs wholly as it is written, or not at all.
package struct TemplateRefusal: Error, Equatable, Sendable {
    /// Stable ids: scripts and reports count them.
    package enum Reason: String, CaseIterable, Sendable {
        // The file.
        case unreadable
        case tooLarge = "too-large"
        case invalidYAML = "invalid-yaml"
        case missingID = "missing-id"
        case duplicateID = "duplicate-id"
        case noRequests = "no-requests"
        case invalidStructure = "invalid-structure"
        // Protocols and ways to run that a scanner of a hospital must not have, or that are not declarative.
        case code, javascript, headless, file, dns, whois, websocket, workflow
        case selfContained = "self-contained"
        case unsafe, fuzzing
        case race
        case payloadFile = "payload-file"
        case outOfBand = "out-of-band"
        case flowScript = "flow-script"
        // What a grant by name allows.
        case method
        case intrusive
        case credentials
        // What can't be run as it is written.
        case unknownFunction = "unknown-function"
        case undefinedVariable = "undefined-variable"
        case unknownPart = "unknown-part"
        case unknownMatcher = "unknown-matcher"
        case unknownExtractor = "unknown-extractor"
        case badRegularExpression = "bad-regular-expression"
        case badExpression = "bad-expression"
        case badQuery = "bad-query"
        case unsupportedKey = "unsupported-key"
        case tooManyRequests = "too-many-requests"
    }

    package var reason: Reason
    /// The key, function or name at fault, of the template: never of a target. Without control characters.
    package private(set) var detail: String
    /// The template's id, where it could be read.
    package var id: String?

    package init(_ reason: Reason, _ detail: String = "", id: String? = nil) {
        self.reason = reason
        // Shown on terminals: a template's author must not steer them.
        self.detail = String(String.UnicodeScalarView(detail.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.prefix(160)))
        self.id = id
    }
}
