import Estate
package import Findings
import Network
import Probes

/// The table of open ports.
package enum ServiceTable {
    package static func exhibit(_ hosts: [HostReading]) -> Exhibit {
        let rows = hosts.flatMap { host in host.open.map { row(host, $0) } }
        return Exhibit(
            "exposure.services", .table,
            columns: [
                "exposure.host", "exposure.port", "exposure.service", "exposure.version", "exposure.tls", "exposure.authentication",
                "exposure.internet-facing",
            ], rows: rows)
    }

    private static func row(_ host: HostReading, _ port: PortReading) -> [Fact] {
        let reading = port.isConfirmed ? port.reading : nil
        // A version says something only of its product.
        let product = reading?.product.map { " (\($0))" } ?? ""
        let name = port.service.map { Fact.text($0.name + product) } ?? .term("exposure.unrecognised")
        return [
            // A host that has no name of its own is its address, which stands beside.
            host.host.name == "\(port.target.address)" ? .none : .text(host.host.name), .text(port.place),
            port.isConfirmed || port.service == nil ? name : .message(Message("exposure.presumably", ["service": name])),
            reading?.version.map(Fact.text) ?? .none,
            reading.map { .term($0.usesTLS ? "exposure.yes" : "exposure.no") } ?? .none,
            .term("exposure.authentication-\((reading?.authentication ?? .unknown).rawValue)"),
            .term(host.host.internetFacing ? "exposure.yes" : "exposure.no"),
        ]
    }
}
