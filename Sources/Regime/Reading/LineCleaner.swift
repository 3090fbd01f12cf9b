import Foundation

/// Lines as documents mean them: without markup, full-width digits and the spaces that typesetting puts between Chinese characters.
enum LineCleaner {
    static func lines(_ text: String) -> [String] {
        text.replacingOccurrences(of: "\r\n", with: "\n").split(omittingEmptySubsequences: false) { $0.isNewline || $0 == "\u{0C}" }
            .map { clean(String($0.prefix(20_000))) }.map { isPageNumber($0) ? "" : $0 }
    }

    static func clean(_ line: String) -> String {
        var line = line
        if line.contains("<") { line = tag?.removed(from: line) ?? line }
        if line.contains("\\") { line = unescaped(line) }
        line = line.replacingOccurrences(of: "**", with: "").replacingOccurrences(of: "\u{3000}", with: " ").replacingOccurrences(of: "\t", with: " ")
        line = String(
            line.unicodeScalars.map { scalar in
                // Full-width digits and letters; full-width punctuation stays.
                let isWide =
                    (0xFF10...0xFF19).contains(scalar.value) || (0xFF21...0xFF3A).contains(scalar.value) || (0xFF41...0xFF5A).contains(scalar.value)
                return isWide ? Character(UnicodeScalar(scalar.value - 0xFEE0) ?? scalar) : Character(scalar)
            })
        // PDF fonts map some characters to look-alike radicals (⾼ for 高).
        if line.unicodeScalars.contains(where: { (0x2E80...0x2FDF).contains($0.value) || (0xF900...0xFAFF).contains($0.value) }) {
            line = line.unicodeScalars.map { scalar in
                let isLookAlike = (0x2E80...0x2FDF).contains(scalar.value) || (0xF900...0xFAFF).contains(scalar.value)
                return isLookAlike ? String(scalar).precomposedStringWithCompatibilityMapping : String(scalar)
            }.joined()
        }
        while line.hasPrefix(">") || line.hasPrefix(" ") { line.removeFirst() }
        return withoutInnerSpaces(line.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    static func isHan(_ character: Character) -> Bool {
        character.unicodeScalars.first.map { (0x3400...0x9FFF).contains($0.value) || (0x20000...0x323AF).contains($0.value) } ?? false
    }

    /// `批 准 人` → `批准人`, `2026 年 10 月` → `2026年10月`; more than one space is a gap that means something (`批准：  王芳  2026年`).
    private static func withoutInnerSpaces(_ line: String) -> String {
        guard line.contains(" ") else { return line }
        let characters = Array(line)
        var result = ""
        for (index, character) in characters.enumerated() {
            if character == " ", index > 0, index + 1 < characters.count {
                let (before, after) = (characters[index - 1], characters[index + 1])
                let isBetweenSingles = isHan(before) && isHan(after) && isAlone(characters, index)
                let isAtDigit = (before.isNumber && "年月日号个天小万级".contains(after)) || ("年月第".contains(before) && after.isNumber)
                if isBetweenSingles || isAtDigit { continue }
            }
            result.append(character)
        }
        return result
    }

    /// Whether the space stands in a spaced-out word: a single character on one side of it.
    private static func isAlone(_ characters: [Character], _ space: Int) -> Bool {
        let before = space < 2 || !isHan(characters[space - 2])
        let after = space + 2 >= characters.count || !isHan(characters[space + 2])
        return before && after
    }

    /// Backslash escapes of Markdown: `\_`, `1\.`.
    private static func unescaped(_ line: String) -> String {
        var result = ""
        var isEscaped = false
        for character in line {
            if character == "\\", !isEscaped {
                isEscaped = true
            } else {
                result.append(character)
                isEscaped = false
            }
        }
        return result
    }

    private static let tag = Pattern("</?[a-z][^<>]{0,200}>|<!--[^<>]{0,200}-->")
    private static let pageNumber = Pattern("^[-—–\\s]*第?\\s*\\d{1,4}\\s*页?([/／共\\s]{1,3}\\d{1,4}\\s*页?)?[-—–\\s]*$")

    private static func isPageNumber(_ line: String) -> Bool { pageNumber?.matches(line) ?? false }
}
