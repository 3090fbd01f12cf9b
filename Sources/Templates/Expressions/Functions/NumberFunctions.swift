extension ExpressionFunction {
    static let numberFunctions: [ExpressionFunction] = [
        ExpressionFunction(name: "to_number", arguments: 1...1) { (values, _) throws(EvaluationError) in .number(try values.number(0)) },
        ExpressionFunction(name: "dec_to_hex", arguments: 1...1) { (values, _) throws(EvaluationError) in
            .text(String(try values.integer(0), radix: 16))
        },
        radix("hex_to_dec", 16, "0x"), radix("oct_to_dec", 8, "0o"), radix("bin_to_dec", 2, "0b"),
        ExpressionFunction(name: "compare_versions", arguments: 2...32) { (values, _) throws(EvaluationError) in
            guard let version = VersionNumber(values[0].string) else { throw .argument("no version") }
            for value in values.dropFirst() where !(try VersionNumber.satisfies(version, value.string)) { return .boolean(false) }
            return .boolean(true)
        },
        ExpressionFunction(name: "unix_time", arguments: 0...1, isVolatile: true) { (values, environment) throws(EvaluationError) in
            let added = values.isEmpty ? 0 : try values.number(0)
            return .number((environment.now() + added).rounded(.down))
        },
        ExpressionFunction(name: "date_time", arguments: 1...2, isVolatile: true) { (values, environment) throws(EvaluationError) in
            let seconds = values.count > 1 ? try values.number(1) : environment.now()
            guard let date = CalendarDate(unixTime: seconds) else { throw .argument("a time outside of the calendar") }
            return .text(date.format(values[0].string))
        },
        ExpressionFunction(name: "to_unix_time", arguments: 1...2) { (values, _) throws(EvaluationError) in
            guard let seconds = CalendarDate.unixTime(values[0].string) else { throw .argument("no date") }
            return .number(seconds)
        },
    ]

    private static func radix(_ name: String, _ radix: Int, _ prefix: String) -> ExpressionFunction {
        ExpressionFunction(name: name, arguments: 1...1) { (values, _) throws(EvaluationError) in
            let text = values[0].string.lowercased()
            guard let value = Int(text.hasPrefix(prefix) ? String(text.dropFirst(2)) : text, radix: radix) else { throw .argument("a bad number") }
            return .integer(value)
        }
    }
}

/// A version with dots, and what comes after a dash: 2.4.1-rc1.
struct VersionNumber: Equatable {
    private var parts: [UInt64]
    private var preRelease: [Substring]

    /// Nil for anything that is not numbers with dots, with an optional v before and a pre-release after.
    init?(_ text: String) {
        var rest = Substring(text.trimmingSpaces())
        if rest.first == "v" || rest.first == "V" { rest = rest.dropFirst() }
        // Build information takes no part in the order.
        rest = rest.prefix { $0 != "+" }
        let core = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        var after = rest.dropFirst(core.count)
        if after.first == "-" || after.first == "~" || after.first == "_" { after = after.dropFirst() }
        guard rest.utf8.count <= 64, after.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || ".-_~".contains($0)) }) else { return nil }
        let numbers = core.split(separator: ".", omittingEmptySubsequences: false).map { UInt64($0) }
        parts = numbers.compactMap { $0 }
        guard !parts.isEmpty, parts.count == numbers.count else { return nil }
        preRelease = after.split(separator: ".")
        while parts.count < 3 { parts.append(0) }
    }

    /// Negative, zero or positive.
    func compared(to other: VersionNumber) -> Int {
        for index in 0..<max(parts.count, other.parts.count) {
            let left = index < parts.count ? parts[index] : 0
            let right = index < other.parts.count ? other.parts[index] : 0
            if left != right { return left < right ? -1 : 1 }
        }
        // A pre-release comes before its release.
        if preRelease.isEmpty || other.preRelease.isEmpty { return (preRelease.isEmpty ? 1 : 0) - (other.preRelease.isEmpty ? 1 : 0) }
        for (left, right) in zip(preRelease, other.preRelease) where left != right {
            switch (UInt64(left), UInt64(right)) {
            case (let a?, let b?): return a < b ? -1 : 1
            case (_?, nil): return -1
            case (nil, _?): return 1
            default: return left < right ? -1 : 1
            }
        }
        return preRelease.count - other.preRelease.count
    }

    /// Whether the version satisfies constraints such as `>= 1.2, < 2.0`.
    static func satisfies(_ version: VersionNumber, _ constraints: String) throws(EvaluationError) -> Bool {
        for constraint in constraints.split(separator: ",") {
            let text = String(constraint).trimmingSpaces()
            let symbol = text.prefix { "<>=!~".contains($0) }
            guard let other = VersionNumber(String(text.dropFirst(symbol.count))) else { throw .argument("no version") }
            let order = version.compared(to: other)
            let holds: Bool
            switch symbol {
            case "", "=", "==": holds = order == 0
            case "!=": holds = order != 0
            case "<": holds = order < 0
            case "<=": holds = order <= 0
            case ">": holds = order > 0
            case ">=": holds = order >= 0
            case "~>": holds = order >= 0 && version.parts.first == other.parts.first
            default: throw .argument("an unknown comparison")
            }
            if !holds { return false }
        }
        return true
    }
}

extension String {
    func trimmingSpaces() -> String { Bytes.string(Bytes.trim(Array(utf8)[...])) }
}
