package import Foundation
package import Geography
import LogFormats
package import Network

/// Which events somebody wants to see. Every condition that is given must hold.
package struct LogQuery: Sendable {
    package var since: Date?
    package var until: Date?
    package var networks: [CIDR] = []
    /// ``AccountHash`` of the accounts.
    package var accounts: Set<UInt64> = []
    package var regions: Set<RegionCode> = []
    /// What addresses count as: ``RegionStanding``.
    package var standings: Set<RegionStanding> = []
    /// The path begins with this, as it was sent.
    package var pathPrefix: [UInt8] = []
    package var statuses: [ClosedRange<UInt16>] = []

    package init() {}

    func holds(for event: borrowing LogEvent, _ address: IPAddress?, _ settings: DetectionSettings) -> Bool {
        guard event.time != LogEvent.noTime, holdsInTime(event.time) else { return false }
        if !statuses.isEmpty, !statuses.contains(where: { $0.contains(event.status) }) { return false }
        if !networks.isEmpty {
            guard let address, networks.contains(where: { $0.contains(address) }) else { return false }
        }
        if !accounts.isEmpty {
            guard !event.account.isNone, accounts.contains(AccountHash.of(event.bytes(of: event.account))) else { return false }
        }
        if !pathPrefix.isEmpty {
            guard !event.target.isNone, event.bytes(of: event.target).starts(with: pathPrefix) else { return false }
        }
        guard !regions.isEmpty || !standings.isEmpty else { return true }
        guard let address, let region = settings.resolver?.verdict(of: address).region else { return false }
        if !regions.isEmpty, !(region.code.map(regions.contains) ?? false) { return false }
        return standings.isEmpty || standings.contains(settings.resolver?.standing(of: region) ?? .undetermined)
    }

    private func holdsInTime(_ time: Int64) -> Bool {
        if let since, time < Int64(since.timeIntervalSince1970) { return false }
        if let until, time > Int64(until.timeIntervalSince1970) { return false }
        return true
    }
}
