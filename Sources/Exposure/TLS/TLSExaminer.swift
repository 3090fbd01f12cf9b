package import Foundation
import NIOSSL
package import Network
package import Probes

/// Finds out which versions and weak suites a TLS server speaks, and what is wrong with its certificate.
///
/// Asks by hellos that it never follows up, and by one or two handshakes without a request inside: at most ``TLSExaminer/mostConnections`` connections.
package struct TLSExaminer: Sendable {
    package static let mostConnections = 15

    private let asker: TLSAsker
    private let handshake: TLSHandshake
    /// How many connections are open at once to one server.
    private let width = 6

    /// - Parameters:
    ///   - timeout: how long one connection may last.
    ///   - roots: PEM files of the authorities that are trusted; nil: those of this machine.
    /// - Throws: when the trusted authorities can't be read.
    package init(connectTimeout: Duration, timeout: Duration, roots: URL? = nil) throws {
        try self.init(connector: Connector(timeout: connectTimeout), timeout: timeout, roots: roots.map { .file($0.path) } ?? .default)
    }

    init(connector: Connector, timeout: Duration, roots: NIOSSLTrustRoots = .default) throws {
        asker = TLSAsker(connector: connector, timeout: timeout)
        handshake = try TLSHandshake(connector: connector, timeout: timeout, roots: roots)
    }

    /// - Parameter opening: how TLS begins there.
    /// - Returns: nil when no TLS is spoken there.
    package func examine(_ target: PermittedAddress, after opening: TLSOpening = .direct, now: Date) async -> TLSReading? {
        let serverName = IPAddress(target.host) == nil && target.host.utf8.count <= 253 ? target.host : nil
        let answers = await ask(TLSProtocolVersion.allCases.map { .any($0, serverName: serverName) }, wantsCertificates: true, target, opening)
        guard answers.contains(where: \.isTLS) else { return nil }
        let versions = Set(answers.compactMap { $0.accepted?.version }).sorted()
        async let trust = versions.contains { $0 >= .tls10 } ? handshake.trust(of: target, serverName: serverName, after: opening) : .unknown
        let weakSuites = await weakSuites(versions, serverName, target, opening)
        // Of the newest version that shows it in the clear.
        var chain = answers.compactMap(\.certificates).last
        if chain == nil, versions.contains(.tls13) { chain = await handshake.chain(of: target, serverName: serverName, after: opening) }
        return reading(versions, weakSuites, chain?.first, await trust, target, now)
    }

    /// One question for each weakness, in the version that is likeliest to have it.
    private func weakSuites(_ versions: [TLSProtocolVersion], _ serverName: String?, _ target: PermittedAddress, _ opening: TLSOpening) async
        -> [TLSCipherSuite]
    {
        let old = versions.filter { (.ssl3...TLSProtocolVersion.tls12).contains($0) }
        guard let lowest = old.first, let highest = old.last else { return [] }
        // Keys for export were given up with TLS 1.1.
        let hellos = TLSCipherSuite.Weakness.allCases.map { TLSHello.weak($0, $0 == .export ? lowest : highest, serverName: serverName) }
        return await ask(hellos, wantsCertificates: false, target, opening).compactMap { $0.accepted?.suite }
    }

    private func ask(_ hellos: [TLSHello], wantsCertificates: Bool, _ target: PermittedAddress, _ opening: TLSOpening) async -> [TLSAnswer] {
        let asker = asker
        return await Window.map(hellos, width: width) { await asker.ask($0, wantsCertificates: wantsCertificates, at: target, after: opening) }.map {
            $0 ?? .silent
        }
    }

    private func reading(
        _ versions: [TLSProtocolVersion], _ weakSuites: [TLSCipherSuite], _ der: [UInt8]?, _ trust: TLSReading.Trust, _ target: PermittedAddress,
        _ now: Date
    ) -> TLSReading {
        let certificate = der.flatMap { ServerCertificate(der: $0) }
        let namesHost = certificate.flatMap { certificate -> Bool? in
            // A certificate is seldom for an address: that one isn't named says nothing.
            certificate.isFor(target.host) ? true : IPAddress(target.host) == nil ? false : nil
        }
        var problems = TLSJudge.protocolProblems(versions, weakSuites)
        if let certificate {
            problems += TLSJudge.certificateProblems(certificate, host: target.host, namesHost: namesHost, trust: trust, now: now)
        } else if der != nil {
            problems.append(TLSJudge.unreadable)
        }
        return TLSReading(
            versions: versions, weakSuites: weakSuites, certificate: certificate, trust: trust, namesHost: namesHost, problems: problems)
    }
}
