package import Findings

/// A law, regulation, notice or standard.
package struct Law: Hashable, Sendable {
    /// How its places are named.
    package enum Form: String, CaseIterable, Sendable {
        /// 第23条第3项
        case articles
        /// GB/T 22239-2019 8.1.4.8
        case sections
    }

    /// What the instrument was called before an amendment.
    package struct Former: Hashable, Sendable {
        /// The last day of the former version.
        package var until: CalendarDay
        package var title: LocalizedText
        package var citation: LocalizedText
    }

    package var id: String
    package var title: LocalizedText
    /// The short form that reports print: `《网络安全法》`.
    package var citation: LocalizedText
    package var form: Form
    package var validity: Validity
    package var former: Former?
    /// What a reader must know about it: a draft in force only from a later day, a source that is not official.
    package var note: LocalizedText?

    package func citation(on day: CalendarDay) -> LocalizedText {
        if let former, day <= former.until { return former.citation }
        return citation
    }
}

/// From when until when something is law.
package struct Validity: Hashable, Sendable {
    /// nil: the day isn't confirmed (see ``earliest``).
    package var from: CalendarDay?
    /// Where ``from`` isn't confirmed: the first day it may have been; nil when even that isn't known.
    package var earliest: CalendarDay?
    /// The last day; nil while it is in force.
    package var until: CalendarDay?

    package var isConfirmed: Bool { from != nil }

    package func covers(_ day: CalendarDay) -> Bool {
        if let start = from ?? earliest, day < start { return false }
        if let until, day > until { return false }
        return true
    }
}
