/// When a control, a clause or a consequence applies: a condition over the organisation's profile.
///
/// Written as `always`, `minors`, `persons >= officerFiling`, `importantData or persons >= largeProcessor`, `not (mlpsLevel >= 3)`.
/// `and` binds closer than `or`. Names are checked when it is parsed; a number may be the name of a threshold.
package indirect enum Applicability: Hashable, Sendable {
    case always
    case flag(Flag)
    case comparison(Quantity, Comparison, Int)
    case not(Applicability)
    case and(Applicability, Applicability)
    case or(Applicability, Applicability)

    package enum Flag: String, CaseIterable, Sendable {
        case sensitivePersonalInformation, minors, importantData, criticalInformationInfrastructure, medicalInstitution, internetDiagnosis,
            outsources, crossBorder
    }

    package enum Quantity: String, CaseIterable, Sendable {
        case persons, mlpsLevel
    }

    package enum Comparison: String, CaseIterable, Sendable {
        case atLeast = ">="
        case above = ">"
        case atMost = "<="
        case below = "<"
        case equal = "=="
    }

    package func holds(for profile: Profile) -> Bool {
        switch self {
        case .always: true
        case .flag(let flag): flag.value(in: profile)
        case .comparison(let quantity, let comparison, let limit): comparison.holds(quantity.value(in: profile), limit)
        case .not(let condition): !condition.holds(for: profile)
        case .and(let left, let right): left.holds(for: profile) && right.holds(for: profile)
        case .or(let left, let right): left.holds(for: profile) || right.holds(for: profile)
        }
    }
}

extension Applicability.Flag {
    func value(in profile: Profile) -> Bool {
        switch self {
        case .sensitivePersonalInformation: profile.sensitivePersonalInformation
        case .minors: profile.minors
        case .importantData: profile.importantData
        case .criticalInformationInfrastructure: profile.criticalInformationInfrastructure
        case .medicalInstitution: profile.medicalInstitution
        case .internetDiagnosis: profile.internetDiagnosis
        case .outsources: profile.outsources
        case .crossBorder: profile.crossBorder
        }
    }
}

extension Applicability.Quantity {
    func value(in profile: Profile) -> Int {
        switch self {
        case .persons: profile.persons
        case .mlpsLevel: profile.mlpsLevel
        }
    }
}

extension Applicability.Comparison {
    func holds(_ value: Int, _ limit: Int) -> Bool {
        switch self {
        case .atLeast: value >= limit
        case .above: value > limit
        case .atMost: value <= limit
        case .below: value < limit
        case .equal: value == limit
        }
    }
}
