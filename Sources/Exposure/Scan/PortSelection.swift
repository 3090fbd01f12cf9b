import Probes

/// Which ports are looked at: `top`, `all`, or a list such as `22,80,8000-8100,U:161`.
package struct PortSelection: Hashable, Sendable {
    /// TCP ports in rising order, each once.
    package var ports: [UInt16]
    /// UDP ports, likewise.
    package var datagramPorts: [UInt16]

    package struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        package var description: String
    }

    /// The ports of services that hold records, move them or administer machines.
    package static let top = PortSelection(ports: KnownPorts.all.map(\.port), datagramPorts: KnownPorts.datagrams.map(\.port))
    package static let all = PortSelection(ports: Array(1...UInt16.max), datagramPorts: KnownPorts.datagrams.map(\.port))

    package init(ports: [UInt16], datagramPorts: [UInt16] = []) {
        self.ports = Array(Set(ports)).sorted()
        self.datagramPorts = Array(Set(datagramPorts)).sorted()
    }

    package init(_ text: String) throws(Problem) {
        switch text {
        case "top": self = .top
        case "all": self = .all
        default:
            var ports: [UInt16] = []
            var datagrams: [UInt16] = []
            for item in text.split(separator: ",", omittingEmptySubsequences: false) {
                let isDatagram = item.hasPrefix("U:")
                let numbers = try Self.range(isDatagram ? item.dropFirst(2) : item)
                if isDatagram { datagrams += numbers } else { ports += numbers }
            }
            self.init(ports: ports, datagramPorts: datagrams)
        }
    }

    private static func range(_ text: Substring) throws(Problem) -> ClosedRange<UInt16> {
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map { UInt16($0) }
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, first > 0, first <= last else {
            throw Problem(description: "'\(text.prefix(20))': is no port; write top, all, or ports such as 22,80,8000-8100,U:161")
        }
        return first...last
    }
}
