import Foundation
import SwiftASN1

extension ServerCertificate {
    /// Longer certificates are not read.
    static let longest = 1 << 16

    /// Nil for what is no certificate by RFC 5280 4.1.
    package init?(der: [UInt8]) {
        guard der.count <= Self.longest, let certificate = try? Self.parse(der) else { return nil }
        self = certificate
    }

    private enum Broken: Error { case structure }

    private static func parse(_ der: [UInt8]) throws -> ServerCertificate {
        try DER.sequence(DER.parse(der), identifier: .sequence) { nodes in
            let body = try next(&nodes)
            let algorithm = try next(&nodes)
            _ = try next(&nodes)
            return try certificate(body, signature: signature(algorithm))
        }
    }

    private static func certificate(_ body: ASN1Node, signature: Signature) throws -> ServerCertificate {
        try DER.sequence(body, identifier: .sequence) { nodes in
            _ = try DER.optionalExplicitlyTagged(&nodes, tagNumber: 0, tagClass: .contextSpecific) { $0 }
            // Serial number, signature algorithm.
            _ = (try next(&nodes), try next(&nodes))
            let issuer = try next(&nodes)
            let (notBefore, notAfter) = try validity(next(&nodes))
            let subject = try next(&nodes)
            let key = try key(next(&nodes))
            var (names, addresses): ([String], [[UInt8]]) = ([], [])
            while let rest = nodes.next() {
                guard rest.identifier == ASN1Identifier(tagWithNumber: 3, tagClass: .contextSpecific) else { continue }
                (names, addresses) = try alternativeNames(rest)
            }
            let issuerNames = attributes(issuer)
            return ServerCertificate(
                commonName: attributes(subject)[commonNameType], issuer: issuerNames[commonNameType] ?? issuerNames[organisationType],
                names: names, addresses: addresses, notBefore: notBefore, notAfter: notAfter,
                isSelfIssued: issuer.encodedBytes == subject.encodedBytes, key: key, signature: signature)
        }
    }

    // MARK: - Validity

    private static func validity(_ node: ASN1Node) throws -> (Date, Date) {
        try DER.sequence(node, identifier: .sequence) { nodes in (try date(next(&nodes)), try date(next(&nodes))) }
    }

    private static func date(_ node: ASN1Node) throws -> Date {
        var components = DateComponents()
        if node.identifier == .utcTime {
            let time = try UTCTime(derEncoded: node)
            (components.year, components.month, components.day) = (time.year, time.month, time.day)
            (components.hour, components.minute, components.second) = (time.hours, time.minutes, time.seconds)
        } else {
            let time = try GeneralizedTime(derEncoded: node)
            (components.year, components.month, components.day) = (time.year, time.month, time.day)
            (components.hour, components.minute, components.second) = (time.hours, time.minutes, time.seconds)
        }
        guard let date = calendar.date(from: components) else { throw Broken.structure }
        return date
    }

    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? calendar.timeZone
        return calendar
    }()

    // MARK: - Names

    private static let commonNameType: ASN1ObjectIdentifier = [2, 5, 4, 3]
    private static let organisationType: ASN1ObjectIdentifier = [2, 5, 4, 10]
    private static let alternativeNamesType: ASN1ObjectIdentifier = [2, 5, 29, 17]

    /// The first of each type in a distinguished name.
    private static func attributes(_ name: ASN1Node) -> [ASN1ObjectIdentifier: String] {
        var attributes: [ASN1ObjectIdentifier: String] = [:]
        for attribute in children(name).flatMap(children) {
            let parts = children(attribute)
            guard parts.count == 2, let type = try? ASN1ObjectIdentifier(derEncoded: parts[0]), case .primitive(let value) = parts[1].content,
                attributes[type] == nil
            else { continue }
            attributes[type] = harmless(value)
        }
        return attributes
    }

    /// - Parameter node: the extensions, explicitly tagged.
    private static func alternativeNames(_ node: ASN1Node) throws -> (names: [String], addresses: [[UInt8]]) {
        var (names, addresses): ([String], [[UInt8]]) = ([], [])
        for entry in children(node).flatMap(children) {
            let parts = children(entry)
            guard let first = parts.first, let last = parts.last, try ASN1ObjectIdentifier(derEncoded: first) == alternativeNamesType else {
                continue
            }
            for name in children(try DER.parse(ASN1OctetString(derEncoded: last).bytes)) {
                guard name.identifier.tagClass == .contextSpecific, case .primitive(let value) = name.content else { continue }
                switch name.identifier.tagNumber {
                case 2 where value.count <= 253: names.append(String(decoding: value, as: UTF8.self).lowercased())
                case 7 where value.count == 4 || value.count == 16: addresses.append(Array(value))
                default: continue
                }
            }
        }
        return (names, addresses)
    }

    // MARK: - Key and signature

    private static func key(_ node: ASN1Node) throws -> Key {
        try DER.sequence(node, identifier: .sequence) { nodes in
            let algorithm = children(try next(&nodes))
            let bits = try ASN1BitString(derEncoded: next(&nodes))
            guard let type = algorithm.first else { throw Broken.structure }
            switch try ASN1ObjectIdentifier(derEncoded: type) {
            case [1, 2, 840, 113549, 1, 1, 1]: return .rsa(bits: try length(children(try DER.parse(bits.bytes)).first))
            case [1, 2, 840, 10040, 4, 1]: return .dsa(bits: try length(algorithm.count > 1 ? children(algorithm[1]).first : nil))
            case [1, 2, 840, 10045, 2, 1]:
                guard algorithm.count > 1, let curve = try? ASN1ObjectIdentifier(derEncoded: algorithm[1]) else { return .other }
                return curves[curve].map { .curve(name: $0.name, bits: $0.bits) } ?? .other
            case [1, 3, 101, 112]: return .curve(name: "Ed25519", bits: 256)
            case [1, 3, 101, 113]: return .curve(name: "Ed448", bits: 448)
            default: return .other
            }
        }
    }

    /// In bits, of a positive integer.
    private static func length(_ node: ASN1Node?) throws -> Int {
        guard let node, node.identifier == .integer, case .primitive(let bytes) = node.content else { throw Broken.structure }
        let digits = bytes.drop { $0 == 0 }
        return digits.first.map { digits.count * 8 - $0.leadingZeroBitCount } ?? 0
    }

    private static let curves: [ASN1ObjectIdentifier: (name: String, bits: Int)] = [
        [1, 2, 840, 10045, 3, 1, 1]: ("P-192", 192), [1, 3, 132, 0, 33]: ("P-224", 224), [1, 2, 840, 10045, 3, 1, 7]: ("P-256", 256),
        [1, 3, 132, 0, 34]: ("P-384", 384), [1, 3, 132, 0, 35]: ("P-521", 521), [1, 3, 132, 0, 10]: ("secp256k1", 256),
        [1, 2, 156, 10197, 1, 301]: ("SM2", 256),
    ]

    private static func signature(_ node: ASN1Node) throws -> Signature {
        guard let type = children(node).first else { throw Broken.structure }
        return signatures[try ASN1ObjectIdentifier(derEncoded: type)] ?? Signature(name: "?", isWeak: false)
    }

    private static let signatures: [ASN1ObjectIdentifier: Signature] = [
        [1, 2, 840, 113549, 1, 1, 2]: Signature(name: "RSA-MD2", isWeak: true),
        [1, 2, 840, 113549, 1, 1, 4]: Signature(name: "RSA-MD5", isWeak: true),
        [1, 2, 840, 113549, 1, 1, 5]: Signature(name: "RSA-SHA1", isWeak: true), [1, 2, 840, 10040, 4, 3]: Signature(name: "DSA-SHA1", isWeak: true),
        [1, 2, 840, 10045, 4, 1]: Signature(name: "ECDSA-SHA1", isWeak: true),
        [1, 2, 840, 113549, 1, 1, 10]: Signature(name: "RSA-PSS", isWeak: false),
        [1, 2, 840, 113549, 1, 1, 11]: Signature(name: "RSA-SHA256", isWeak: false),
        [1, 2, 840, 113549, 1, 1, 12]: Signature(name: "RSA-SHA384", isWeak: false),
        [1, 2, 840, 113549, 1, 1, 13]: Signature(name: "RSA-SHA512", isWeak: false),
        [1, 2, 840, 10045, 4, 3, 2]: Signature(name: "ECDSA-SHA256", isWeak: false),
        [1, 2, 840, 10045, 4, 3, 3]: Signature(name: "ECDSA-SHA384", isWeak: false),
        [1, 2, 840, 10045, 4, 3, 4]: Signature(name: "ECDSA-SHA512", isWeak: false),
        [1, 2, 156, 10197, 1, 501]: Signature(name: "SM2-SM3", isWeak: false), [1, 3, 101, 112]: Signature(name: "Ed25519", isWeak: false),
        [1, 3, 101, 113]: Signature(name: "Ed448", isWeak: false),
    ]

    // MARK: - Nodes

    private static func next(_ nodes: inout ASN1NodeCollection.Iterator) throws -> ASN1Node {
        guard let node = nodes.next() else { throw Broken.structure }
        return node
    }

    private static func children(_ node: ASN1Node) -> [ASN1Node] {
        if case .constructed(let nodes) = node.content { Array(nodes) } else { [] }
    }
}
