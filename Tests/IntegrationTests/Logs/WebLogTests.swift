import AccessLogs
import Foundation
import Geography
import LogFormats
import TestServers
import Testing

@Suite("Logs of real web servers under attack", .serialized)
struct WebLogTests {
    private func expectAttack(_ logs: LogsUnderAttack) {
        let network = WebAttack.network
        logs.expect(.injection, from: network(WebAttack.injector), succeeded: true)
        logs.expect(.traversal, from: network(WebAttack.traverser), succeeded: true)
        logs.expect(.webShell, from: network(WebAttack.shellUser), succeeded: true)
        logs.expect(.bruteForceSuccess, from: network(WebAttack.guesser), succeeded: true)
        logs.expect(.adminAccess, from: network(WebAttack.basicGuesser), succeeded: true)
        let harvest = logs.expect(.enumeration, from: network(WebAttack.harvester), succeeded: true)
        // Distinct records are counted by a sketch.
        #expect(abs((harvest?.persons ?? 0) - VulnerablePortal.people) <= VulnerablePortal.people / 10)
        let foreign = logs.expect(.foreignAccess, from: network(WebAttack.harvester), succeeded: true)
        #expect(foreign?.standing == .foreign && foreign?.region.name == "US")
        logs.expect(.scanner, from: network(WebAttack.scanner), succeeded: false)
        // Identity cards, telephones, tokens.
        #expect(logs.incidents(.personalDataInLog).count == 3, "\(logs.summary)")
        // Ordinary visitors did nothing.
        #expect(logs.report.incidents.allSatisfy { $0.network?.hasPrefix("203.0.113") != true || $0.kind == .personalDataInLog }, "\(logs.summary)")
        logs.expectNothingReadable(WebAttack.secrets)
    }

    @Test("nginx's combined, custom and JSON logs tell every attack and who succeeded; its error log is read whole")
    func nginx() async throws {
        try await NginxLogging.with { server in
            try await WebAttack.run(against: server)
            let count = WebAttack.requests.count
            for (name, format) in [("combined", "combined"), ("json", "nginx-json")] {
                let logs = try await LogsUnderAttack.read(try server.log(name), behindProxy: name != "combined")
                logs.expectAllRead(as: format, lines: count...count)
                expectAttack(logs)
            }
            let custom = try LogFormat.custom("nginx:" + NginxLogging.custom)
            let logs = try await LogsUnderAttack.read(try server.log("custom"), format: custom, behindProxy: true)
            logs.expectAllRead(as: custom.id, lines: count...count)
            expectAttack(logs)

            let errors = try await LogsUnderAttack.read(try server.log("error"))
            errors.expectAllRead(as: "nginx-error", lines: 40...1_000)
            errors.expect(.bruteForce, from: WebAttack.network(of: WebAttack.basicGuesser), succeeded: false)
            errors.expectNothingReadable(WebAttack.secrets)
        }
    }

    @Test("nginx's custom log is recognised without being described")
    func recognised() async throws {
        try await NginxLogging.with { server in
            try await WebAttack.run(against: server)
            let logs = try await LogsUnderAttack.read(try server.log("custom"), behindProxy: true)
            logs.expectAllRead(as: "combined", lines: WebAttack.requests.count...WebAttack.requests.count)
            expectAttack(logs)
        }
    }

    @Test("Apache's combined, virtual host and custom logs tell every attack and who succeeded; its error log is read whole")
    func apache() async throws {
        try await ApacheLogging.with { server in
            try await WebAttack.run(against: server)
            // The test's own question whether it serves is logged, too, once or more.
            let lines = (WebAttack.requests.count + 1)...(WebAttack.requests.count + 50)
            for (name, format) in [("combined", "combined"), ("vhost", "combined-vhost")] {
                let logs = try await LogsUnderAttack.read(try server.log(name))
                logs.expectAllRead(as: format, lines: lines)
                expectAttack(logs)
            }
            let custom = try LogFormat.custom("apache:" + ApacheLogging.custom)
            let logs = try await LogsUnderAttack.read(try server.log("custom"), format: custom)
            logs.expectAllRead(as: custom.id, lines: lines)
            expectAttack(logs)

            let errors = try await LogsUnderAttack.read(try server.log("error"))
            errors.expectAllRead(as: "apache-error", lines: 40...1_000)
            errors.expect(.bruteForce, from: WebAttack.network(of: WebAttack.basicGuesser), succeeded: false)
            errors.expectNothingReadable(WebAttack.secrets)
        }
    }

    @Test("HAProxy's HTTP log, by syslog and to its output, tells every attack and who succeeded", arguments: ["syslog", "raw"])
    func haproxy(_ name: String) async throws {
        try await HAProxyLogging.with { server in
            try await WebAttack.run(against: server)
            try await server.wait(for: "gobuster", in: name, times: WebAttack.requests.filter { $0.agent.hasPrefix("gobuster") }.count)
            let logs = try await LogsUnderAttack.read(try server.log(name), behindProxy: true)
            logs.expectAllRead(as: "haproxy-http", lines: WebAttack.requests.count...(WebAttack.requests.count + 100))
            expectAttack(logs)
        }
    }
}
