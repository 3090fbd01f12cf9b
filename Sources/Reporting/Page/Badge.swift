import Findings

/// A coloured word: a verdict, a severity, a status. `tone` is its CSS class; the word alone carries the meaning.
struct Badge: Sendable {
    let tone: String
    let text: String
    /// For drawings: not every maker of PDFs applies a page's style sheet to them.
    let colour: String

    init(_ verdict: Verdict, _ words: Words) {
        self.init(tone: verdict.rawValue, text: words.common("verdict.\(verdict.rawValue)"))
    }

    init(_ severity: Severity, _ words: Words) {
        self.init(tone: severity.rawValue, text: words.common("severity.\(severity.rawValue)"))
    }

    init(_ status: Report.Finding.Status, _ words: Words) {
        self.init(tone: status.rawValue, text: words.common("finding.\(status.rawValue)"))
    }

    private init(tone: String, text: String) {
        self.tone = tone
        self.text = PlainText.clean(text)
        colour = Colours.fill(tone)
    }
}

/// The colours of drawings, as in the style sheet.
enum Colours {
    static func fill(_ tone: String) -> String {
        switch tone {
        case Verdict.nonCompliant.rawValue: "#8c1d18"
        case Verdict.partial.rawValue: "#b38a00"
        case Verdict.compliant.rawValue: "#22663d"
        case Verdict.notApplicable.rawValue: "#d5dbe1"
        case "bar", "span": "#2f6c9c"
        case "gap": "#c62f24"
        default: "#8693a0"
        }
    }
}
