import Findings
import Foundation
import Geography
import Network

/// What one network (IPv4 /24, IPv6 /48) took from one source's data interfaces: an attacker changes the last number more easily than the network,
/// and evidence shows no more of an address than this.
struct TakerNetwork {
    var masked: String
    var region: RegionKey
    var standing: RegionStanding
    /// The address that took most, for its evidence.
    private(set) var leader: AddressRecord
    private(set) var addresses = 0
    private(set) var requests = 0
    private(set) var bytes = 0
    private(set) var first: UInt32 = .max
    private(set) var last: UInt32 = 0
    private(set) var steps = 0
    private(set) var sequential = 0
    private(set) var days = 0
    private(set) var peakDayBytes = 0
    private(set) var peakDayRequests = 0

    init(masked: String, region: RegionKey, standing: RegionStanding, record: AddressRecord) {
        self.masked = masked
        self.region = region
        self.standing = standing
        leader = record
    }

    mutating func add(_ record: AddressRecord) {
        if record.dataBytes > leader.dataBytes { leader = record }
        addresses += 1
        requests += Int(record.dataRequests)
        bytes += Int(clamping: record.dataBytes)
        first = min(first, record.firstData)
        last = max(last, record.lastData)
        steps += Int(record.steps)
        sequential += Int(record.sequential)
        days = max(days, Int(record.dataDays))
        peakDayBytes += Int(clamping: record.peakDayBytes)
        peakDayRequests += Int(record.peakDayRequests)
    }

    var sequentialShare: Double { steps == 0 ? 0 : Double(sequential) / Double(steps) }

    /// The first three parts and no more; an IPv6 address is written out before, for `2001:db8::7` has only three.
    static func mask(_ address: IPAddress) -> String {
        guard address.family == .v6 else { return Mask.address(address.description) }
        let groups = (0..<4).map { String(UInt16(truncatingIfNeeded: address.high >> (48 - 16 * $0)), radix: 16) }
        return Mask.address((groups + ["0", "0", "0", "0"]).joined(separator: ":"))
    }
}
