/// Why a rule was not loaded. A rule runs wholly as it is written, or not at all.
package struct SigmaRejection: Error, Hashable, Sendable {
    /// Stable ids: scripts and reports count them.
    package enum Reason: String, CaseIterable, Sendable, Codable {
        // The file.
        case unreadable
        case tooLarge = "too-large"
        case tooManyRules = "too-many-rules"
        case invalidYAML = "invalid-yaml"
        case invalidStructure = "invalid-structure"
        // The document.
        case missingTitle = "missing-title"
        case duplicateID = "duplicate-id"
        case duplicateName = "duplicate-name"
        case missingLogSource = "missing-logsource"
        case missingDetection = "missing-detection"
        case notARule = "not-a-rule"
        /// Sigma filters and the `action:` documents of old collections.
        case documentKind = "document-kind"
        case taxonomy
        case status
        // The detection.
        case condition
        /// `| count() by …`, `| near …`, `timeframe`.
        case aggregation
        case modifier
        case value
        case regularExpression = "regular-expression"
        // Correlations.
        case correlationType = "correlation-type"
        case correlationReference = "correlation-reference"
        case correlationKey = "correlation-key"
    }

    package var reason: Reason
    /// What exactly: a modifier, a key, an identifier, as the rule writes it, and why. Without control characters.
    package private(set) var detail: String
    package var file: String
    /// Counted from 1; 0 when it is the whole file's.
    package var line: Int
    package var title: String?
    package var id: String?

    package init(_ reason: Reason, _ detail: String = "", line: Int = 0) {
        self.reason = reason
        self.detail = SigmaText.clean(detail, limit: 200)
        self.line = line
        file = ""
    }
}

extension SigmaRejection: CustomStringConvertible {
    package var description: String {
        let place = line > 0 ? "\(file):\(line)" : file
        return "\(place): \(reason.rawValue)\(detail.isEmpty ? "" : ": " + detail)\(title.map { " (\($0))" } ?? "")"
    }
}

/// Texts of rule authors on their way to terminals and reports.
enum SigmaText {
    /// Without control characters (nobody's rule steers a terminal), at most `limit` scalars.
    static func clean(_ text: String, limit: Int) -> String {
        let kept = text.unicodeScalars.lazy.map { $0 == "\n" || $0 == "\t" ? " " : $0 }.filter { scalar in
            // C0, DEL, C1, and the marks that turn the direction of writing.
            !(scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || (0x202A...0x202E).contains(scalar.value)
                || (0x2066...0x2069).contains(scalar.value))
        }
        var cleaned = String.UnicodeScalarView()
        for scalar in kept.prefix(limit) { cleaned.append(scalar) }
        return String(cleaned)
    }
}
