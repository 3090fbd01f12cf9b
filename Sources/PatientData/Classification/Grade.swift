/// How sensitive a column is: the five levels of GB/T 39725-2020, 6.2, and why.
package struct Grade: Hashable, Sendable {
    package enum Reason: String, Hashable, Sendable {
        /// Level 5: AIDS, sexually transmitted diseases: for those who treat them only.
        case specialDisease
        /// Level 4: identifies a person directly.
        case directIdentifier
        /// Level 4: says of an identified person how ill he is.
        case identifiedHealth
        /// Level 3: masked in part; may be re-identified.
        case partlyDeidentified
        /// Level 3: identifies together with other data.
        case quasiIdentifier
        /// Level 3: health data beside which nobody is identified.
        case unlinkedHealth
        /// Level 2: names of medicines or illnesses, as a catalogue has them.
        case catalogue

        /// The key of its words in the wording.
        package var term: String { "grade.\(rawValue)" }
    }

    /// 1…5.
    package var level: Int
    package var reason: Reason

    /// - Parameters:
    ///   - isSpecial: names special illnesses.
    ///   - besideIdentifier: the same table holds something that identifies persons.
    /// - Returns: nil for ``DataKind/none``.
    package init?(kind: DataKind, protection: Protection, isSpecial: Bool = false, besideIdentifier: Bool) {
        let isMasked = protection == .masked
        switch kind {
        case .none: return nil
        case _ where isMasked: (level, reason) = (3, .partlyDeidentified)
        case _ where kind.isDirectIdentifier: (level, reason) = (4, .directIdentifier)
        case _ where kind.isHealth:
            if besideIdentifier {
                (level, reason) = isSpecial ? (5, .specialDisease) : (4, .identifiedHealth)
            } else {
                (level, reason) = kind == .drug ? (2, .catalogue) : (3, .unlinkedHealth)
            }
        default: (level, reason) = (3, .quasiIdentifier)
        }
    }
}
