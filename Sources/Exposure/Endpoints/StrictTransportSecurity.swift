import Findings

/// What a server said about HSTS (RFC 6797).
package enum StrictTransportSecurity: Hashable, Sendable {
    /// Of that many seconds; 0 tells browsers to forget it.
    case present(maxAge: Int)
    /// A reply over TLS that should have had it had not, or had none that browsers understand.
    case absent
    /// Nothing was answered over TLS, or only errors: many servers add the header to successes alone.
    case unknown

    /// - Parameter value: the header's, as the first of its kind: others are ignored (RFC 6797 8.1).
    package init(_ value: String?, isTLS: Bool, status: Int) {
        guard isTLS else {
            self = .unknown
            return
        }
        if let age = value.flatMap(Self.maxAge) {
            self = .present(maxAge: age)
        } else {
            self = (200..<400).contains(status) ? .absent : .unknown
        }
    }

    /// Whether browsers will insist on TLS from now on.
    package var isOn: Bool? {
        switch self {
        case .present(let age): age > 0
        case .absent: false
        case .unknown: nil
        }
    }

    /// Half a year: less protects hardly anybody who doesn't come back often.
    package static let shortest = 180 * 86_400

    /// What is wrong with it; nil when nothing is, or nobody knows.
    package var problem: TLSProblem? {
        switch self {
        case .absent: Self.problem("exposure.hsts-missing")
        case .present(let age) where age < Self.shortest: Self.problem("exposure.hsts-short", ["days": .days(age / 86_400)])
        case .present, .unknown: nil
        }
    }

    private static func problem(_ key: String, _ facts: [String: Fact] = [:]) -> TLSProblem {
        TLSProblem(check: TLSChecks.weak, severity: .low, message: Message(key, facts))
    }

    /// The required directive `max-age`, quoted or not; nil when it is missing, given twice, or no number.
    private static func maxAge(_ value: String) -> Int? {
        var age: Int?
        for directive in value.prefix(1_024).split(separator: ";") {
            let parts = directive.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " && $0 != "\t" && $0 != "\"" } }
            guard parts.first?.lowercased() == "max-age" else { continue }
            guard age == nil, parts.count == 2, !parts[1].isEmpty, parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            // Too large for a number is long enough.
            age = Int(parts[1]) ?? .max
        }
        return age
    }
}
