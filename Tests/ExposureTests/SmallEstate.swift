import Estate
import Exposure
import Findings
import FoundationEssentials
import Logging
import Network
import Probes
import Regulations
import Testing

/// Estates of a few lines, and their inspection.
enum SmallEstate {
    static let words = try? Catalogue.load().wording

    static let context = InspectionContext(now: Date(timeIntervalSince1970: 1_790_000_000), logger: Logger(label: "tests"))

    static func scope(_ networks: String...) -> Scope { Scope(networks: networks.compactMap { CIDR($0) }) }

    static func make(scope: Scope, hosts: [Host] = [], endpoints: [Endpoint] = [], interfaces: [Interface] = []) -> Estate {
        Estate(
            file: URL(fileURLWithPath: "/nowhere/estate.yaml"), organisation: Organisation(name: "示例"), scope: scope, hosts: hosts,
            endpoints: endpoints, interfaces: interfaces,
            history: URL(fileURLWithPath: "/nowhere/history.sqlite"))
    }

    static func inspect(
        _ estate: Estate, probeTimeout: Duration = .seconds(10), greetingTime: Duration = .milliseconds(100),
        personData: (any PersonDataExaminer)? = FieldNamesOfPersons()
    ) async -> Inspection {
        let inspector = ExposureInspector(
            ScanOptions(probeTimeout: probeTimeout, greetingTime: greetingTime, patience: min(probeTimeout, .seconds(2))), personData: personData)
        let inspection = await inspector.inspect(
            estate, context)
        // Whatever a test looks for: no result may lack its words.
        #expect(words?.missingKeys(inspection) == [])
        return inspection
    }

    /// What one probe says of a port of 127.0.0.1.
    static func ask(_ service: Service, port: UInt16, timeout: Duration) async -> ServiceReading? {
        guard let address = IPAddress("127.0.0.1"), let target = scope("127.0.0.1/32").permit(address, port: port, host: "127.0.0.1") else {
            return nil
        }
        return await SingleProbe.ask(service, at: target, timeout: timeout)
    }

    static func endpoint(_ text: String, requiresAuthentication: Bool = true) -> [Endpoint] {
        URL(string: text).map { [Endpoint(name: "接口", url: $0, requiresAuthentication: requiresAuthentication)] } ?? []
    }
}

extension Inspection {
    func result(_ check: CheckID) -> CheckResult? { checks.first { $0.check == check } }
    func outcome(_ check: CheckID) -> CheckResult.Outcome? { result(check)?.outcome }
    func findings(_ check: CheckID) -> [Finding] { result(check)?.findings ?? [] }
    /// Why a check wasn't assessed.
    func reason(_ check: CheckID) -> String? { if case .notAssessed(let message) = outcome(check) { message.key } else { nil } }
    var unexaminedKeys: [String] { unexamined.map(\.reason.key) }
}
