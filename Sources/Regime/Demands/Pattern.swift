import Foundation

/// A regular expression (ICU syntax, any case) that was checked when it was loaded.
struct Pattern: Sendable {
    let source: String
    private let expression: NSRegularExpression
    private let anchored: NSRegularExpression

    /// Nil when `source` is no regular expression.
    init?(_ source: String) {
        guard !source.isEmpty, let expression = try? NSRegularExpression(pattern: source, options: [.caseInsensitive]),
            // Anchored by an expression of its own, so that a shorter alternative can't hide the one that reaches the end.
            let anchored = try? NSRegularExpression(pattern: "(?:\(source))$", options: [.caseInsensitive])
        else { return nil }
        self.source = source
        self.anchored = anchored
        self.expression = expression
    }

    func matches(_ text: String) -> Bool {
        expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
    }

    /// Every match, from left to right.
    func ranges(in text: String) -> [Range<String.Index>] {
        expression.matches(in: text, range: NSRange(text.startIndex..., in: text)).compactMap { Range($0.range, in: text) }
    }

    /// Whether a match reaches the end of the text: `应急预案` ends `网络安全事件应急预案`, not `应急预案的衔接`.
    func endsMatch(_ text: String) -> Bool {
        anchored.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
    }

    func removed(from text: String) -> String {
        expression.stringByReplacingMatches(in: text, range: NSRange(text.startIndex..., in: text), withTemplate: " ")
    }
}

extension [Pattern] {
    func anyMatches(_ text: String) -> Bool { contains { $0.matches(text) } }
}
