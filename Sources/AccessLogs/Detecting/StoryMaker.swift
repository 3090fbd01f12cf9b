import Findings

/// Suspicions of one source that belong together: the same kind of thing by the same attacker, or against the same account, and near in time.
struct Story {
    private(set) var parts: [Suspicion]

    init(_ parts: [Suspicion]) { self.parts = parts }

    /// A guesser that got in did not only guess; else the part that tells most decides.
    var kind: IncidentKind? { parts.contains { $0.kind == .bruteForceSuccess } ? .bruteForceSuccess : leader?.kind }
    var from: UInt32 { parts.map(\.from).min() ?? 0 }
    var to: UInt32 { parts.map(\.to).max() ?? 0 }
    var severity: Severity { parts.map(\.severity).max() ?? .medium }
    var succeeded: Bool { parts.contains(where: \.succeeded) }
    var first: Suspicion? { parts.min { $0.from < $1.from } }
    var success: Suspicion? { parts.first { $0.succeeded && $0.successPlace != .none } }
    /// The part that tells most.
    var leader: Suspicion? { parts.max { ($0.requests, $0.view == .address ? 1 : 0) < ($1.requests, $1.view == .address ? 1 : 0) } }

    var addresses: Set<Identity> { Set(parts.map(\.address).filter { !$0.isNone }) }
    var accounts: Set<UInt64> { Set(parts.map(\.account).filter { $0 != 0 }) }
    var addressCount: Int { max(addresses.count, parts.map(\.addresses).max() ?? 0) }
    var accountCount: Int { max(accounts.count, parts.map(\.accounts).max() ?? 0) }

    /// The same events seen from the address and from the account are counted once: the view that saw more counts.
    func total(_ value: (Suspicion) -> UInt64) -> UInt64 {
        var totals: [Suspicion.View: UInt64] = [:]
        for part in parts {
            let (sum, overflow) = totals[part.view, default: 0].addingReportingOverflow(value(part))
            totals[part.view] = overflow ? .max : sum
        }
        return totals.values.max() ?? 0
    }

    var techniques: [String] { Self.distinct(parts.flatMap(\.techniques)) }
    var evidence: [Message] { Array(Self.distinct(parts.sorted { $0.requests > $1.requests }.flatMap(\.evidence)).prefix(6)) }

    private static func distinct<Value: Hashable>(_ values: [Value]) -> [Value] {
        var seen: Set<Value> = []
        return values.filter { seen.insert($0).inserted }
    }
}

struct StoryMaker {
    /// What two suspicions may have in common, and how many seconds may lie between them.
    private enum Bond: Hashable {
        case network(Identity), account(UInt64), tool(UInt32, UInt64), log

        var gap: UInt32 {
            switch self {
            // Attackers come back on the next day.
            case .network: 36 * 3_600
            // An account may be wanted by many.
            case .account: 6 * 3_600
            // The same client at the same interface at the same time, from several networks.
            case .tool: 1_800
            case .log: 2 * 3_600
            }
        }
    }

    /// Kinds that are one story when one attacker does them.
    private enum Family: Hashable {
        case guessing, spreading
        case other(IncidentKind)

        init(_ kind: IncidentKind) {
            switch kind {
            case .bruteForce, .bruteForceSuccess: self = .guessing
            case .credentialStuffing, .passwordSpray: self = .spreading
            default: self = .other(kind)
            }
        }
    }

    private struct Key: Hashable {
        var family: Family
        var bond: Bond
    }

    func stories(_ suspicions: [Suspicion]) -> [Story] {
        let ordered = withoutShadows(suspicions).sorted { Self.order($0) < Self.order($1) }
        var groups = DisjointSets(count: ordered.count)
        var latest: [Key: Int] = [:]
        var ends = ordered.map(\.to)
        for (index, suspicion) in ordered.enumerated() {
            for key in keys(of: suspicion) {
                if let before = latest[key] {
                    let root = groups.root(of: before)
                    if suspicion.from <= ends[root] &+ key.bond.gap {
                        let end = max(ends[root], ends[groups.root(of: index)])
                        groups.join(before, index)
                        ends[groups.root(of: index)] = end
                    }
                }
                latest[key] = index
            }
        }
        var members: [Int: [Suspicion]] = [:]
        for (index, suspicion) in ordered.enumerated() { members[groups.root(of: index), default: []].append(suspicion) }
        return members.sorted { $0.value[0].from < $1.value[0].from || $0.value[0].from == $1.value[0].from && $0.key < $1.key }.map {
            Story($0.value)
        }
    }

    /// Of two that begin and end together one must come first, in every run the same.
    private static func order(_ one: Suspicion) -> (UInt32, UInt32, String, UInt64, UInt64, UInt64) {
        (one.from, one.to, one.kind.rawValue, one.address.high, one.address.low, one.account)
    }

    private func keys(of suspicion: Suspicion) -> [Key] {
        let family = Family(suspicion.kind)
        if suspicion.kind == .logTampering { return [Key(family: family, bond: .log)] }
        var bonds: [Bond] = []
        if !suspicion.address.isNone { bonds.append(.network(suspicion.address.network)) }
        if suspicion.account != 0 { bonds.append(.account(suspicion.account)) }
        let isSwarming = family == .spreading || suspicion.kind == .enumeration || suspicion.kind == .bulkDownload
        if isSwarming, suspicion.agent != 0, suspicion.account == 0 { bonds.append(.tool(suspicion.agent, suspicion.shape)) }
        return bonds.map { Key(family: family, bond: $0) }
    }

    /// What is only the other side of a larger thing: guesses at one account by who tries many.
    private func withoutShadows(_ suspicions: [Suspicion]) -> [Suspicion] {
        let spreaders = suspicions.filter { Family($0.kind) == .spreading }
        guard !spreaders.isEmpty else { return suspicions }
        return suspicions.filter { one in
            guard Family(one.kind) == .guessing else {
                // An hour full of failures that one network made is that network's story.
                return one.view != .source || one.kind == .logTampering || one.agent != 0
                    || !spreaders.contains { $0.view != .source && $0.from <= one.to && one.from <= $0.to }
            }
            return !spreaders.contains { $0.from <= one.to && one.from <= $0.to && $0.address.network == one.address.network }
        }
    }
}

/// Union by index, with path halving.
private struct DisjointSets {
    private var parents: [Int]

    init(count: Int) { parents = Array(0..<count) }

    mutating func root(of index: Int) -> Int {
        var index = index
        while parents[index] != index {
            parents[index] = parents[parents[index]]
            index = parents[index]
        }
        return index
    }

    mutating func join(_ one: Int, _ other: Int) {
        let (one, other) = (root(of: one), root(of: other))
        if one != other { parents[other] = one }
    }
}
