package import Foundation

/// Something to tell a person: a key whose words, in Chinese and English, stand in the catalogue (`Regulations/Resources/wording*.yaml`), and the
/// facts that fill the words' `{placeholders}`.
///
/// Capabilities only ever make messages; no capability holds a sentence.
/// - Important: facts are shown as they are. A fact that is or contains a person's value must have been masked (see ``Mask``).
package struct Message: Codable, Hashable, Sendable {
    /// Dotted, lower case with hyphens: `exposure.reply`.
    package var key: String
    package var facts: [String: Fact]

    package init(_ key: String, _ facts: [String: Fact] = [:]) {
        self.key = key
        self.facts = facts
    }
}

/// A value in a message or an exhibit, typed so that each language can print it its own way.
package enum Fact: Hashable, Sendable {
    /// Printed as it is, in every language.
    case text(String)
    /// Printed with digit grouping.
    case count(Int)
    /// 0…1, printed as a percentage.
    case share(Double)
    /// Printed in a binary unit.
    case bytes(Int)
    /// Printed as a day.
    case day(Date)
    /// Printed as a day and a time.
    case time(Date)
    /// Days, printed with the unit.
    case days(Int)
    /// A key under `terms` of the wording: `kind.id-card`, `state.plaintext`, `region.overseas`.
    case term(String)
    /// A whole message of its own.
    case message(Message)
    /// Printed with the language's enumeration mark.
    case list([Fact])
    /// Nothing to say: an empty cell.
    case none
}

extension Fact: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    package init(stringLiteral value: String) { self = .text(value) }
    package init(integerLiteral value: Int) { self = .count(value) }
}
