package import Findings

/// Every word that reports and the terminal print, in Chinese and English.
package struct Wording: Sendable {
    package internal(set) var checks: [CheckID: CheckDefinition] = [:]
    package internal(set) var messages: [String: LocalizedText] = [:]
    package internal(set) var exhibits: [String: LocalizedText] = [:]
    package internal(set) var columns: [String: LocalizedText] = [:]
    package internal(set) var terms: [String: LocalizedText] = [:]

    /// A message's sentence, its `{placeholders}` filled. A key that isn't known reads as itself.
    package func text(_ message: Message, _ language: Language) -> String {
        guard let text = messages[message.key] else { return message.key }
        return fill(text[language], message.facts, language)
    }

    /// The words of a term; the last part of its key where there are none: `state.plaintext` → `plaintext`.
    package func term(_ key: String, _ language: Language) -> String { terms[key]?[language] ?? Self.lastPart(key) }

    package func exhibitTitle(_ id: String, _ language: Language) -> String { exhibits[id]?[language] ?? id }

    package func columnTitle(_ key: String, _ language: Language) -> String { columns[key]?[language] ?? Self.lastPart(key) }

    /// What holds when the check passes.
    package func checkTitle(_ id: CheckID, _ language: Language) -> String { checks[id]?.title[language] ?? id.rawValue }

    package func findingTitle(_ finding: Finding, _ language: Language) -> String {
        guard let check = checks[finding.check] else { return finding.check.rawValue }
        return fill(check.finding[language], Self.facts(finding), language)
    }

    package func remediation(_ finding: Finding, _ language: Language) -> String {
        guard let check = checks[finding.check] else { return finding.check.rawValue }
        return fill(check.remediation[language], Self.facts(finding), language)
    }

    /// What mends the check's findings, without one at hand: `{asset}` reads as "the asset concerned", another placeholder as `…`.
    package func remediation(of id: CheckID, _ language: Language) -> String {
        guard let check = checks[id] else { return id.rawValue }
        let template = check.remediation[language]
        var facts: [String: Fact] = [:]
        for name in Template(template).placeholders { facts[name] = name == "asset" ? .term("view.asset") : "…" }
        return fill(template, facts, language)
    }

    /// Fills a sentence's placeholders; one without a fact reads `—`. What is filled in is never itself filled.
    func fill(_ template: String, _ facts: [String: Fact], _ language: Language) -> String {
        var result = ""
        for piece in Template(template).pieces {
            switch piece {
            case .text(let text): result += text
            case .placeholder(let name): result += facts[name].map { render($0, language) } ?? "—"
            }
        }
        return result
    }

    static func facts(_ finding: Finding) -> [String: Fact] {
        finding.facts.merging(["asset": .text(finding.asset)]) { own, _ in own }
    }

    private static func lastPart(_ key: String) -> String { key.split(separator: ".").last.map(String.init) ?? key }
}

/// A sentence with `{placeholders}`.
struct Template {
    enum Piece: Hashable {
        case text(String)
        case placeholder(String)
    }

    let pieces: [Piece]

    var placeholders: Set<String> {
        Set(pieces.compactMap { if case .placeholder(let name) = $0 { name } else { nil } })
    }

    init(_ template: String) {
        var pieces: [Piece] = []
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = rest[rest.index(after: open)..<close]
            // Braces that hold no name are text.
            guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }) else {
                pieces.append(.text(String(rest[...open])))
                rest = rest[rest.index(after: open)...]
                continue
            }
            if open > rest.startIndex { pieces.append(.text(String(rest[..<open]))) }
            pieces.append(.placeholder(String(name)))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        self.pieces = pieces
    }
}
