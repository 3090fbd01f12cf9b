import Foundation
import Network
import Probes
import Templates

/// What a template may know of a TLS server.
struct TLSFacts: Sendable {
    let connector: Connector
    let timeout: Duration

    /// - Returns: nil when no TLS is spoken there, or none of the versions that the template asks for.
    func info(_ target: PermittedAddress, _ request: TemplateTLSRequest) async -> TemplateTLSInfo? {
        guard let examiner = try? TLSExaminer(connector: connector, timeout: timeout), let reading = await examiner.examine(target, now: Date())
        else {
            return nil
        }
        let least = request.minimumVersion.flatMap(Self.version) ?? .ssl3
        let most = request.maximumVersion.flatMap(Self.version) ?? .tls13
        guard let version = reading.versions.last(where: { (least...most).contains($0) }) else { return nil }
        var info = TemplateTLSInfo()
        info.version = Self.names.first { $0.version == version }?.name
        guard let certificate = reading.certificate else { return info }
        let now = Date()
        info.subjectCommonName = certificate.commonName
        info.subjectAlternativeNames = certificate.names
        info.issuerCommonName = certificate.issuer
        info.notBefore = certificate.notBefore.timeIntervalSince1970
        info.notAfter = certificate.notAfter.timeIntervalSince1970
        info.isSelfSigned = certificate.isSelfIssued
        info.isExpired = now > certificate.notAfter
        info.isMismatched = reading.namesHost.map { !$0 }
        info.isUntrusted = reading.trust == .unknown ? nil : reading.trust == .untrusted
        info.isWildcard = certificate.names.contains { $0.hasPrefix("*.") }
        return info
    }

    private static let names: [(name: String, version: TLSProtocolVersion)] = [
        ("ssl30", .ssl3), ("tls10", .tls10), ("tls11", .tls11), ("tls12", .tls12), ("tls13", .tls13),
    ]

    private static func version(_ name: String) -> TLSProtocolVersion? { names.first { $0.name == name.lowercased() }?.version }
}
