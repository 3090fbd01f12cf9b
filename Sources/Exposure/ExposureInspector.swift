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
    package static let checks = [dataPortCheck, adminPortCheck, serviceCheck, endpointCheck, cleartextCheck] + InterfaceSurvey.checks

    private let connectTimeout: Duration
    private let probeTimeout: Duration
    private let greetingTime: Duration
    private let concurrency: Int
    private let personData: (any PersonDataExaminer)?

    /// - Parameters:
    ///   - connectTimeout: how long one port has to take a connection.
    ///   - probeTimeout: how long one conversation with a service, or one HTTP request, may last.
    ///   - greetingTime: how long a server that speaks first is waited for.
    ///   - concurrency: how many ports are looked at at once; fewer when the process may not open as many files.
    ///   - personData: looks for data of persons in what interfaces give away; without it that isn't assessed.
    package init(
        connectTimeout: Duration = .seconds(2), probeTimeout: Duration = .seconds(5), greetingTime: Duration = .milliseconds(800),
        concurrency: Int = 64, personData: (any PersonDataExaminer)? = nil
    ) {
        self.connectTimeout = max(connectTimeout, .milliseconds(1))
        self.probeTimeout = max(probeTimeout, .milliseconds(1))
        self.greetingTime = max(greetingTime, .milliseconds(1))
        self.concurrency = min(max(1, concurrency), 4_096)
        self.personData = personData
    }

    package func inspect(_ estate: Estate, _ context: InspectionContext) async -> Inspection {
        let connector = Connector(timeout: connectTimeout)
        let prober = ServiceProber(driver: ProbeDriver(connector: connector, timeout: probeTimeout), greetingTime: greetingTime)
        let hosts = await HostScanner(connector: connector, prober: prober, concurrency: concurrency).scan(estate, context)
        let survey = InterfaceSurvey(connector: connector, timeout: probeTimeout, personData: personData)
        let interfaces = await survey.run(endpoints: estate.endpoints, interfaces: estate.interfaces, scope: estate.scope, now: context.now)
        let endpoints = interfaces.endpoints
        for port in hosts.flatMap(\.open) {
            context.logger.debug(
                "open port",
                metadata: [
                    "place": "\(port.place)", "service": "\(port.service?.name ?? "-")", "probe": "\(port.reading == nil ? "silent" : "answered")",
                ])
        }
        return Inspection(
            .exposure,
            checks: [
                PortJudge.judge(Self.dataPortCheck, [.data, .middleware], hosts), PortJudge.judge(Self.adminPortCheck, [.admin], hosts),
                ServiceJudge.judge(Self.serviceCheck, hosts), EndpointJudge.authentication(Self.endpointCheck, endpoints),
                EndpointJudge.cleartext(Self.cleartextCheck, endpoints),
            ] + interfaces.checks(looked: personData != nil),
            examined: examined(hosts, endpoints) + interfaces.examined,
            unexamined: hosts.flatMap(Coverage.of) + endpoints.flatMap { Coverage.of($0) } + interfaces.unexamined,
            exhibits: (hosts.contains { !$0.open.isEmpty } ? [ServiceTable.exhibit(hosts)] : []) + interfaces.exhibits)
    }

    /// Only what was looked at wholly: a gap found earlier counts as mended when its subject is named here and the gap isn't found.
    private func examined(_ hosts: [HostReading], _ endpoints: [EndpointReading]) -> [String] {
        hosts.filter { Coverage.of($0).isEmpty }.map(\.host.name) + endpoints.filter { Coverage.of($0).isEmpty && $0.isAnswered }.map(\.endpoint.name)
    }
}
