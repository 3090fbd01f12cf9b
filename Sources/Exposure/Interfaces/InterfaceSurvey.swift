package import Estate
package import Findings
package import Foundation
package import Network
import Probes

/// All that the scanner asks of HTTP interfaces: declared ones, those that OpenAPI documents describe, test accounts, and pages.
package struct InterfaceSurvey: Sendable {
    private let fetcher: HTTPFetcher
    private let personData: (any PersonDataExaminer)?

    /// What was learnt, to be judged.
    package struct Result: Sendable {
        package var endpoints: [EndpointReading] = []
        package var interfaces: [InterfaceReading] = []
        package var accounts: [AccountReading] = []
        package var pages: [PageReading] = []
    }

    /// - Parameters:
    ///   - connectTimeout: how long a connection may take.
    ///   - timeout: for one request, from connecting to the last byte.
    ///   - personData: looks for data of persons in what interfaces give away.
    package init(connectTimeout: Duration, timeout: Duration, personData: (any PersonDataExaminer)?) {
        self.init(connector: Connector(timeout: connectTimeout), timeout: timeout, personData: personData)
    }

    /// - Parameter timeout: for one request, from connecting to the last byte.
    init(connector: Connector, timeout: Duration, personData: (any PersonDataExaminer)?) {
        fetcher = HTTPFetcher(connector: connector, timeout: timeout)
        self.personData = personData
    }

    /// A service of which the first page is looked at, by the name that coverage has for it.
    package struct WebService: Hashable, Sendable {
        package var subject: String
        package var url: URL
        /// Somebody declared it: what can't be had of it is missed.
        package var isDeclared: Bool

        package init(subject: String, url: URL, isDeclared: Bool = false) {
            self.subject = subject
            self.url = url
            self.isDeclared = isDeclared
        }
    }

    /// - Parameters:
    ///   - interfaces: declared ones, and documents that the scan found.
    ///   - services: HTTP services that the scan found; those of declared endpoints are looked at anyway when they answer.
    package func run(
        endpoints: [Endpoint], interfaces: [Interface] = [], services: [WebService] = [], scope: Scope, now: Date
    ) async -> Result {
        var result = Result()
        let examiner = EndpointExaminer(fetcher, personData: personData)
        let answers = await Window.map(endpoints, width: 8) { await examiner.examine($0, scope: scope) }
        result.endpoints = zip(endpoints, answers).map { endpoint, reading in
            reading ?? EndpointReading(endpoint, .unknown, Message("exposure.endpoint-interrupted"), isCleartext: false, isAnswered: false)
        }
        let tested = result.endpoints.filter { !$0.endpoint.accounts.isEmpty }
        let accounts = AccountExaminer(fetcher: fetcher)
        result.accounts = zip(tested, await Window.map(tested, width: 4) { await accounts.examine($0.endpoint, anonymous: $0, scope: scope) })
            .map { reading, found in found ?? AccountReading(reading.endpoint, .unknown, Message("exposure.endpoint-interrupted")) }
        let documents = InterfaceExaminer(fetcher: fetcher, personData: personData)
        result.interfaces = zip(interfaces, await Window.map(interfaces, width: 2) { await documents.examine($0, scope: scope) })
            .map { interface, found in found ?? InterfaceReading(interface, problem: Message("exposure.endpoint-interrupted")) }
        let pages = PageExaminer(fetcher: fetcher, now: now)
        let declared = result.endpoints.filter(\.isServed).map { WebService(subject: $0.endpoint.name, url: $0.endpoint.url, isDeclared: true) }
        let origins = Self.origins(of: declared + services)
        result.pages = zip(origins, await Window.map(origins, width: 4) { await pages.examine($0.url, subject: $0.subject, scope: scope) })
            .map { origin, found in
                var reading = found ?? PageReading(origin: origin.url, subject: origin.subject, problem: Message("exposure.endpoint-interrupted"))
                reading.isDeclared = origin.isDeclared
                return reading
            }
        return result
    }

    /// Each service once, by scheme, host and port, at its first page.
    static func origins(of services: [WebService]) -> [WebService] {
        var origins: [WebService] = []
        for service in services where !origins.contains(where: { $0.url.hasSameOrigin(as: service.url) }) {
            guard var components = URLComponents(url: service.url, resolvingAgainstBaseURL: true) else { continue }
            (components.path, components.query, components.fragment, components.user, components.password) = ("/", nil, nil, nil, nil)
            components.url.map { origins.append(WebService(subject: service.subject, url: $0, isDeclared: service.isDeclared)) }
        }
        return origins
    }
}

extension InterfaceSurvey {
    package static let personDataCheck: CheckID = "exposure.person-data-endpoint"
    package static let accountsCheck: CheckID = "exposure.horizontal-access"
    package static let pagesCheck: CheckID = "exposure.secret-in-page"
    /// In the order of ``Result/checks(looked:)``.
    package static let checks = [personDataCheck, accountsCheck, pagesCheck]
}

extension InterfaceSurvey.Result {
    /// - Parameter looked: somebody looked for person data at all.
    package func checks(looked: Bool) -> [CheckResult] {
        [
            InterfaceJudge.personData(InterfaceSurvey.personDataCheck, endpoints, interfaces, looked: looked),
            InterfaceJudge.accounts(InterfaceSurvey.accountsCheck, accounts), InterfaceJudge.pages(InterfaceSurvey.pagesCheck, pages),
        ]
    }

    /// What was left out beside the endpoints' own.
    package var unexamined: [Unexamined] {
        interfaces.filter(\.isDeclared).flatMap(Coverage.of) + accounts.flatMap { Coverage.of($0) } + pages.filter(\.isDeclared).flatMap(Coverage.of)
    }

    /// Interfaces that were looked at wholly.
    package var examined: [String] { interfaces.filter { Coverage.of($0).isEmpty }.map(\.interface.name) }

    package var exhibits: [Exhibit] { interfaces.isEmpty ? [] : [InterfaceTable.exhibit(interfaces)] }
}
