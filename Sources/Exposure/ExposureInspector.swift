package import Estate
package import Findings
import Logging
import Network
import Probes

/// Looks at the declared hosts and HTTP interfaces from outside: which ports take connections, and what answers without authentication.
///
/// Contacts only what the estate's scope permits, sends only requests that change nothing, and guesses no password.
package struct ExposureInspector: Inspector {
    package static let id = InspectorID.exposure
    package static let dataPortCheck: CheckID = "exposure.data-port-reachable"
    package static let adminPortCheck: CheckID = "exposure.admin-port-reachable"
    package static let serviceCheck: CheckID = "exposure.unauthenticated-service"
    package static let endpointCheck: CheckID = "exposure.unauthenticated-endpoint"
    package static let cleartextCheck: CheckID = "exposure.cleartext-endpoint"
    package static let checks = [dataPortCheck, adminPortCheck, serviceCheck, endpointCheck, cleartextCheck]

    private let options: ScanOptions
    /// Nil: each host is seen as the estate declares it.
    private let viewpoint: Viewpoint?

    package init(_ options: ScanOptions = ScanOptions(), from viewpoint: Viewpoint? = nil) {
        self.options = options
        self.viewpoint = viewpoint
    }

    package func inspect(_ estate: Estate, _ context: InspectionContext) async -> Inspection {
        await scan(ScanPlan(estate), endpoints: estate.endpoints, context).inspection
    }

    /// - Parameter journal: keeps what is found of ports; addresses that stand in it already are not looked at again.
    package func scan(_ plan: ScanPlan, endpoints: [Endpoint], journal: ScanJournal? = nil, _ context: InspectionContext) async -> ExposureScan {
        let began = ContinuousClock.now
        let hosts = await Scanner(plan, options).scan(journal: journal, context)
        let readings = await examine(endpoints, plan.scope)
        for port in hosts.flatMap(\.open) {
            context.logger.debug(
                "open port",
                metadata: [
                    "place": "\(port.place)", "service": "\(port.service?.name ?? "-")", "probe": "\(port.reading == nil ? "silent" : "answered")",
                ])
        }
        return ExposureScan(hosts: hosts, endpoints: readings, inspection: judge(hosts, readings), duration: .now - began)
    }

    private func examine(_ endpoints: [Endpoint], _ scope: Scope) async -> [EndpointReading] {
        let connector = Connector(timeout: options.probeTimeout)
        let examiner = EndpointExaminer(HTTPFetcher(connector: connector, timeout: options.probeTimeout))
        let answers = await Window.map(endpoints, width: 8) { await examiner.examine($0, scope: scope) }
        return zip(endpoints, answers).map { endpoint, reading in
            reading ?? EndpointReading(endpoint, .unknown, Message("exposure.endpoint-interrupted"), isCleartext: false, isAnswered: false)
        }
    }

    private func judge(_ hosts: [HostReading], _ endpoints: [EndpointReading]) -> Inspection {
        Inspection(
            .exposure,
            checks: [
                PortJudge.judge(Self.dataPortCheck, [.data, .middleware], hosts, from: viewpoint),
                PortJudge.judge(Self.adminPortCheck, [.admin], hosts, from: viewpoint), ServiceJudge.judge(Self.serviceCheck, hosts),
                EndpointJudge.authentication(Self.endpointCheck, endpoints), EndpointJudge.cleartext(Self.cleartextCheck, endpoints),
            ],
            examined: examined(hosts, endpoints), unexamined: hosts.flatMap(Coverage.of) + endpoints.flatMap(Coverage.of),
            exhibits: hosts.contains { !$0.open.isEmpty } ? [ServiceTable.exhibit(hosts)] : [])
    }

    /// Only what was looked at wholly: a gap found earlier counts as mended when its subject is named here and the gap isn't found.
    private func examined(_ hosts: [HostReading], _ endpoints: [EndpointReading]) -> [String] {
        hosts.filter { Coverage.of($0).isEmpty }.map(\.host.name) + endpoints.filter { Coverage.of($0).isEmpty && $0.isAnswered }.map(\.endpoint.name)
    }
}
