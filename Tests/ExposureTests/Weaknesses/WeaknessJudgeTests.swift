import Estate
import Exposure
import Findings
import Network
import Probes
import Regulations
import Testing

@Suite("Judging versions")
struct WeaknessJudgeTests {
    private let check: CheckID = "exposure.known-weakness"
    private let words: Wording
    private let list: KnownWeaknesses

    init() throws {
        words = try Catalogue.load().wording
        list = try KnownWeaknesses.load(Array(WeaknessListTests.table.utf8), name: "list.csv")
    }

    private func host(_ readings: (UInt16, ServiceReading)...) throws -> HostReading {
        let address = try #require(IPAddress("192.0.2.1"))
        let scope = Scope(networks: [CIDR("192.0.2.0/24")].compactMap { $0 })
        let ports = try readings.map { PortReading(try #require(scope.permit(address, port: $0, host: "192.0.2.1")), $1) }
        var sweep = AddressSweep(target: 0, address: address)
        sweep.open = ports.map(\.target.port)
        return HostReading(Host(name: "主机", address: "192.0.2.1", internetFacing: true), ports, addresses: [sweep])
    }

    private func judge(_ hosts: HostReading...) -> CheckResult {
        let result = WeaknessJudge.judge(check, hosts, list)
        let exhibits = [WeaknessJudge.exhibit(hosts, list)].compactMap { $0 }
        #expect(words.missingKeys(Inspection(.exposure, checks: [result], exhibits: exhibits)) == [])
        return result
    }

    @Test("a version in a listed range is a finding, as severe as the record, with what the list says")
    func found() throws {
        let result = judge(
            try host(
                (22, ServiceReading(.ssh, .unknown, product: "OpenSSH", version: "9.2p1")),
                (6379, ServiceReading(.redis, .required, version: "7.0.5"))))
        #expect(result.outcome == .failed)
        #expect(result.examined == 2)
        #expect(result.findings.map(\.severity) == [.critical, .high])
        #expect(result.findings.map(\.asset) == ["192.0.2.1:22/SSH", "192.0.2.1:6379/Redis"])
        let first = try #require(result.findings.first)
        #expect(words.findingTitle(first, .zh) == "192.0.2.1:22/SSH：OpenSSH 9.2p1 在 CVE-2023-38408 的受影响版本范围内")
        #expect(words.remediation(first, .en).contains("upgrade to 9.3p2 or later"))
        #expect(first.evidence.map { words.text($0, .en) }.last == "The list says: Agent forwarding, remote code")
        #expect(Set(result.findings.map(\.fingerprint)).count == 2)
    }

    @Test("versions outside every listed range pass when all could be compared")
    func passed() throws {
        let result = judge(
            try host(
                (22, ServiceReading(.ssh, .unknown, product: "OpenSSH", version: "9.9p1")),
                (6379, ServiceReading(.redis, .required, version: "7.2.4"))))
        #expect(result.outcome == .passed)
        #expect(result.examined == 2)
    }

    @Test("what could not be compared is said, and nothing passes")
    func leftOut() throws {
        let readings: [(UInt16, ServiceReading)] = [
            (22, ServiceReading(.ssh, .unknown, product: "OpenSSH", version: "9.2p1-Debian-2+deb12u3")), (6379, ServiceReading(.redis, .required)),
            (80, ServiceReading(.http, .unknown, product: "Tengine", version: "2.3")), (8080, ServiceReading(.http, .unknown)),
            (11211, ServiceReading(.memcached, .unknown, version: "weekly")), (5432, ServiceReading(.postgreSQL, .required, version: "15.6")),
        ]
        var host = try host()
        host.ports = try readings.flatMap { try self.host($0).ports }
        let result = judge(host)
        guard case .notAssessed(let reason) = result.outcome else {
            Issue.record("assessed")
            return
        }
        #expect(result.examined == 1)
        let text = words.text(reason, .zh)
        for part in ["发行版构建（可能已回溯修补），不作判定 1 个", "未告知版本 1 个", "清单未收录该产品 1 个", "产品未识别 1 个", "版本号无法解析 1 个"] {
            #expect(text.contains(part), "\(part)")
        }
        let rows = try #require(WeaknessJudge.exhibit([host], list)).rows
        #expect(rows.map { words.render($0[3], .en) }.first == "distribution's build (may be mended in place), not judged")
    }

    @Test("without a list, or without hosts, nothing is assessed")
    func noList() throws {
        let host = try host((22, ServiceReading(.ssh, .unknown, product: "OpenSSH", version: "9.2p1")))
        #expect(WeaknessJudge.judge(check, [host], nil).outcome == .notAssessed(Message("exposure.weakness-no-list")))
        #expect(words.missingKeys(Message("exposure.weakness-no-list")) == [])
        #expect(WeaknessJudge.judge(check, [], list).outcome == .notAssessed(Message("exposure.no-hosts")))
    }

    @Test("a record without severity or fix says so")
    func bare() throws {
        let text = #"{"id": "X-1", "affected": [{"package": {"ecosystem": "Bitnami", "name": "redis"}, "versions": ["7.0.5"]}]}"#
        let list = try KnownWeaknesses.load(Array(text.utf8), name: "x.json")
        let result = WeaknessJudge.judge(check, [try host((6379, ServiceReading(.redis, .required, version: "7.0.5")))], list)
        #expect(words.missingKeys(Inspection(.exposure, checks: [result])) == [])
        #expect(result.findings.map(\.severity) == [nil])
        #expect(result.findings.first?.evidence.map(\.key) == ["exposure.weakness-range", "exposure.weakness-no-severity"])
        #expect(result.findings.first.map { words.remediation($0, .zh).contains("清单未载修复版本") } == true)
    }
}
