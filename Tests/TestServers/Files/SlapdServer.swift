import Foundation

/// An OpenLDAP server of its own for one test, with a suffix and one synthetic person.
package struct SlapdServer: ScannedServer {
    private let server: RunningServer
    /// In a folder of its own: Debian's AppArmor profile keeps /usr/sbin/slapd to the system's folders.
    private static let program = "slapd"

    package static func with(_ variant: ServerVariant, _ body: (SlapdServer) async throws -> Void) async throws {
        try await RunningServer.with(
            "slapd", variant, ports: 2,
            configure: { folder, ports in
                let copy = folder.url.appendingPathComponent(program)
                try? FileManager.default.removeItem(at: copy)
                try FileManager.default.copyItem(at: URL(fileURLWithPath: "/usr/sbin/slapd"), to: copy)
                let schemas = ["core", "cosine", "inetorgperson"].map { "include /etc/ldap/schema/\($0).schema" }
                var lines =
                    schemas + [
                        "pidfile \(folder.path("pid"))", "argsfile \(folder.path("arguments"))", "modulepath /usr/lib/ldap", "moduleload back_mdb",
                    ]
                if variant == .tls {
                    let pair = try await SelfSignedCertificate.make(in: folder, for: folder.user)
                    lines += ["TLSCertificateFile \(pair.certificate.path)", "TLSCertificateKeyFile \(pair.key.path)"]
                }
                if variant.needsLogin { lines += ["disallow bind_anon", "require authc"] }
                lines += [
                    "database mdb", "maxsize 1048576", "suffix dc=clinic,dc=example", "rootdn cn=admin,dc=clinic,dc=example",
                    "rootpw \(ServerVariant.password)", "directory \(try folder.makeFolder("data"))", "dbnosync", "access to * by * read",
                ]
                let configuration = try folder.put(lines, at: "slapd.conf")
                let entries = try folder.put(
                    [
                        "dn: dc=clinic,dc=example", "objectClass: dcObject", "objectClass: organization", "o: Clinic", "dc: clinic", "",
                        "dn: cn=Test Person,dc=clinic,dc=example", "objectClass: inetOrgPerson", "cn: Test Person", "sn: Person",
                        "mobile: 13800000000",
                    ], at: "clinic.ldif")
                _ = try await ServerProcess.run(copy.path, ["-T", "add", "-q", "-f", configuration, "-l", entries], as: folder.user, in: folder)
                let plain = "ldap://\(Loopback.host):\(variant == .tls ? ports[1] : ports[0])/"
                let addresses = plain + (variant == .tls ? " ldaps://\(Loopback.host):\(ports[0])/" : "")
                return ServerProgram(path: copy.path, arguments: ["-f", configuration, "-h", addresses, "-d", "stats"])
            },
            isReady: { ports in
                // The root DSE: an LDAPMessage is the answer, be it a refusal.
                Loopback.exchange(port: variant == .tls ? ports[1] : ports[0], request: search(base: ""))?.first == 0x30
            },
            { try await body(SlapdServer(server: $0)) })
    }

    package var expectations: [ServiceExpectation] { [ServiceExpectation("ldap", port: server.port, server.variant)] }

    /// A search of one entry, without a bind (RFC 4511, 4.5.1).
    private static func search(base: String) -> [UInt8] {
        let filter: [UInt8] = [0x87, 11] + Array("objectClass".utf8)
        let name = Array(base.utf8)
        let content: [UInt8] =
            [0x04, UInt8(truncatingIfNeeded: name.count)] + name + [0x0A, 1, 0, 0x0A, 1, 0, 2, 1, 0, 2, 1, 0, 1, 1, 0] + filter + [0x30, 0]
        let request = [0x63, UInt8(truncatingIfNeeded: content.count)] + content
        return [0x30, UInt8(truncatingIfNeeded: request.count + 3), 2, 1, 1] + request
    }

    package func snapshot() async throws -> ServerSnapshot {
        var snapshot = ServerSnapshot()
        let arguments = ["-T", "cat", "-f", server.folder.path("slapd.conf")]
        let folder = server.folder
        snapshot["entries"] = try await ServerProcess.run(folder.path(Self.program), arguments, as: folder.user, in: folder)
        for name in ["slapd.conf", "arguments"] { snapshot.addFile(folder.path(name), as: name) }
        return snapshot
    }

    package func commandLog() async throws -> [String] {
        let mark = "cn=suwen-tests-\(UUID().uuidString)"
        let text = try await server.log({ server.folder.output }, until: mark) {
            _ = Loopback.exchange(port: server.variant == .tls ? server.ports[1] : server.port, request: Self.search(base: mark))
        }
        return text.split(separator: "\n").filter { !$0.contains("suwen-tests") && !$0.contains("RESULT") }.compactMap { line in
            line.firstMatch(of: /conn=\d+ op=\d+ ([A-Z]+.*)$/).map { String($0.1) }
        }
    }
}
