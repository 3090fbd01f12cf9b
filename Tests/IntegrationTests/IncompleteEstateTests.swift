import Foundation
import Glibc
import TestServers
import Testing

/// What can't be examined is said, and stops nothing.
@Suite("Estates of which something can't be examined")
struct IncompleteEstateTests {
    private static let organisation = """
        organisation: {name: 测试, sensitivePersonalInformation: true, minors: false, importantData: false, criticalInformationInfrastructure: false,
          mlpsLevel: 2, medicalInstitution: false, internetDiagnosis: false, outsources: false, crossBorder: false}

        """

    private func assess(_ folder: URL, _ estate: String, _ arguments: [String] = [], environment: [String: String] = [:]) async throws
        -> SuwenProcess.Outcome
    {
        let file = folder.appendingPathComponent("estate.yaml")
        try Data((Self.organisation + estate).utf8).write(to: file)
        let base = ["assess", file.path, "--format", "json", "--output", folder.appendingPathComponent("report").path, "--json", "--language", "en"]
        return try await SuwenProcess.run(base + arguments, environment: environment)
    }

    private func coverage(_ outcome: SuwenProcess.Outcome) throws -> [String: String] {
        let coverage = try #require(try outcome.json()["coverage"] as? [[String: Any]])
        let left = coverage.flatMap { $0["unexamined"] as? [[String: String]] ?? [] }
        return Dictionary(left.compactMap { entry in entry["subject"].map { ($0, entry["reason"] ?? "") } }, uniquingKeysWith: { $0 + " " + $1 })
    }

    @Test("a dead store, a wrong password, a truncated .gz, a GBK file, a corrupt DOCX and an empty folder are in coverage, and the run goes on")
    func everythingWrong() async throws {
        try await PostgreSQLServer.with(authentication: .password("right")) { server in
            try await TemporaryFolder.with { folder in
                try Self.writeTruncatedLog(folder.appendingPathComponent("access.log.gz"))
                try Self.writeGBKFile(folder.appendingPathComponent("gbk.csv"))
                let documents = folder.appendingPathComponent("documents")
                try FileManager.default.createDirectory(at: documents, withIntermediateDirectories: true)
                try Data("PK\u{3}\u{4} this is no document".utf8).write(to: documents.appendingPathComponent("制度.docx"))
                let outcome = try await assess(
                    folder,
                    """
                    scope: {networks: [127.0.0.1]}
                    stores:
                      - {name: dead, url: "postgresql://u@127.0.0.1:1/db"}
                      - {name: locked, url: "postgresql://\(server.user)@127.0.0.1:\(server.port)/postgres", passwordFrom: "env:WRONG"}
                      - {name: gbk, url: "file:gbk.csv"}
                    logs: [{name: truncated, paths: [access.log.gz]}]
                    documents: documents
                    """, environment: ["WRONG": "hunter2-not-right"])
                #expect(outcome.exitCode == 3, "\(outcome.errorText)")
                let coverage = try coverage(outcome)
                for subject in ["dead", "locked", "gbk", "truncated"] { #expect(coverage[subject]?.isEmpty == false, "\(subject): \(coverage)") }
                #expect(coverage.contains { $0.key.contains("制度.docx") }, "\(coverage)")
                #expect(!outcome.outputText.contains("hunter2") && !outcome.errorText.contains("hunter2"))
            }
        }
    }

    @Test("an empty documents folder is said in coverage")
    func emptyFolder() async throws {
        try await TemporaryFolder.with { folder in
            try FileManager.default.createDirectory(at: folder.appendingPathComponent("documents"), withIntermediateDirectories: true)
            let outcome = try await assess(folder, "documents: documents\n")
            #expect(outcome.exitCode == 3)
            #expect(try !coverage(outcome).isEmpty)
        }
    }

    private static let mistakes: [(estate: String, key: String)] = [
        ("hosts: [{name: h, address: 127.0.0.1, prots: [1]}]", "hosts[0].prots"),
        ("stores: [{name: s, url: 'postgresql://u:pw@h/d'}]", "stores[0].url"),
        ("attestations: [{control: XX-99, by: b, on: 2026-01-01, until: 2027-01-01, statement: s}]", "attestations[0].control"),
        ("a: [", "estate.yaml:"),
    ]

    @Test("a malformed estate is refused with file, line and key, and nothing is written", arguments: mistakes)
    func malformedEstate(estate: String, key: String) async throws {
        try await TemporaryFolder.with { folder in
            let outcome = try await assess(folder, estate)
            #expect(outcome.exitCode == 2)
            #expect(outcome.errorText.contains("estate.yaml:") && outcome.errorText.contains(key), "\(outcome.errorText)")
            #expect(outcome.output.isEmpty)
            #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("report").path))
        }
    }

    private static let badUsage: [[String]] = [
        ["assess", "--format", "odt"], ["assess", "--only", "nothing"], ["nonsense"], ["assess", "/nowhere.yaml"], ["scan", "--fail-on", "terrible"],
        ["sample", "patients", "--to", "file:/nowhere/at/all.csv"], ["sample", "access-log", "--from", "yesterday", "--to", "x"],
    ]

    @Test("bad usage ends with 2 and one message", arguments: badUsage)
    func refusedUsage(arguments: [String]) async throws {
        let outcome = try await SuwenProcess.run(arguments)
        #expect(outcome.exitCode == 2)
        #expect(outcome.output.isEmpty && !outcome.errors.isEmpty)
    }

    private static let questions: [[String]] = [["--help"], ["assess", "--help"], ["--version"], ["regime", "check", "--help"]]

    @Test("help and version end with 0", arguments: questions)
    func answered(arguments: [String]) async throws {
        #expect(try await SuwenProcess.run(arguments).exitCode == 0)
    }

    // MARK: Scope

    @Test(
        "what is outside the scope gets no packet and a line in coverage",
        arguments: ["127.0.0.1", "localhost", "::ffff:127.0.0.1"])
    func outOfScope(address: String) async throws {
        let listener = try Listener()
        try await TemporaryFolder.with { folder in
            let outcome = try await assess(
                folder,
                """
                scope: {networks: [127.0.0.2]}
                hosts: [{name: machine, address: "\(address)", ports: [\(listener.port)]}]
                endpoints: [{name: interface, url: "http://\(address.contains(":") ? "[\(address)]" : address):\(listener.port)/"}]
                stores:
                  - {name: pg, url: "postgresql://u@\(address.contains(":") ? "[\(address)]" : address):\(listener.port)/d"}
                  - {name: my, url: "mysql://u@\(address.contains(":") ? "[\(address)]" : address):\(listener.port)/d"}
                """)
            #expect(outcome.exitCode == 3, "\(outcome.errorText)")
            let coverage = try coverage(outcome)
            for subject in ["machine", "interface", "pg", "my"] {
                #expect(coverage.keys.contains { $0.hasPrefix(subject) }, "\(subject): \(coverage)")
            }
            #expect(!listener.sawConnection())
        }
    }

    @Test("without a scope nothing is contacted")
    func noScope() async throws {
        let listener = try Listener()
        try await TemporaryFolder.with { folder in
            let outcome = try await assess(folder, "hosts: [{name: machine, address: 127.0.0.1, ports: [\(listener.port)]}]\n")
            #expect(outcome.exitCode == 3)
            #expect(!listener.sawConnection())
        }
    }

    // MARK: Fixtures

    private static func writeTruncatedLog(_ file: URL) throws {
        var text = ""
        for minute in 0..<5_000 {
            let stamp = String(format: "%02d/Jun/2026:%02d:%02d:00 +0800", 1 + minute / 1_440, minute / 60 % 24, minute % 60)
            text += "203.0.113.\(minute % 250) - - [\(stamp)] \"GET /index.html HTTP/1.1\" 200 \(minute * 7919 % 9973) \"-\" \"Mozilla/5.0\"\n"
        }
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/gzip")
        process.arguments = ["-c"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        input.fileHandleForWriting.write(Data(text.utf8))
        try input.fileHandleForWriting.close()
        let packed = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try packed.prefix(packed.count / 2).write(to: file)
    }

    /// 姓名 and 电话 as column names in GB 18030, and rows of 张三.
    private static func writeGBKFile(_ file: URL) throws {
        var bytes: [UInt8] = [0xD0, 0xD5, 0xC3, 0xFB, 0x2C, 0xB5, 0xE7, 0xBB, 0xB0, 0x0A]
        for _ in 0..<50 { bytes += [0xD5, 0xC5, 0xC8, 0xFD] + Array(",13800138000\n".utf8) }
        try Data(bytes).write(to: file)
    }
}

/// Listens on a free loopback port and knows whether anybody came.
private final class Listener {
    let port: UInt16
    private let descriptor: Int32

    init() throws {
        let descriptor = socket(AF_INET6, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        var off: Int32 = 0
        setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &off, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                bind(descriptor, raw, size) == 0 && listen(descriptor, 16) == 0 && getsockname(descriptor, raw, &size) == 0
            }
        }
        try #require(bound)
        self.descriptor = descriptor
        port = UInt16(bigEndian: address.sin6_port)
    }

    deinit { close(descriptor) }

    func sawConnection() -> Bool {
        let accepted = accept(descriptor, nil, nil)
        if accepted >= 0 { close(accepted) }
        return accepted >= 0
    }
}
