package import Findings

/// A place in a law, and what it asks, in our own words.
package struct Clause: Hashable, Sendable {
    /// How well the place is known. Only `verified` is ever printed as a plain citation.
    package enum Status: String, Codable, CaseIterable, Sendable {
        /// Checked against the instrument's own text or an archived official page.
        case verified
        /// Checked only against a secondary source.
        case secondary
        /// Title and order are known; the number was computed from them.
        case derived
        /// From memory: its number isn't printed at all until a lawyer confirms it.
        case unverified
    }

    /// Whom the clause binds.
    package enum Addressee: String, CaseIterable, Sendable {
        case operators
        /// A duty of the State or its bodies: never cited against a company.
        case state
    }

    /// The number it had before the law was amended.
    package struct Former: Hashable, Sendable {
        /// The last day of the former number.
        package var until: CalendarDay
        package var article: String
        /// Where the number alone doesn't say it: `第64条、第66条`.
        package var place: LocalizedText?
        /// What it said then, where that differs.
        package var paraphrase: LocalizedText?
    }

    /// What stands for a clause of GB/T 22239 level 3 in a system of level 2.
    package enum Level2: Hashable, Sendable {
        /// The clause doesn't depend on the level.
        case same
        case article(String)
        /// Level 2 has no such control.
        case absent
    }

    package var id: String
    package var law: String
    /// `23.3`: article 23, part 3 (see ``isItem``); `8.1.4.8`: a section of a standard.
    package var article: String
    /// True when the part after the dot is known to be an item (项); otherwise it may be a paragraph (款), and is printed as `(3)`.
    package var isItem: Bool
    /// Names the place where the article's number doesn't: `附件第19项`.
    package var place: LocalizedText?
    package var former: Former?
    /// Narrower than the law's own validity, for a clause that an amendment added.
    package var validity: Validity?
    package var status: Status
    package var addressee: Addressee
    package var paraphrase: LocalizedText
    package var level2: Level2
    /// The lowest grade (等级保护) of a system that it binds.
    package var appliesFromLevel: Int
    /// Cited only where this holds: rules for medical institutions bind no software company.
    package var appliesWhen: Applicability
}
