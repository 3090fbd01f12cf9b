package import Estate
package import Findings
import Foundation
import Logging
import Network
import Probes
import Templates

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
    package static let accountCheck: CheckID = "exposure.default-account"
    package static let templateCheck: CheckID = "exposure.template-match"
    package static let weaknessCheck: CheckID = "exposure.known-weakness"
    package static let checks =
        [dataPortCheck, adminPortCheck, serviceCheck, endpointCheck, cleartextCheck] + InterfaceSurvey.checks + [
            TLSChecks.weak, TLSChecks.certificate, TLSChecks.databaseWithoutTLS, accountCheck, templateCheck, weaknessCheck,
        ]

    private let options: ScanOptions
    /// Nil: each host is seen as the estate declares it.
    private let viewpoint: Viewpoint?
    private let personData: (any PersonDataExaminer)?
    private let weaknesses: KnownWeaknesses?

    /// - Parameters:
    ///   - viewpoint: from where the scan runs; nil: each host is seen as it is declared.
    ///   - personData: looks for data of persons in what interfaces give away; without it that isn't assessed.
    ///   - weaknesses: versions that are known to be weak; without a list that isn't assessed.
    package init(
        _ options: ScanOptions = ScanOptions(templates: TemplateLibrary.builtIn().templates), from viewpoint: Viewpoint? = nil,
        personData: (any PersonDataExaminer)? = nil, weaknesses: KnownWeaknesses? = nil
    ) {
        self.options = options
        self.viewpoint = viewpoint
        self.personData = personData
        self.weaknesses = weaknesses
    }

    package func inspect(_ estate: Estate, _ context: InspectionContext) async -> Inspection {
        await scan(ScanPlan(estate), endpoints: estate.endpoints, interfaces: estate.interfaces, context).inspection
    }

    /// - Parameter journal: keeps what is found of ports; addresses that stand in it already are not looked at again.
    package func scan(
        _ plan: ScanPlan, endpoints: [Endpoint] = [], interfaces: [Interface] = [], journal: ScanJournal? = nil, _ context: InspectionContext
    ) async -> ExposureScan {
        let began = ContinuousClock.now
        let (sweep, conversations) = rates
        let connector = Connector(
            timeout: options.probeTimeout, pace: ConnectionPace(rate: conversations, hostRate: options.limits.hostRate))
        var options = options
        options.limits.rate = sweep
        let hosts = await Scanner(plan, options, connector: connector).scan(journal: journal, context)
        for port in hosts.flatMap(\.open) {
            context.logger.debug(
                "open port",
                metadata: [
                    "place": "\(port.place)", "service": "\(port.service?.name ?? "-")", "probe": "\(port.reading == nil ? "silent" : "answered")",
                ])
        }
        let survey = InterfaceSurvey(connector: connector, timeout: options.probeTimeout, personData: personData)
        let asks = !options.portsOnly
        var web = await survey.run(
            endpoints: asks ? endpoints : [], interfaces: asks ? interfaces + documents(hosts, beside: interfaces) : [],
            services: asks ? hosts.flatMap(webServices) : [], scope: plan.scope,
            now: context.now)
        for index in web.interfaces.indices.dropFirst(interfaces.count) { web.interfaces[index].isDeclared = false }
        return ExposureScan(hosts: hosts, web: web, inspection: judge(hosts, web), duration: .now - began)
    }

    /// Ports are looked for and talked to at the same time: together they keep within the rate.
    private var rates: (sweep: Int?, conversations: Int?) {
        guard let rate = options.limits.rate, !options.portsOnly else { return (options.limits.rate, nil) }
        let conversations = max(1, rate / 4)
        return (max(1, rate - conversations), conversations)
    }

    /// OpenAPI documents that the scan came upon, beside those that were declared.
    private func documents(_ hosts: [HostReading], beside declared: [Interface]) -> [Interface] {
        var seen = Set(declared.map(\.document))
        return hosts.flatMap(\.open).flatMap(\.matches).filter { $0.templateID == Self.documentTemplate }.compactMap { match in
            guard let url = match.matched.split(separator: " ").last.flatMap({ URL(string: String($0)) }), seen.insert(.url(url)).inserted else {
                return nil
            }
            return Interface(name: PeerText.line(url.absoluteString), document: .url(url))
        }.prefix(Self.mostDocuments).map { $0 }
    }

    /// Suwen's own template that recognises such documents.
    private static let documentTemplate = "suwen-openapi-document"
    /// What is asked of documents that nobody declared has to end.
    private static let mostDocuments = 8

    /// Of one address no more than so many first pages are looked at.
    private static let mostPages = 64

    private func webServices(_ host: HostReading) -> [InterfaceSurvey.WebService] {
        host.open.compactMap { port in port.webAddress.map { InterfaceSurvey.WebService(subject: host.host.name, url: $0) } }
            .prefix(Self.mostPages).map { $0 }
    }

    private func judge(_ hosts: [HostReading], _ web: InterfaceSurvey.Result) -> Inspection {
        let endpoints = web.endpoints
        let ports = [
            PortJudge.judge(Self.dataPortCheck, [.data, .middleware], hosts, from: viewpoint),
            PortJudge.judge(Self.adminPortCheck, [.admin], hosts, from: viewpoint), ServiceJudge.judge(Self.serviceCheck, hosts),
            EndpointJudge.authentication(Self.endpointCheck, endpoints), EndpointJudge.cleartext(Self.cleartextCheck, endpoints),
        ]
        let services = [
            TransportJudge.tls(TLSChecks.weak, hosts, web.pages), TransportJudge.tls(TLSChecks.certificate, hosts),
            TransportJudge.databases(TLSChecks.databaseWithoutTLS, hosts),
            AccountJudge.judge(Self.accountCheck, hosts, tried: options.triesDefaultAccounts),
            TemplateJudge.judge(Self.templateCheck, hosts, templates: options.templates.count),
            WeaknessJudge.judge(Self.weaknessCheck, hosts, weaknesses),
        ]
        let tables = [
            hosts.contains { !$0.open.isEmpty } ? ServiceTable.exhibit(hosts) : nil, TemplateJudge.exhibit(hosts),
            weaknesses.flatMap { WeaknessJudge.exhibit(hosts, $0) },
        ]
        return Inspection(
            .exposure, checks: ports + web.checks(looked: personData != nil) + services, examined: examined(hosts, endpoints) + web.examined,
            unexamined: hosts.flatMap(Coverage.of) + endpoints.flatMap { Coverage.of($0) } + web.unexamined,
            exhibits: tables.compactMap { $0 } + web.exhibits)
    }

    /// Only what was looked at wholly: a gap found earlier counts as mended when its subject is named here and the gap isn't found.
    private func examined(_ hosts: [HostReading], _ endpoints: [EndpointReading]) -> [String] {
        hosts.filter { Coverage.of($0).isEmpty }.map(\.host.name)
            + endpoints.filter { Coverage.of($0).isEmpty && $0.isAnswered }.map(\.endpoint.name)
    }
}
