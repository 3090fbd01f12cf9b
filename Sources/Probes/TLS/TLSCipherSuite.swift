/// A cipher suite, by its number in IANA's registry (and GB/T 38636-2020 for TLCP's).
package struct TLSCipherSuite: Hashable, Sendable {
    package let code: UInt16

    package init(_ code: UInt16) { self.code = code }

    /// What is wrong with a group of suites; the gravest first.
    package enum Weakness: String, CaseIterable, Sendable {
        /// Nothing is encrypted.
        case null
        /// Nobody proves who they are.
        case anonymous
        /// Keys of 40 or 56 bits.
        case export
        /// RFC 7465.
        case rc4
        /// DES, Triple DES, IDEA: blocks of 64 bits (CVE-2016-2183).
        case smallBlock
        /// RSA key exchange: who gets the key later reads what was recorded before.
        case noForwardSecrecy
        /// CBC with HMAC-SHA-1: padding oracles, an outdated hash.
        case cbcSHA1
    }

    /// The name as the registry writes it, or its number.
    package var name: String {
        Self.names[code] ?? "0x" + String(repeating: "0", count: 4 - String(code, radix: 16).count) + String(code, radix: 16, uppercase: true)
    }

    /// Nil for a suite that is fine, and for one that isn't in the table.
    package var weakness: Weakness? { Self.weaknesses[code] }

    /// In the order of the table.
    static func suites(_ weakness: Weakness) -> [UInt16] { weak.filter { $0.weakness == weakness }.flatMap { $0.suites.map(\.0) } }

    /// Fine for TLS 1.2.
    static let modern: [UInt16] = good.map(\.0)
    /// Of TLS 1.3 (RFC 8446 B.4, RFC 8998).
    static let tls13: [UInt16] = [0x1301, 0x1302, 0x1303, 0x1304, 0x00C6, 0x00C7]
    static let tlcp: [UInt16] = [0xE053, 0xE013, 0xE051, 0xE011, 0xE059, 0xE019, 0xE05A, 0xE01C]

    private static let names: [UInt16: String] = {
        var names: [UInt16: String] = [:]
        for (code, name) in good + newest + national + weak.flatMap(\.suites) { names[code] = name }
        return names
    }()

    private static let weaknesses: [UInt16: Weakness] = {
        var weaknesses: [UInt16: Weakness] = [:]
        for (weakness, suites) in weak { for (code, _) in suites { weaknesses[code] = weakness } }
        return weaknesses
    }()
}
