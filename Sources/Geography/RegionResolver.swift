package import Network

/// The region of an address, what says so, and how sure it is.
package struct RegionVerdict: Hashable, Sendable {
    package enum Source: String, Hashable, Sendable {
        /// The organisation's own list.
        case override
        case database
        /// The organisation's own database (MMDB).
        case ownDatabase
        /// The address's own range: private, loopback, documentation and the like.
        case range
    }

    package var region: Region
    package var source: Source
    package var confidence: RegionConfidence
    /// What the organisation's lists say of the address.
    package var tags: AddressTags

    package init(region: Region, source: Source, confidence: RegionConfidence, tags: AddressTags = []) {
        (self.region, self.source, self.confidence, self.tags) = (region, source, confidence, tags)
    }
}

/// How sure a region is.
package enum RegionConfidence: UInt8, Hashable, Comparable, Sendable {
    /// There is no region.
    case none
    /// Servers, exits and networks that answer in many places; databases that contradict each other.
    case low
    /// A database alone, where such databases are known to differ: the mainland, Hong Kong, Macao, Taiwan, and Singapore, whose providers move
    /// blocks between them.
    case moderate
    /// A database alone elsewhere; two that agree.
    case high
    /// By definition, or by the organisation's own word.
    case certain

    package static func < (left: RegionConfidence, right: RegionConfidence) -> Bool { left.rawValue < right.rawValue }

    /// Never changes: the key of its name in the wording (`region-confidence.low`).
    package var name: String {
        switch self {
        case .none: "none"
        case .low: "low"
        case .moderate: "moderate"
        case .high: "high"
        case .certain: "certain"
        }
    }

    /// Of one database's word.
    init(alone region: Region) {
        switch region {
        case .mainland, .hongKongMacaoTaiwan: self = .moderate
        case .overseas(let code): self = code.packed == 0x5347 ? .moderate : .high  // SG
        case .undetermined: self = .none
        case .special: self = .certain
        }
    }
}

/// Regions as an organisation reads them: its own list first, then its own database, then the system's, and a policy for Hong Kong, Macao and Taiwan.
package struct RegionResolver: Sendable {
    private let database: RegionDatabase
    private let ownDatabase: MaxMindDatabase?
    private let overrides: AddressBlocks
    private let lists: [NetworkList]
    package let policy: HongKongMacaoTaiwanPolicy
    /// The region that is domestic.
    package let home: RegionCode

    /// - Parameters:
    ///   - overrides: block and region code; a code that is none is passed over; of blocks within each other the smallest counts.
    ///   - home: what is domestic; the policy is for organisations on the mainland.
    ///   - ownDatabase: counts before `database`.
    ///   - lists: give tags, and take confidence.
    package init(
        database: RegionDatabase, overrides: [(CIDR, String)] = [], policy: HongKongMacaoTaiwanPolicy = .ownClass,
        home: RegionCode = .mainland, ownDatabase: MaxMindDatabase? = nil, lists: [NetworkList] = []
    ) {
        self.database = database
        self.ownDatabase = ownDatabase
        self.overrides = AddressBlocks(overrides.compactMap { block, text in RegionCode(text).map { (block, $0.packed) } })
        self.lists = lists
        self.policy = policy
        self.home = home
    }

    /// Some tens of nanoseconds; a few hundred with a database of the organisation's own. Allocates nothing.
    package func verdict(of address: IPAddress) -> RegionVerdict {
        let tags = lists.isEmpty ? [] : self.tags(of: address)
        if !overrides.isEmpty, let code = overrides.mark(of: address) {
            return RegionVerdict(region: Region(RegionCode(packed: code)), source: .override, confidence: .certain, tags: tags)
        }
        let region = database.region(of: address)
        if case .special = region { return RegionVerdict(region: region, source: .range, confidence: .certain, tags: tags) }
        var verdict = RegionVerdict(region: region, source: .database, confidence: RegionConfidence(alone: region), tags: tags)
        if let ownDatabase { judge(&verdict, ownDatabase, address) }
        if !verdict.tags.isEmpty { verdict.confidence = min(verdict.confidence, .low) }
        return verdict
    }

    private func judge(_ verdict: inout RegionVerdict, _ own: MaxMindDatabase, _ address: IPAddress) {
        let address = address.embeddedIPv4 ?? address
        guard let code = own.code(of: address) else { return }
        let region = Region(code)
        guard region != .undetermined else { return }
        switch verdict.region {
        case region: verdict.confidence = .high
        case .undetermined: verdict.confidence = RegionConfidence(alone: region)
        default: verdict.confidence = .low
        }
        (verdict.region, verdict.source) = (region, .ownDatabase)
        if own.isAnycast(address) { verdict.tags.insert(.anycast) }
    }

    private func tags(of address: IPAddress) -> AddressTags {
        var tags: AddressTags = []
        for list in lists where list.contains(address) { tags.formUnion(list.tag) }
        return tags
    }

    /// Where the address is: by city where the organisation's database knows it, by the middle of the region else. Nil for what is no place, for
    /// the undetermined, and for what answers in many places.
    package func place(of address: IPAddress) -> Place? {
        let verdict = verdict(of: address)
        guard let code = verdict.region.code, !verdict.tags.contains(.anycast) else { return nil }
        if verdict.source == .ownDatabase, let place = ownDatabase?.place(of: address.embeddedIPv4 ?? address) { return place }
        return RegionCentres.place(of: code)
    }

    package func standing(of region: Region) -> RegionStanding {
        guard home != .mainland, let code = region.code else { return policy.standing(of: region) }
        return code == home ? .domestic : .foreign
    }

    package var attribution: RegionDatabase.Attribution { database.attribution }
}
