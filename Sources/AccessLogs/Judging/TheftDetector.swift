import Geography
import Network

/// Who took data from one source, and whether that is theft by ``TheftThresholds``.
struct TheftDetector {
    let thresholds: TheftThresholds
    /// Nil when there is no region data: then nobody is foreign.
    let resolver: RegionResolver?

    /// Networks that took any data, most bytes first.
    func networks(_ records: [AddressRecord]) -> [TakerNetwork] {
        struct Key: Hashable { var masked: String; var region: RegionKey }
        var networks: [Key: TakerNetwork] = [:]
        for record in records where record.dataRequests > 0 {
            let region = resolver?.verdict(of: record.address).region ?? SpecialRange(record.address).map { .special($0) } ?? .undetermined
            let key = Key(masked: TakerNetwork.mask(record.address), region: RegionKey(region))
            let standing = resolver?.standing(of: region) ?? HongKongMacaoTaiwanPolicy.ownClass.standing(of: region)
            networks[key, default: TakerNetwork(masked: key.masked, region: key.region, standing: standing, record: record)].add(record)
        }
        return networks.values.sorted { ($0.bytes, $1.masked) > ($1.bytes, $0.masked) }
    }

    func isForeignTheft(_ network: TakerNetwork) -> Bool {
        network.standing == .foreign
            && (network.peakDayRequests >= thresholds.foreignDayRequests || network.peakDayBytes >= thresholds.foreignDayBytes
                || network.bytes >= thresholds.foreignBytes
                || network.sequential >= thresholds.foreignSequential && network.sequentialShare >= thresholds.sequentialShare)
    }

    /// - Parameter all: the networks of the same source, the baseline.
    func isBulk(_ network: TakerNetwork, among all: [TakerNetwork]) -> Bool {
        if network.sequential >= thresholds.sequential, network.sequentialShare >= thresholds.sequentialShare { return true }
        guard !isHabit(network) else { return false }
        guard all.count > thresholds.baselineNetworks else { return network.bytes >= thresholds.bulkBytesWithoutBaseline }
        // `all` is sorted by falling bytes: 5 in 100 lie above this one.
        let baseline = all[all.count / 20 + 1].bytes
        return network.bytes >= max(thresholds.bulkBytes, Int(Double(baseline) * thresholds.bulkOverBaseline))
    }

    private func isHabit(_ network: TakerNetwork) -> Bool {
        guard network.standing == .domestic || network.standing == .special, network.days >= thresholds.habitDays else { return false }
        return Double(network.peakDayBytes) <= thresholds.habitPeak * Double(network.bytes) / Double(network.days)
    }
}
