import Findings
import Mustache
import Regulations

/// The fixed words of a report, in its language.
struct Words: Sendable {
    let wording: Wording
    let language: Language

    subscript(_ key: String) -> String { wording.term("report.\(key)", language) }

    /// Words that the terminal uses too: `verdict.compliant`.
    func common(_ key: String) -> String { wording.term(key, language) }

    func sentence(_ key: String, _ facts: [String: Fact]) -> String { PlainText.clean(wording.text(Message("report.\(key)", facts), language)) }

    func fact(_ fact: Fact) -> String { PlainText.clean(wording.render(fact, language)) }

    func list(_ texts: [String]) -> String { fact(.list(texts.map(Fact.text))) }

    /// Lets templates write `{{heading.duties}}`.
    func group(_ name: String) -> any MustacheParent { Group(words: self, prefix: "report.\(name).") }

    /// As ``group(_:)``, for the words that the terminal uses too.
    func commonGroup(_ name: String) -> any MustacheParent { Group(words: self, prefix: "\(name).") }

    private struct Group: MustacheParent {
        let words: Words
        let prefix: String

        func child(named key: String) -> Any? { words.common(prefix + key) }
    }
}
