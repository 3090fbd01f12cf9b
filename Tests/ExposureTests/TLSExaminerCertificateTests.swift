import Exposure
import Findings
import Foundation
import Probes
import Regulations
import TestSupport
import Testing

/// Certificates, and what is said of them: no server needed.
@Suite("Server certificates")
struct TLSExaminerCertificateTests {
    private static let clinic = Data(
        base64Encoded: """
            MIICRTCCAeugAwIBAgIUMbhMG7kx6ZikOwG4zQeg4akV1mswCgYIKoZIzj0EAwIwVDELMAkGA1UEBhMCQ04xKjAoBgNVBAoMIcOmwp/CkMOlwozCu8OpwpnCoiBFeGFtcG
            xlIENsaW5pYzEZMBcGA1UEAwwQcGFjcy5leGFtcGxlLm9yZzAgFw0yNjExMjUxODE0NDdaGA8yMTI2MTEwMTE4MTQ0N1owVDELMAkGA1UEBhMCQ04xKjAoBgNVBAoMIcOm
            wp/CkMOlwozCu8OpwpnCoiBFeGFtcGxlIENsaW5pYzEZMBcGA1UEAwwQcGFjcy5leGFtcGxlLm9yZzBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABPq8DyReYqT04w3dl4
            pwQFIbhMTIGFqknZe/6CohNzc8puRrDuVXbG/B8463Rlik6ESEt36Bmq/WSHboD69luCmjgZgwgZUwHQYDVR0OBBYEFKG7LtEFWn/A0LAMzEZHNeNTaRjsMB8GA1UdIwQY
            MBaAFKG7LtEFWn/A0LAMzEZHNeNTaRjsMA8GA1UdEwEB/wQFMAMBAf8wQgYDVR0RBDswOYIQKi5jbGluaWMuZXhhbXBsZYIQUEFDUy5leGFtcGxlLm9yZ4cEwAACB4ENYU
            BleGFtcGxlLm9yZzAKBggqhkjOPQQDAgNIADBFAiEA975+X6diPgHF7vXdrUep7wHz37yP1BF71hMNyjaUZekCIG1gftuAqrDz9MMErUe9+dP6aheKDaoili7q6WkUGsUP
            """, options: .ignoreUnknownCharacters)

    private static let national = Data(
        base64Encoded: """
            MIIBijCCAS+gAwIBAgIUQgSoTbtVs8VobGBBvGWK/Vvy+fQwCgYIKoEcz1UBg3UwGTEXMBUGA1UEAwwOZ20uZXhhbXBsZS5vcmcwIBcNMjYxMTI1MTgxNDQ3WhgPMjEyNj
            ExMDExODE0NDdaMBkxFzAVBgNVBAMMDmdtLmV4YW1wbGUub3JnMFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAE881xHNAMUkkQ8fmuzykOcyF+vs8fs13Q1xiSBh0MLxiL
            y3Px/dCWf94xeb24pVjh1yD7wDH840rOfsJflaQpbKNTMFEwHQYDVR0OBBYEFB7cqPUQtW8zrVhpAn7nw8mBkmojMB8GA1UdIwQYMBaAFB7cqPUQtW8zrVhpAn7nw8mBkm
            ojMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoEcz1UBg3UDSQAwRgIhAJs8oqpRi4/dbIzRLDKk4o5z/TNB18cIHSxHvz+3VZqOAiEAkka3BR+JDebEU8sfG/+UfzKi3t34cfQ6
            3kpTF/QlnD4=
            """, options: .ignoreUnknownCharacters)

    private func certificate(_ data: Data?) throws -> ServerCertificate {
        let data = try #require(data)
        return try #require(ServerCertificate(der: Array(data)))
    }

    @Test("a certificate is read")
    func reads() throws {
        let certificate = try certificate(Self.clinic)
        #expect(certificate.commonName == "pacs.example.org")
        #expect(certificate.names == ["*.clinic.example", "pacs.example.org"])
        #expect(certificate.addresses == [[192, 0, 2, 7]])
        #expect(certificate.key == .curve(name: "P-256", bits: 256))
        #expect(certificate.signature == .init(name: "ECDSA-SHA256", isWeak: false))
        #expect(certificate.isSelfIssued)
        // 2026-11-25T18:14:47Z, which is in UTCTime; a hundred years on, in GeneralizedTime.
        #expect(certificate.notBefore == Date(timeIntervalSince1970: 1_795_630_487))
        #expect(certificate.days(from: certificate.notBefore) == 36_500)
    }

    @Test("a certificate with SM2 and SM3 is read")
    func readsNational() throws {
        let certificate = try certificate(Self.national)
        #expect(certificate.key == .curve(name: "SM2", bits: 256))
        #expect(certificate.signature.name == "SM2-SM3")
    }

    @Test(
        "a certificate is for its alternative names",
        arguments: [
            ("pacs.example.org", true), ("PACS.example.org.", true), ("a.clinic.example", true), ("a.b.clinic.example", false),
            ("clinic.example", false),
            (".clinic.example", false), ("192.0.2.7", true), ("192.0.2.8", false), ("example.org", false), ("", false),
        ])
    func names(_ host: String, _ isFor: Bool) throws {
        let certificate = try certificate(Self.clinic)
        #expect(certificate.isFor(host) == isFor)
    }

    @Test("a name with nothing but a top-level domain under its wildcard is for nobody")
    func wideWildcard() throws {
        var certificate = try certificate(Self.clinic)
        certificate.names = ["*.com", "*"]
        #expect(!certificate.isFor("example.com"))
        #expect(!certificate.isFor("example"))
    }

    @Test("cut, mutated and random bytes are no certificate, or one without trouble")
    func hostile() throws {
        var generator = SeededGenerator(seed: 3)
        for data in [Self.clinic, Self.national] {
            let der = Array(try #require(data))
            for length in der.indices { #expect(ServerCertificate(der: Array(der.prefix(length))) == nil) }
            for _ in 0..<4_000 {
                var bytes = der
                for _ in 0..<3 { bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8(truncatingIfNeeded: generator.next()) }
                guard let certificate = ServerCertificate(der: bytes) else { continue }
                _ = certificate.days(from: Date(timeIntervalSince1970: 0))
                #expect(certificate.commonName?.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } ?? true)
            }
            #expect(ServerCertificate(der: generator.bytes(200)) == nil)
        }
        #expect(ServerCertificate(der: [UInt8](repeating: 0x30, count: 100_000)) == nil)
        // Deeply nested.
        #expect(ServerCertificate(der: (0..<2_000).flatMap { _ -> [UInt8] in [0x30, 0x80] }) == nil)
    }

    @Test("the last day counts, and the thirtieth before it", arguments: [(31, 0), (30, 0), (29, 1), (0, 1), (-1, 1)])
    func expiry(_ left: Int, _ problems: Int) throws {
        let certificate = try certificate(Self.clinic)
        let now = certificate.notAfter.addingTimeInterval(-Double(left) * 86_400)
        let found = TLSJudge.certificateProblems(certificate, host: "pacs.example.org", namesHost: true, trust: .trusted, now: now)
        #expect(found.count == problems)
        #expect(found.first.map { $0.message.key == (left < 0 ? "exposure.certificate-expired" : "exposure.certificate-expiring") } ?? true)
    }

    @Test("TLCP alone is no fault; SSL 3.0 is a grave one")
    func versions() {
        #expect(TLSJudge.protocolProblems([.tlcp], []).isEmpty)
        #expect(TLSJudge.protocolProblems([.tls12, .tls13], []).isEmpty)
        #expect(TLSJudge.protocolProblems([.ssl3, .tls12], []).map(\.severity) == [.high])
        #expect(TLSJudge.protocolProblems([.tls11], []).map(\.message.key) == ["exposure.tls-old-versions", "exposure.tls-no-modern-version"])
    }

    @Test("everything that can be wrong has its words in both languages")
    func words() throws {
        let words = try Catalogue.load().wording
        var certificate = try certificate(Self.clinic)
        let suites = TLSCipherSuite.Weakness.allCases.compactMap { TLSHello.weak($0, .tls12).suites.first }.map { TLSCipherSuite($0) }
        var problems = TLSJudge.protocolProblems([.ssl3, .tls10], suites)
        certificate.key = .rsa(bits: 512)
        certificate.signature = .init(name: "RSA-MD5", isWeak: true)
        for (isSelfIssued, now) in [(true, certificate.notBefore), (false, certificate.notAfter), (false, .distantPast), (false, .distantFuture)] {
            certificate.isSelfIssued = isSelfIssued
            problems += TLSJudge.certificateProblems(certificate, host: "a.example.org", namesHost: false, trust: .untrusted, now: now)
        }
        problems += [StrictTransportSecurity.absent, .present(maxAge: 0)].compactMap(\.problem)
        #expect(problems.flatMap { words.missingKeys($0.message) } == [])
        #expect(Set(problems.map(\.message.key)).count == 19)
        for check in [TLSChecks.weak, TLSChecks.certificate, TLSChecks.databaseWithoutTLS] { #expect(words.checks[check] != nil) }
    }
}
