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
    private func port(_ number: UInt16, _ reading: ServiceReading? = nil, address: String = "192.0.2.1") throws -> PortReading {
        let address = try #require(IPAddress(address))
        let scope = Scope(networks: [CIDR("192.0.2.0/24"), CIDR("2001:db8::/32")].compactMap { $0 })
        return PortReading(try #require(scope.permit(address, port: number, host: "\(address)")), reading)
    }

    private func sweep(
        _ address: String = "192.0.2.1", open: [UInt16] = [], refused: Int = 0, silent: Int = 0, unreachable: Int = 0, exhausted: Int = 0
    ) throws -> AddressSweep {
        var sweep = AddressSweep(target: 0, address: try #require(IPAddress(address)))
        (sweep.open, sweep.refused, sweep.silent, sweep.unreachable, sweep.exhausted) = (open, refused, silent, unreachable, exhausted)
        return sweep
    }

    private func host(_ addresses: [AddressSweep], _ ports: [PortReading] = [], internetFacing: Bool = true) -> HostReading {
        HostReading(Host(name: "主机", address: "192.0.2.1", internetFacing: internetFacing), ports, addresses: addresses)
    }

    /// A host whose open ports these are.
    private func open(_ ports: PortReading...) throws -> HostReading { host([try sweep(open: ports.map(\.target.port))], ports) }

    @Test("every message that an interface or the coverage can make has its words in both languages")
    func words() throws {
        let words = try #require(SmallEstate.words)
        for authentication in [ServiceReading.Authentication.notRequired, .required, .unknown] {
            let reading = ServiceReading(.redis, authentication, evidence: [Message("exposure.session-broken")])
            let host = host(
                [try sweep(open: [6379, 9042, 5], exhausted: 1), try sweep("192.0.2.2", silent: 3)],
                [try port(6379, reading), try port(9042), try port(5)])
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
        let silent = host([try sweep(silent: 2, unreachable: 1)])
        #expect(Coverage.of(silent).map(\.reason) == [Message("exposure.no-answer", ["address": "192.0.2.1", "ports": 3])])
        #expect(data(silent).examined == 0)
        #expect(data(silent).outcome == .notAssessed(Message("exposure.incomplete-hosts", ["hosts": .list(["主机"])])))
        let filtered = host([try sweep(refused: 1, silent: 1)])
        #expect(Coverage.of(filtered).isEmpty)
        #expect(data(filtered).outcome == .passed)
        #expect(data(filtered).examined == 2)
    }

    @Test("ports that this machine had no means to try are in the coverage, and nothing passes")
    func exhausted() throws {
        let host = host([try sweep(refused: 1, exhausted: 1)])
        #expect(Coverage.of(host).map(\.reason) == [Message("exposure.exhausted", ["ports": 1])])
        #expect(data(host).outcome == .notAssessed(Message("exposure.incomplete-hosts", ["hosts": .list(["主机"])])))
    }

    @Test("an address of each family is judged by itself")
    func families() throws {
        let host = host([try sweep(refused: 1), try sweep("2001:db8::1", silent: 1)])
        #expect(Coverage.of(host).map(\.reason.facts["address"]) == ["2001:db8::1"])
    }

    @Test("what a service says counts for more than what its port is known for")
    func wrongService() throws {
        #expect(data(try open(try port(6379, ServiceReading(.ssh, .unknown)))).outcome == .passed)
        #expect(data(try open(try port(9200, ServiceReading(.http, .unknown)))).outcome == .passed)
        #expect(data(try open(try port(8080, ServiceReading(.redis, .required)))).outcome == .failed)
        // No probe can tell whether Db2 is there: that something speaks HTTP says nothing against it.
        #expect(data(try open(try port(50_000, ServiceReading(.http, .unknown)))).outcome == .failed)
    }

    @Test("an open data port is a gap though its service was silent; whether it demands authentication is left open")
    func unconfirmed() throws {
        let host = try open(try port(50_000), try port(5432))
        #expect(data(host).findings.map { $0.evidence.first?.key } == ["exposure.port-expected", "exposure.port-expected"])
        #expect(Coverage.of(host).map(\.reason.key) == ["exposure.no-probe", "exposure.unconfirmed"])
        #expect(ServiceJudge.judge(ExposureInspector.serviceCheck, [host]).outcome == .notAssessed(Message("exposure.undecided-services")))
    }

    @Test("where every port takes connections, only those count where a service spoke")
    func middlebox() throws {
        var ports = try KnownPorts.all.map { try port($0.port) }
        ports[ports.firstIndex { $0.target.port == 6379 } ?? 0].reading = ServiceReading(
            .redis, .notRequired, evidence: [Message("exposure.redis-size", ["keys": 1])])
        let host = host([try sweep(open: ports.map(\.target.port))], ports)
        #expect(data(host).findings.map(\.asset) == ["192.0.2.1:6379/Redis"])
        #expect(Coverage.of(host).map(\.reason.key) == ["exposure.answers-everything"])
    }

    @Test("an address that claims to be everything is a decoy: nothing that it says counts, and the coverage says so")
    func decoy() throws {
        let services: [Service] = [
            .redis, .mySQL, .postgreSQL, .mongoDB, .memcached, .elasticsearch, .etcd, .zooKeeper, .kafka, .mqtt, .nats, .docker, .grafana, .jenkins,
            .ftp, .smb, .vnc, .rdp, .dicom, .orthanc,
        ]
        let ports = try services.enumerated().map { try port(UInt16(1_000 + $0), ServiceReading($1, .notRequired)) }
        let decoy = host([try sweep(open: ports.map(\.target.port), refused: 1_000)], ports)
        #expect(ServiceJudge.judge(ExposureInspector.serviceCheck, [decoy]).findings.isEmpty)
        #expect(Coverage.of(decoy).map(\.reason.key) == ["exposure.claims-everything"])
        let busy = host([try sweep(open: ports.dropLast().map(\.target.port), refused: 1_000)], ports.dropLast())
        #expect(ServiceJudge.judge(ExposureInspector.serviceCheck, [busy]).findings.count == services.count - 1)
    }

    @Test("a scan from inside claims nothing about the internet, and still finds what answers without authentication")
    func inside() throws {
        let host = try open(try port(6379, ServiceReading(.redis, .notRequired, evidence: [Message("exposure.redis-size", ["keys": 1])])))
        let judged = PortJudge.judge(ExposureInspector.dataPortCheck, [.data], [host], from: .inside)
        #expect(judged.outcome == .notAssessed(Message("exposure.seen-from-inside")))
        #expect(PortJudge.judge(ExposureInspector.dataPortCheck, [.data], [host], from: .outside).outcome == .failed)
        #expect(ServiceJudge.judge(ExposureInspector.serviceCheck, [host]).outcome == .failed)
    }

    @Test("the same gap has the same fingerprint in the next run, and another port another one")
    func fingerprints() throws {
        let first = data(try open(try port(6379), try port(6380))).findings.map(\.fingerprint)
        let second = data(try open(try port(6379), try port(6380))).findings.map(\.fingerprint)
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
            (EADDRNOTAVAIL, .exhausted), (EACCES, .unreachable), (EAFNOSUPPORT, .unreachable),
        ])
    func errors(_ code: Int32, _ state: PortState) { #expect(PortState(errno: code) == state) }
}
