package import Findings

/// The techniques of MITRE ATT&CK that checks name, by their numbers: `T1190`, `T1078.001`.
package struct AttackMatrix: Hashable, Sendable {
    /// Of ATT&CK, whose numbers and names these are.
    package var version: String
    package var techniques: [String: LocalizedText]

    static let none = AttackMatrix(version: "", techniques: [:])

    /// `T` and four digits, for a sub-technique a dot and three more.
    static func isNumber(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let technique = parts.first, technique.first == "T", isDigits(technique.dropFirst(), 4) else { return false }
        return parts.count == 1 || parts.count == 2 && isDigits(parts[1], 3)
    }

    private static func isDigits(_ text: Substring, _ count: Int) -> Bool {
        text.utf8.count == count && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
