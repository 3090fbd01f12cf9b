import Exposure
import Findings
import Foundation
import Network
import Probes
import TestServers
import Testing

/// Real servers: nginx, and `openssl s_server` for what nginx won't do.
@Suite("TLS servers")
struct TLSExaminerTests {
    private func examine(
        _ program: TLSServer.Program, _ certificate: TestCertificateRequest = TestCertificateRequest(), host: String = "localhost",
        trusting: Bool = true
    ) async throws -> TLSReading {
        try await TLSServer.with(program, certificate: certificate) { server in
            let examiner = try TLSExaminer(connectTimeout: .seconds(10), timeout: .seconds(20), roots: trusting ? server.authority : nil)
            let target = try target(server.port, host: host)
            return try #require(await examiner.examine(target, now: Date()))
        }
    }

    private func target(_ port: UInt16, host: String) throws -> PermittedAddress {
        let loopback = try #require(IPAddress("127.0.0.1"))
        return try #require(SmallEstate.scope("127.0.0.1/32").permit(loopback, port: port, host: host))
    }

    private func keys(_ reading: TLSReading) -> [String] { reading.problems.map(\.message.key) }

    private let modern = TLSServer.Program.nginx(protocols: "TLSv1.2 TLSv1.3", ciphers: "ECDHE+AESGCM")
    private let rsa = TestCertificateRequest().with { $0.key = ["rsa:2048"] }

    @Test("a server as it should be has no problem")
    func modernServer() async throws {
        let reading = try await examine(modern)
        #expect(reading.versions == [.tls12, .tls13])
        #expect(reading.weakSuites == [])
        #expect(reading.trust == .trusted)
        #expect(reading.namesHost == true)
        #expect(reading.problems == [])
        #expect(reading.certificate?.key == .curve(name: "P-256", bits: 256))
        #expect(reading.certificate?.commonName == "suwen-test")
        #expect(reading.certificate?.issuer == "Test Authority")
        #expect(reading.certificate?.names == ["localhost"])
    }

    @Test("a server of TLS 1.3 alone shows its certificate in a handshake")
    func newest() async throws {
        let reading = try await examine(.nginx(protocols: "TLSv1.3"))
        #expect(reading.versions == [.tls13])
        #expect(reading.certificate?.names == ["localhost"])
        #expect(reading.problems == [])
    }

    @Test("old versions and weak suites are found out one by one")
    func old() async throws {
        let reading = try await examine(.nginx(protocols: "TLSv1 TLSv1.1 TLSv1.2", ciphers: "ALL:aNULL:eNULL:@SECLEVEL=0"), rsa)
        #expect(reading.versions == [.tls10, .tls11, .tls12])
        #expect(reading.weakSuites.compactMap(\.weakness) == [.null, .anonymous, .noForwardSecrecy, .cbcSHA1])
        #expect(
            keys(reading) == [
                "exposure.tls-old-versions", "exposure.tls-suite-null", "exposure.tls-suite-anonymous", "exposure.tls-suite-no-forward-secrecy",
                "exposure.tls-suite-cbc-sha1",
            ])
        #expect(reading.severity == .high)
        #expect(reading.problems.allSatisfy { $0.check == TLSChecks.weak })
    }

    @Test("a server of one old version", arguments: [("-tls1", TLSProtocolVersion.tls10), ("-tls1_1", .tls11)])
    func oneOld(_ argument: String, _ version: TLSProtocolVersion) async throws {
        let reading = try await examine(.openSSL([argument, "-cipher", "ALL@SECLEVEL=0"]), rsa)
        #expect(reading.versions == [version])
        #expect(keys(reading).starts(with: ["exposure.tls-old-versions", "exposure.tls-no-modern-version"]))
        #expect(reading.certificate?.key == .rsa(bits: 2_048))
    }

    @Test("a server whose only suites are anonymous shows no certificate")
    func anonymous() async throws {
        let reading = try await examine(.openSSL(["-tls1_2", "-cipher", "aNULL:!eNULL@SECLEVEL=0"]))
        #expect(reading.versions == [.tls12])
        #expect(reading.certificate == nil)
        #expect(keys(reading) == ["exposure.tls-suite-anonymous"])
    }

    @Test("a server that demands a certificate of its clients is read all the same", arguments: ["-tls1_2", "-tls1_3"])
    func mutual(_ version: String) async throws {
        let reading = try await examine(.openSSL([version, "-Verify", "1"]))
        #expect(reading.certificate?.names == ["localhost"])
        #expect(reading.trust != .untrusted)
    }

    @Test(
        "a certificate's faults are told",
        arguments: [
            ("expired", "exposure.certificate-expired"), ("future", "exposure.certificate-not-yet-valid"), ("soon", "exposure.certificate-expiring"),
            ("name", "exposure.certificate-name"), ("self", "exposure.certificate-self-signed"), ("untrusted", "exposure.certificate-untrusted"),
            ("short", "exposure.certificate-short-key"), ("sha1", "exposure.certificate-weak-signature"),
        ])
    func faults(_ fault: String, _ key: String) async throws {
        let certificate = TestCertificateRequest().with {
            switch fault {
            case "expired": $0.validity = ["20200101000000Z", "20210101000000Z"]
            case "future": $0.validity = ["20990101000000Z", "21000101000000Z"]
            case "soon": $0.validity = ["20200101000000Z", Self.time(Date().addingTimeInterval(10 * 86_400 + 3_600))]
            case "name": $0.names = "DNS:other.example.org,DNS:*.localhost"
            case "self": $0.hasAuthority = false
            case "short": $0.key = ["rsa:1024"]
            case "sha1": $0.digest = "sha1"
            default: break
            }
        }
        let trusting = fault != "untrusted" && fault != "self"
        let reading = try await examine(.openSSL(["-cipher", "ECDHE+AESGCM@SECLEVEL=0"]), certificate, trusting: trusting)
        #expect(keys(reading) == [key])
        #expect(reading.problems.first?.check == TLSChecks.certificate)
        if fault == "soon" { #expect(reading.problems.first?.message.facts["days"] == .days(10)) }
        if fault == "short" { #expect(reading.problems.first?.message.facts["key"] == "RSA 1024") }
    }

    @Test("when an address was asked for, a certificate for names is no fault")
    func address() async throws {
        let named = TestCertificateRequest().with { $0.names = "DNS:pacs.example.org" }
        let reading = try await examine(modern, named, host: "127.0.0.1")
        #expect(reading.namesHost == nil)
        #expect(reading.problems == [])
        let stated = try await examine(modern, host: "127.0.0.1")
        #expect(stated.namesHost == true)
    }

    @Test("a PostgreSQL is examined after it consented to TLS, and one without TLS is none", arguments: [true, false])
    func postgreSQL(tls: Bool) async throws {
        try await PostgreSQLServer.with(tls: tls) { server in
            let examiner = try TLSExaminer(connectTimeout: .seconds(10), timeout: .seconds(20), roots: server.certificate)
            let target = try target(server.port, host: "localhost")
            let reading = await examiner.examine(target, after: .postgreSQL, now: Date())
            #expect(reading?.versions == (tls ? [.tls12, .tls13] : nil))
            #expect(reading?.trust == (tls ? .trusted : nil))
            #expect(reading?.certificate?.names == (tls ? ["localhost"] : nil))
        }
    }

    @Test("what speaks no TLS is no TLS server")
    func plain() async throws {
        let examiner = try TLSExaminer(connectTimeout: .seconds(10), timeout: .seconds(10))
        try await LocalServer.with(answer: { _ in .http("HTTP/1.1 400 Bad Request\r\n\r\n") }) { server in
            let target = try target(server.port, host: "127.0.0.1")
            #expect(await examiner.examine(target, now: Date()) == nil)
        }
    }

    @Test("a server is asked over no more connections than promised, and its hello is not taken for more than it is")
    func bounded() async throws {
        let examiner = try TLSExaminer(connectTimeout: .seconds(10), timeout: .seconds(10))
        // Says yes to whatever is offered first.
        let yes: @Sendable ([UInt8]) -> LocalServer.Answer? = { hello in
            guard hello.count > 48, hello[0] == 22 else { return nil }
            let session = Int(hello[43])
            let suites = 44 + session + 2
            let isNewest = hello[9] == 3 && hello[10] == 3 && session == 32
            let extensions: [UInt8] = isNewest ? [0, 6, 0, 43, 0, 2, 3, 4] : []
            var body = Array(hello[9..<11])
            body += [UInt8](repeating: 1, count: 32)
            body += [0] + hello[suites..<suites + 2]
            body += [0] + extensions
            let message: [UInt8] = [2, 0, 0, UInt8(body.count)] + body
            let record: [UInt8] = [22, hello[9], hello[10], 0, UInt8(message.count)]
            return .init(bytes: record + message, closes: true)
        }
        try await LocalServer.with(answer: yes) { server in
            let target = try target(server.port, host: "127.0.0.1")
            let reading = try #require(await examiner.examine(target, now: Date()))
            #expect(reading.versions == TLSProtocolVersion.allCases)
            #expect(reading.weakSuites.compactMap(\.weakness) == TLSCipherSuite.Weakness.allCases)
            #expect(reading.severity == .high)
            #expect(reading.certificate == nil)
            #expect(reading.trust == .unknown)
            #expect(server.connections == TLSExaminer.mostConnections)
        }
    }

    private static func time(_ date: Date) -> String {
        let parts = Calendar(identifier: .gregorian).dateComponents(in: TimeZone(secondsFromGMT: 0) ?? .current, from: date)
        let numbers = [parts.month, parts.day, parts.hour, parts.minute, parts.second].map { number in
            let text = String(number ?? 0)
            return text.count < 2 ? "0" + text : text
        }
        return String(parts.year ?? 0) + numbers.joined() + "Z"
    }
}
