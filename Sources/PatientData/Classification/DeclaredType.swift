/// What a declared type rules out.
struct DeclaredType: Hashable, Sendable {
    let isBoolean: Bool
    let isDate: Bool
    /// With a time of day.
    let isTimestamp: Bool
    /// Has a fraction: a price, a measurement.
    let isFractional: Bool
    let isUUID: Bool

    var isDateOrBoolean: Bool { isBoolean || isDate || isTimestamp }

    init(_ type: String) {
        let type = type.lowercased()
        isBoolean = type.hasPrefix("bool") || type == "bit" || type == "bit(1)" || type == "tinyint(1)"
        isTimestamp = type.hasPrefix("timestamp") || type.hasPrefix("datetime")
        isDate = type == "date"
        isUUID = type == "uuid"
        let fractional = ["real", "float", "double", "money"].contains { type.hasPrefix($0) }
        let decimals =
            ["numeric", "decimal"].contains { type.hasPrefix($0) } && type.contains(",") && !type.replacing(" ", with: "").hasSuffix(",0)")
        isFractional = fractional || decimals
    }

    /// Whether values of this type could be of the kind.
    func permits(_ kind: DataKind) -> Bool {
        if isUUID { return kind.isRandomByNature }
        if isBoolean { return kind == .sex || kind == .maritalStatus }
        if isFractional { return [.geoLocation, .age, .labResult, .insurancePayment].contains(kind) }
        return !(isDate || isTimestamp) || kind == .birthDate
    }
}
