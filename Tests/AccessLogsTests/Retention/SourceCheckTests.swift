import AccessLogs
import Estate
import Findings
import Foundation
import Testing

@Suite("Checks of rotation and of missing sources")
struct SourceCheckTests {
    private let short = SourceRotation(settings: [
        RotationSetting(.logrotate, file: "/etc/logrotate.d/nginx", line: 1, kept: .days(atLeast: 14, atMost: 15))
    ])
    private let long = SourceRotation(settings: [
        RotationSetting(.logrotate, file: "/etc/logrotate.d/nginx", line: 1, kept: .days(atLeast: 184, atMost: 185))
    ])
    private let bySize = SourceRotation(settings: [RotationSetting(.auditd, file: "/etc/audit/auditd.conf", kept: .uncertain(atMost: nil))])

    private func rotation(_ sources: [(SourceRotation, Bool?)]) -> CheckResult {
        var check = RotationCheck(requiredDays: 184)
        for (index, source) in sources.enumerated() { check.add(source: "s\(index)", source.0, isMeasured: source.1) }
        return check.result
    }

    @Test("Settings that delete too early fail, although the log is long enough today")
    func rotation() throws {
        let result = rotation([(short, true), (long, nil)])
        #expect(result.outcome == .failed && result.examined == 2)
        let finding = try #require(result.findings.first)
        #expect(finding.facts == ["days": .days(14), "required": .days(184)])
        #expect(
            finding.evidence == [
                Message("access-logs.rotation-days", ["mechanism": "logrotate", "place": "/etc/logrotate.d/nginx:1", "days": .days(14)])
            ])
    }

    @Test("Settings that keep enough pass; those that go by size pass where enough was measured")
    func passing() {
        #expect(rotation([(long, false)]).outcome == .passed)
        #expect(rotation([(bySize, true)]).outcome == .passed)
        guard case .notAssessed(let reason) = rotation([(bySize, false), (long, true)]).outcome else { return #expect(Bool(false)) }
        #expect(reason.facts["sources"] == .list(["s0"]))
    }

    @Test("Logs that no setting of this machine is about are not judged")
    func unknown() {
        guard case .notApplicable = rotation([(SourceRotation(), true)]).outcome else { return #expect(Bool(false)) }
        guard case .notApplicable = rotation([]).outcome else { return #expect(Bool(false)) }
    }

    private func estate(hosts: Bool = false, facing: Bool = false, stores: [String] = [], endpoints: Bool = false, logs: [LogSource.Kind] = []) throws
        -> Estate
    {
        let url = try #require(URL(string: "https://clinic.example/api"))
        return Estate(
            file: URL(fileURLWithPath: "/estate.yaml"), organisation: Organisation(name: "示例"),
            hosts: hosts ? [Host(name: "h", address: "192.0.2.1", internetFacing: facing)] : [],
            endpoints: endpoints ? [Endpoint(name: "e", url: url)] : [],
            stores: stores.map { Store(name: $0, url: $0) }, logs: logs.map { LogSource(name: $0.rawValue, paths: [], kind: $0) },
            history: URL(fileURLWithPath: "/history"))
    }

    private func missing(_ result: CheckResult) -> [Fact] { result.findings.compactMap { $0.facts["kind"] } }

    @Test("What an estate has, it should have a log of")
    func missingSources() throws {
        #expect(missing(MissingSourceCheck.result(try estate(hosts: true))) == [.term("log-kind.host")])
        #expect(missing(MissingSourceCheck.result(try estate(hosts: true, facing: true))) == [.term("log-kind.boundary"), .term("log-kind.host")])
        #expect(missing(MissingSourceCheck.result(try estate(stores: ["postgresql://u@h/db"]))) == [.term("log-kind.database")])
        #expect(missing(MissingSourceCheck.result(try estate(endpoints: true))) == [.term("log-kind.boundary"), .term("log-kind.application")])
        #expect(missing(MissingSourceCheck.result(try estate(hosts: true), hasBastion: true)) == [.term("log-kind.host"), .term("log-kind.bastion")])
        #expect(
            missing(MissingSourceCheck.result(try estate(stores: ["mysql://u@h/db"], logs: [.database]), peopleReachStores: true)) == [
                .term("log-kind.bastion")
            ])
    }

    @Test("What is declared is there; files have no server that could log; an estate without anything is not judged")
    func declared() throws {
        let all = try estate(hosts: true, facing: true, stores: ["postgresql://u@h/db"], endpoints: true, logs: LogSource.Kind.allCases)
        let result = MissingSourceCheck.result(all, peopleReachStores: true)
        #expect(result.outcome == .passed && result.examined == 5)
        guard case .notAssessed = MissingSourceCheck.result(try estate(stores: ["file:/a.csv", "sqlite:/a.db"])).outcome else {
            return #expect(Bool(false))
        }
    }

    @Test("Every key that is used has its words in both languages")
    func wording() throws {
        let resources = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources")
        func text(_ path: String) throws -> String { try String(contentsOf: resources.appendingPathComponent(path), encoding: .utf8) }
        let words = try text("Regulations/Resources/wording-access-logs-retention.yaml") + text("Regulations/Resources/wording-access-logs.yaml")
        let folder = resources.appendingPathComponent("AccessLogs/Retention")
        var keys: Set<String> = [RotationCheck.id.rawValue, MissingSourceCheck.id.rawValue]
        for kind in LogSource.Kind.allCases { keys.insert("log-kind.\(kind.rawValue)") }
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        for case let file as URL in files where file.pathExtension == "swift" {
            let source = try String(contentsOf: file, encoding: .utf8)
            for match in source.matches(of: /Message\(\s*"([a-z.-]+)"/) { keys.insert(String(match.1)) }
            for match in source.matches(of: /reason: "([a-z-]+)"/) { keys.insert("log-reason.\(match.1)") }
        }
        #expect(keys.count > 30)
        for key in keys { #expect(words.contains("\n  \(key):"), "\(key)") }
    }
}
