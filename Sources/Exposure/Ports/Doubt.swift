import Network
import Probes

/// Why what an address says is not believed.
package enum Doubt: Hashable, Sendable {
    /// So many of its ports take connections that something in between must be taking them all: a proxy, a firewall, a tarpit.
    case answersEverything(open: Int, ports: Int)
    /// It claims to be more services than one machine runs: a decoy (honeypot).
    case claimsEverything(services: Int)

    /// Open ports from which on a share of more than a half is no accident.
    static let manyPorts = 25
    /// Different services on one address.
    static let manyServices = 20

    /// - Parameter ports: the open ports of the address.
    package init?(_ sweep: AddressSweep, _ ports: [PortReading]) {
        let services = Set(ports.compactMap(\.reading?.service).filter { $0.kind != .other }).count
        if services >= Self.manyServices {
            self = .claimsEverything(services: services)
        } else if Self.isTooOpen(open: sweep.open.count, of: sweep.count) {
            self = .answersEverything(open: sweep.open.count, ports: sweep.count)
        } else {
            return nil
        }
    }

    static func isTooOpen(open: Int, of ports: Int) -> Bool { open >= manyPorts && open * 2 > ports }
}
