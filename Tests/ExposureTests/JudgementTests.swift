import Estate
import Exposure
import Findings
import Glibc
import Network
import Probes
import Regulations
import Testing

/// Verdicts and coverage from readings, without a network.
@Suite("Judging ports")
struct JudgementTests {
    private func port(_ number: UInt16, _ state: PortState, _ reading: ServiceReading? = nil, address: String = "192.0.2.1") throws -> PortReading {
        let address = try #require(IPAddress(address))
        let scope = Scope(networks: [CIDR("192.0.2.0/24"), CIDR("2001:db8::/32")].compactMap { $0 })
        return PortReading(try #require(scope.permit(address, port: number, host: "\(address)")), state, reading)
    }

    private func host(_ ports: [PortReading], internetFacing: Bool = true) -> HostReading {
        HostReading(Host(name: "主机", address: "192.0.2.1", internetFacing: internetFacing), ports)
    }

    @Test("every message that an interface or the coverage can make has its words in both languages")
    func words() throws {
        let words = try #require(SmallEstate.words)
        for authentication in [ServiceReading.Authentication.notRequired, .required, .unknown] {
            let reading = ServiceReading(.redis, authentication, evidence: [Message("exposure.session-broken")])
            let host = host([try port(6379, .open, reading), try port(9042, .open), try port(5, .open), try port(1433, .exhausted)])
            let inspection = Inspection(
                .exposure, checks: [data(host), ServiceJudge.judge(ExposureInspector.serviceCheck, [host])], unexamined: Coverage.of(host),
                exhibits: [ServiceTable.exhibit([host])])
            #expect(words.missingKeys(inspection) == [])
            #expect(reading.evidence.flatMap { words.missingKeys($0) } == [])
        }
    }

    private func data(_ hosts: HostReading...) -> CheckResult { PortJudge.judge(ExposureInspector.dataPortCheck, [.data, .middleware], hosts) }

    @Test("a host of which no port answers is not examined; one refusal proves that it was reached")
    func silence() throws {
        let silent = host([try port(6379, .silent), try port(5432, .silent), try port(22, .unreachable)])
        #expect(Coverage.of(silent).map(\.reason) == [Message("exposure.no-answer", ["address": "192.0.2.1", "ports": 3])])
        #expect(data(silent).examined == 0)
        #expect(data(silent).outcome == .notAssessed(Message("exposure.incomplete-hosts", ["hosts": .list(["主机"])])))
        let filtered = host([try port(6379, .silent), try port(5432, .refused)])
        #expect(Coverage.of(filtered).isEmpty)
        #expect(data(filtered).outcome == .passed)
        #expect(data(filtered).examined == 2)
    }

    @Test("ports that this machine had no means to try are in the coverage, and nothing passes")
    func exhausted() throws {
        let host = host([try port(6379, .exhausted), try port(22, .refused)])
        #expect(Coverage.of(host).map(\.reason) == [Message("exposure.exhausted", ["ports": 1])])
        #expect(data(host).outcome == .notAssessed(Message("exposure.incomplete-hosts", ["hosts": .list(["主机"])])))
    }

    @Test("an address of each family is judged by itself")
    func families() throws {
        let host = host([try port(6379, .refused), try port(6379, .silent, address: "2001:db8::1")])
        #expect(Coverage.of(host).map(\.reason.facts["address"]) == ["2001:db8::1"])
    }

    @Test("what a service says counts for more than what its port is known for")
    func wrongService() throws {
        #expect(data(host([try port(6379, .open, ServiceReading(.ssh, .unknown))])).outcome == .passed)
        #expect(data(host([try port(9200, .open, ServiceReading(.http, .unknown))])).outcome == .passed)
        #expect(data(host([try port(8080, .open, ServiceReading(.redis, .required))])).outcome == .failed)
        // Nacos speaks HTTP: that it does says nothing against it.
        #expect(data(host([try port(8848, .open, ServiceReading(.http, .unknown))])).outcome == .failed)
    }

    @Test("an open data port is a gap though its service was silent; whether it demands authentication is left open")
    func unconfirmed() throws {
        let host = host([try port(9042, .open), try port(5432, .open)])
        #expect(data(host).findings.map { $0.evidence.first?.key } == ["exposure.port-expected", "exposure.port-expected"])
        #expect(Coverage.of(host).map(\.reason.key) == ["exposure.no-probe", "exposure.unconfirmed"])
        #expect(ServiceJudge.judge(ExposureInspector.serviceCheck, [host]).outcome == .notAssessed(Message("exposure.undecided-services")))
    }

    @Test("where every port takes connections, only those count where a service spoke")
    func middlebox() throws {
        var ports = try KnownPorts.all.map { try port($0.port, .open) }
        ports[ports.firstIndex { $0.target.port == 6379 } ?? 0].reading = ServiceReading(
            .redis, .notRequired, evidence: [Message("exposure.redis-size", ["keys": 1])])
        let host = host(ports)
        #expect(data(host).findings.map(\.asset) == ["192.0.2.1:6379/Redis"])
        #expect(Coverage.of(host).map(\.reason.key) == ["exposure.answers-everything"])
    }

    @Test("the same gap has the same fingerprint in the next run, and another port another one")
    func fingerprints() throws {
        let first = data(host([try port(6379, .open), try port(6380, .open)])).findings.map(\.fingerprint)
        let second = data(host([try port(6379, .open), try port(6380, .open)])).findings.map(\.fingerprint)
        #expect(first == second)
        #expect(Set(first).count == 2)
    }

    @Test("the list of ports holds each once, with every kind")
    func knownPorts() {
        let ports = KnownPorts.all.map(\.port)
        #expect(Set(ports).count == ports.count)
        #expect(ports.count >= 70)
        for kind in [Service.Class.data, .middleware, .admin] { #expect(KnownPorts.all.contains { $0.service.kind == kind }) }
        for probe in ProbeRegistry.all {
            let table = probe.transport == .udp ? KnownPorts.datagrams : KnownPorts.all
            #expect(table.contains { $0.service == probe.service })
        }
    }

    @Test(
        "errors of connecting are told apart",
        arguments: [
            (ECONNREFUSED, PortState.refused), (ETIMEDOUT, .silent), (EHOSTUNREACH, .unreachable), (ENETUNREACH, .unreachable), (EMFILE, .exhausted),
            (EADDRNOTAVAIL, .exhausted), (EACCES, .exhausted),
        ])
    func errors(_ code: Int32, _ state: PortState) { #expect(PortState(errno: code) == state) }
}
