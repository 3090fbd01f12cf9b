package import Findings
package import Geography

/// A line of the region table, in words of the catalogue or as a code.
package enum RegionKey: Hashable, Sendable {
    case code(RegionCode)
    case undetermined
    case special(SpecialRange)

    package init(_ region: Region) {
        switch region {
        case .mainland, .hongKongMacaoTaiwan, .overseas: self = region.code.map { .code($0) } ?? .undetermined
        case .undetermined: self = .undetermined
        case .special(let range): self = .special(range)
        }
    }

    /// Never changes: findings are recognised by it.
    package var name: String {
        switch self {
        case .code(let code): code.description
        case .undetermined: "undetermined"
        case .special(let range): range.rawValue
        }
    }

    package var region: Region {
        switch self {
        case .code(let code): Region(code)
        case .undetermined: .undetermined
        case .special(let range): .special(range)
        }
    }

    package var fact: Fact {
        switch self {
        case .code(let code): RegionTerms.named.contains(code.description) ? .term("region.\(code)") : .text(code.description)
        case .undetermined: .term("region.undetermined")
        case .special(let range): .term("region.\(range.rawValue)")
        }
    }
}

/// Which regions have names in the wording.
package enum RegionTerms {
    /// The codes that the wording has names for; others are shown as they are.
    package static let named: Set<String> = Set(
        """
        CN HK MO TW US GB DE FR NL SE ES RU IT CA PL AU IN JP SG BE CH FI BR IE AT UA CZ TR RO NO DK ZA KR KP AR BD BG PT CO LT IR MX NZ MY TH HU VN \
        PH IL CL AE LU GR KZ EE LV SK PK SA PE KE NG EG MD VE IQ KH MM LA MN LK NP BY SC PA UZ ID
        """.split(separator: " ").map(String.init))
}
