package import Findings
package import Foundation

/// What a check's findings stand on, outside an assessment: how a gap is used, which controls it breaks, and which clauses ask for them.
package struct CheckBasis: Hashable, Sendable {
    /// Techniques of ATT&CK: `T1190`.
    package var attack: [String]
    /// The controls that rest on the check and apply to the organisation, in the order of the catalogue.
    package var controls: [Control]
    /// What those controls cite, each clause once; one that isn't verified is marked in its citation.
    package var clauses: [CitedClause]
}

extension Catalogue {
    /// - Parameters:
    ///   - profile: the organisation. Without one only what binds everybody counts, and numbers that depend on a grade are marked as such.
    ///   - date: when the facts happened: the law in force on that day is cited.
    package func basis(of check: CheckID, profile: Profile = Profile(), on date: Date) -> CheckBasis {
        let binding = controls(restingOn: check).filter { $0.appliesWhen.holds(for: profile) }
        let writer = CitationWriter(catalogue: self, profile: profile)
        let day = CalendarDay(date)
        var seen: Set<String> = []
        let cited = binding.flatMap(\.clauses).filter { seen.insert($0).inserted }
        return CheckBasis(
            attack: self.check(check)?.attack ?? [], controls: binding, clauses: cited.compactMap { writer.cite($0, on: [day]) })
    }
}

/// The bases of many findings, each worked out once.
package struct CheckBases: Sendable {
    private struct Key: Hashable {
        var check: CheckID
        var day: CalendarDay
    }

    package let catalogue: Catalogue
    package let profile: Profile
    /// When a finding's facts are taken to have happened, unless it says so itself.
    package let date: Date
    private var known: [Key: CheckBasis] = [:]

    package init(_ catalogue: Catalogue, profile: Profile = Profile(), on date: Date) {
        self.catalogue = catalogue
        self.profile = profile
        self.date = date
    }

    package mutating func basis(of finding: Finding) -> CheckBasis { basis(of: finding.check, on: finding.occurredAt ?? date) }

    package mutating func basis(of check: CheckID) -> CheckBasis { basis(of: check, on: date) }

    private mutating func basis(of check: CheckID, on date: Date) -> CheckBasis {
        let key = Key(check: check, day: CalendarDay(date))
        if let basis = known[key] { return basis }
        let basis = catalogue.basis(of: check, profile: profile, on: date)
        known[key] = basis
        return basis
    }
}
