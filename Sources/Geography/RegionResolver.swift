package import Network

/// The region of an address, and what says so.
package struct RegionVerdict: Hashable, Sendable {
    package enum Source: Hashable, Sendable {
        /// The organisation's own list.
        case override
        case database
        /// The address's own range: private, loopback, documentation and the like.
        case range
    }

    package var region: Region
    package var source: Source

    package init(region: Region, source: Source) {
        self.region = region
        self.source = source
    }
}

/// Regions as an organisation reads them: its own list first, the database after, and a policy for Hong Kong, Macao and Taiwan.
package struct RegionResolver: Sendable {
    private let database: RegionDatabase
    /// Longest prefix first.
    private let overrides: [(block: CIDR, region: Region)]
    package let policy: HongKongMacaoTaiwanPolicy

    /// - Parameter overrides: block and region code; a code that is none is passed over; of blocks within each other the smallest counts.
    package init(database: RegionDatabase, overrides: [(CIDR, String)] = [], policy: HongKongMacaoTaiwanPolicy = .ownClass) {
        self.database = database
        self.overrides = overrides.compactMap { block, text in RegionCode(text).map { (block, Region($0)) } }
            .sorted { $0.block.prefixLength > $1.block.prefixLength }
        self.policy = policy
    }

    package func verdict(of address: IPAddress) -> RegionVerdict {
        if let own = overrides.first(where: { $0.block.contains(address) }) { return RegionVerdict(region: own.region, source: .override) }
        let region = database.region(of: address)
        if case .special = region { return RegionVerdict(region: region, source: .range) }
        return RegionVerdict(region: region, source: .database)
    }

    package func standing(of region: Region) -> RegionStanding { policy.standing(of: region) }

    package var attribution: RegionDatabase.Attribution { database.attribution }
}
