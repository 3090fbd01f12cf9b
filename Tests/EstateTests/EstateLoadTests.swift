import Cryptography
import Estate
import Foundation
import Network
import Testing

@Suite("Reading an estate")
struct EstateLoadTests {
    private static let organisation = """
        organisation:
          name: 测试诊所
          sensitivePersonalInformation: true
          minors: false
          importantData: false
          criticalInformationInfrastructure: false
          mlpsLevel: 2
          medicalInstitution: false
          internetDiagnosis: false
          outsources: false
          crossBorder: false

        """

    private func parse(_ rest: String) throws -> Estate {
        try Estate.parse(Self.organisation + rest, file: "estate.yaml", url: URL(fileURLWithPath: "/estates/clinic/estate.yaml"))
    }

    private func errors(_ text: String) -> [EstateError] {
        do {
            _ = try Estate.parse(text, file: "estate.yaml", url: URL(fileURLWithPath: "/e/estate.yaml"))
            return []
        } catch {
            return error.errors
        }
    }

    @Test("relative paths start at the estate's folder")
    func relativePaths() throws {
        let estate = try parse(
            """
            stores:
              - {name: a, url: "sqlite:data/clinic.db"}
              - {name: b, url: "file:../out.csv", encoding: gb18030, environment: test}
            logs: [{name: l, paths: ["logs/access.log*"], systemSince: 2026-05-01}]
            documents: docs
            """)
        #expect(estate.stores.map(\.url) == ["sqlite:/estates/clinic/data/clinic.db", "file:/estates/out.csv"])
        #expect(estate.stores[1].environment == .test)
        #expect(estate.logs[0].paths == ["/estates/clinic/logs/access.log*"])
        #expect(estate.logs[0].systemSince != nil)
        #expect(estate.documents?.path == "/estates/clinic/docs")
        #expect(estate.history.path == "/estates/clinic/estate.history.sqlite")
    }

    @Test("interfaces name a document by URL or file, and an endpoint two test accounts")
    func interfaces() throws {
        let estate = try parse(
            """
            endpoints:
              - name: e
                url: https://h/patients/1
                accounts: [{header: Authorization, valueFrom: env:A}, {header: Cookie, valueFrom: file:b}]
            interfaces:
              - {name: i, openapi: https://h/v3/api-docs, base: https://h/api}
              - {name: j, openapi: api/openapi.yaml}
            """)
        #expect(
            estate.endpoints[0].accounts == [
                TestAccount(header: "Authorization", valueFrom: .environment("A")),
                TestAccount(header: "Cookie", valueFrom: .file(URL(fileURLWithPath: "/estates/clinic/b"))),
            ])
        #expect(estate.interfaces.map(\.base) == [URL(string: "https://h/api"), nil])
        #expect(estate.interfaces[0].document == .url(try #require(URL(string: "https://h/v3/api-docs"))))
        #expect(estate.interfaces[1].document == .file(URL(fileURLWithPath: "/estates/clinic/api/openapi.yaml")))
    }

    @Test(
        "a header that says where a message ends, or a login itself, is refused", arguments: ["Host", "Transfer-Encoding", "X Token", "X-Token: a"])
    func header(_ name: String) {
        let account = "{header: '\(name)', valueFrom: env:A}"
        let found = errors(Self.organisation + "endpoints: [{name: e, url: 'http://h/', accounts: [\(account), {header: A, valueFrom: token}]}]")
        #expect(found.map(\.key) == ["endpoints[0].accounts[0].header", "endpoints[0].accounts[1].valueFrom"])
    }

    @Test("an estate without a scope permits nothing")
    func noScope() throws {
        let estate = try parse("hosts: [{name: h, address: 127.0.0.1}]")
        #expect(estate.scope.networks.isEmpty && estate.scope.names.isEmpty)
    }

    @Test(
        "a mistake is named with its line and key",
        arguments: [
            ("hosts: [{name: h, address: 127.0.0.1, prots: [1]}]", 12, "hosts[0].prots", "unknown key"),
            ("hosts:\n  - name: h\n    address: 127.0.0.1\n    ports: [70000]", 15, "hosts[0].ports[0]", "not between"),
            ("stores:\n  - name: s\n    url: postgresql://u:secret@h/db", 14, "stores[0].url", "passwordFrom"),
            ("stores:\n  - name: s\n    url: oracle://u@h/db", 14, "stores[0].url", "must begin with"),
            ("scope: {networks: [10.0.0.1/8]}", 12, "scope.networks[0]", "CIDR"),
            ("scope: {names: [192.0.2.1]}", 12, "scope.names[0]", "networks"),
            ("stores: [{name: s, url: 'sqlite:a', passwordFrom: hunter2}]", 12, "stores[0].passwordFrom", "env:NAME"),
            ("logs: [{name: l, paths: [a], systemSince: 2026-02-30}]", 12, "logs[0].systemSince", "is no day"),
            ("hosts: nothing", 12, "hosts", "list"),
            ("endpoints: [{name: e, url: 'ftp://h/'}]", 12, "endpoints[0].url", "http"),
            ("endpoints: [{name: e, url: 'http://h/', accounts: [{header: A, valueFrom: env:A}]}]", 12, "endpoints[0].accounts", "expected 2"),
            ("interfaces: [{name: i, openapi: 'ftp://h/x'}]", 12, "interfaces[0].openapi", "http"),
            ("hosts: [{name: h, address: 'bad host'}]", 12, "hosts[0].address", "neither"),
            ("stores: [{name: s, url: 'sqlite:a'}, {name: s, url: 'sqlite:b'}]", 12, "stores[1].name", "taken"),
        ])
    func mistakes(rest: String, line: Int, key: String, problem: String) {
        let found = errors(Self.organisation + rest)
        #expect(found.count == 1)
        #expect(found.first?.line == line)
        #expect(found.first?.key == key)
        #expect(found.first?.problem.contains(problem) == true)
        #expect(found.first?.description.contains("secret") != true)
        #expect(found.first?.description.contains("hunter2") != true)
    }

    @Test("every missing fact about the organisation is named")
    func missingFacts() {
        let keys = errors("organisation: {name: x}").map(\.key)
        #expect(keys.contains("organisation.mlpsLevel"))
        #expect(keys.contains("organisation.minors"))
        #expect(keys.count == 9)
    }

    @Test("what is no YAML mapping at all is refused", arguments: ["", "[", "a: b: c", "just text", "\u{0}", "- 1\n- 2", "a: &x [*x]"])
    func notAnEstate(text: String) {
        #expect(!errors(text).isEmpty)
    }

    @Test("an alias bomb ends with an error")
    func aliasBomb() {
        var text = "a: &a [1,1,1,1,1,1,1,1,1,1]\n"
        for (name, last) in zip("bcdefgh", "abcdefg") {
            text += "\(name): &\(name) [" + Array(repeating: "*\(last)", count: 10).joined(separator: ",") + "]\n"
        }
        #expect(!errors(text).isEmpty)
    }

    @Test("a missing file says how to write one")
    func missingFile() {
        #expect(throws: EstateErrors.self) { try Estate.load("/nowhere/estate.yaml") }
    }
}

@Suite("The estate's schema and template")
struct EstateSchemaTests {
    @Test("the template is a valid estate, and names every key of the schema")
    func template() throws {
        let text = Estate.template(organisation: "一\"诊\\所")
        let estate = try Estate.parse(text, file: "t", url: URL(fileURLWithPath: "/t/estate.yaml"))
        #expect(estate.organisation.name == "一\"诊\\所")
        for key in Self.keys(SchemaNode.estate) { #expect(text.contains("\(key):"), "the template lacks \(key)") }
    }

    @Test("docs/estate.schema.json is what the schema prints")
    func published() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let published = try String(contentsOf: root.appendingPathComponent("docs/estate.schema.json"), encoding: .utf8)
        #expect(try SchemaNode.jsonSchema() == published, "write it anew with: suwen estate schema > docs/estate.schema.json")
    }

    private static func keys(_ node: SchemaNode) -> [String] {
        switch node {
        case .object(let fields): fields.flatMap { [$0.key] + keys($0.node) }
        case .list(let element, _): keys(element)
        case .dictionary(let keys): keys
        case .string, .integer, .boolean: []
        }
    }
}

@Suite("Secrets")
struct SecretSourceTests {
    @Test("a password file gives its first line, and a missing one is an error without content")
    func file() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("suwen-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("p@ss\r\nsecond".utf8).write(to: file)
        chmod(file.path, 0o600)
        #expect(try SecretSource.file(file).load().withBytes { Array($0) } == Array("p@ss".utf8))
        #expect(throws: SecretError.self) { try SecretSource.file(URL(fileURLWithPath: "/nowhere")).load() }
        #expect(throws: SecretError.self) { try SecretSource.environment("SUWEN_NO_SUCH_VARIABLE").load() }
    }

    @Test(
        "a password file that others can read or change is refused with its mode and the mend, and without its content",
        arguments: [0o644, 0o604, 0o660, 0o620, 0o602, 0o610, 0o601] as [mode_t])
    func openToOthers(_ mode: mode_t) throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("suwen-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("p@ss".utf8).write(to: file)
        chmod(file.path, mode)
        let error = #expect(throws: SecretError.self) { try SecretSource.file(file).load() }
        #expect(error?.problem.contains("mode \(String(mode, radix: 8))") == true && error?.problem.contains("chmod 600") == true)
        #expect(error?.problem.contains("p@ss") == false)
        for closed in [0o600, 0o400] as [mode_t] {
            chmod(file.path, closed)
            #expect(try SecretSource.file(file).load().withBytes { Array($0) } == Array("p@ss".utf8))
        }
    }

    @Test("a group may read a password file only when root owns it")
    func groupReadable() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("suwen-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("p@ss".utf8).write(to: file)
        chmod(file.path, 0o640)
        if geteuid() == 0 {
            #expect(try SecretSource.file(file).load().withBytes { Array($0) } == Array("p@ss".utf8))
            #expect(chown(file.path, 65_534, 65_534) == 0)
        }
        #expect(throws: SecretError.self) { try SecretSource.file(file).load() }
    }

    @Test("a secret may come through a pipe")
    func pipe() throws {
        var ends: [Int32] = [0, 0]
        #expect(Glibc.pipe(&ends) == 0)
        defer { close(ends[0]) }
        #expect(write(ends[1], "p@ss\n", 5) == 5)
        close(ends[1])
        let source = SecretSource.file(URL(fileURLWithPath: "/dev/fd/\(ends[0])"))
        #expect(try source.load().withBytes { Array($0) } == Array("p@ss".utf8))
    }
}
