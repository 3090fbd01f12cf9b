import Exposure
import Findings
import Foundation
import Probes
import Testing

@Suite("Lists of known weaknesses")
struct WeaknessListTests {
    static let table = """
        product,introduced,fixed,id,severity,summary
        openssh,,9.3p2,CVE-2023-38408,critical,"Agent forwarding, remote code"
        redis,7.0.0,7.0.12,CVE-2023-36824,高危,
        nginx,0,1.20.1,CVE-2021-23017,7.7,DNS resolver

        "cpe:2.3:a:postgresql:postgresql:*:*:*:*:*:*:*:*",15,15.6,CVE-2024-0985,8.0,
        memcached,1.6.0,,CVE-2099-0001,low,no fix yet
        """

    static let osv = """
        {"schema_version": "1.6.0", "id": "BIT-redis-2023-36824", "modified": "2024-01-01T00:00:00Z", "aliases": ["CVE-2023-36824"],
         "summary": "Heap overflow in \\"COMMAND GETKEYS\\"", "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H"}],
         "affected": [{"ranges": [{"type": "SEMVER", "events": [{"introduced": "7.0.0"}, {"fixed": "7.0.12"}]},
                                  {"type": "GIT", "repo": "https://example.invalid/redis", "events": [{"introduced": "0"}]}],
                       "package": {"ecosystem": "Bitnami", "name": "redis", "purl": "pkg:bitnami/redis"}},
                      {"package": {"ecosystem": "Debian:12", "name": "redis"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}]},
                      {"package": {"ecosystem": "npm", "name": "redis"}, "versions": ["1.0.0"]}]}
        """

    private func verdict(_ list: KnownWeaknesses, _ service: Service, _ version: String?, product: String? = nil) -> KnownWeaknesses.Verdict {
        list.verdict(on: ServiceReading(service, .unknown, product: product, version: version))
    }

    private func hits(_ list: KnownWeaknesses, _ service: Service, _ version: String?, product: String? = nil) -> [String]? {
        guard case .compared(_, let matches, _) = verdict(list, service, version, product: product) else { return nil }
        return matches.map(\.weakness.id)
    }

    private struct NotCompared: Error { var verdict: KnownWeaknesses.Verdict }

    private func compared(_ list: KnownWeaknesses, _ version: String) throws -> (matches: [KnownWeaknesses.Match], undecided: Int) {
        let verdict = verdict(list, .redis, version)
        guard case .compared(_, let matches, let undecided) = verdict else { throw NotCompared(verdict: verdict) }
        return (matches, undecided)
    }

    private func load(_ text: String, _ name: String = "list.json") throws -> KnownWeaknesses {
        try KnownWeaknesses.load(Array(text.utf8), name: name)
    }

    private func record(_ affected: String, rest: String = "") throws -> KnownWeaknesses {
        try load(#"{"id": "X-1", "affected": [{"package": {"ecosystem": "Bitnami", "name": "redis"}, \#(affected)}]\#(rest)}"#)
    }

    @Test("a table's row hits from where it was introduced to below where it was fixed")
    func tableBounds() throws {
        let list = try load(Self.table, "list.csv")
        #expect(list.tally.records == 5)
        #expect(hits(list, .ssh, "9.2p1", product: "OpenSSH") == ["CVE-2023-38408"])
        #expect(hits(list, .ssh, "9.3p2", product: "OpenSSH") == [])
        #expect(hits(list, .redis, "7.0.0") == ["CVE-2023-36824"])
        #expect(hits(list, .redis, "7.0.11") == ["CVE-2023-36824"])
        #expect(hits(list, .redis, "7.0.12") == [])
        #expect(hits(list, .redis, "6.2.14") == [])
        #expect(hits(list, .http, "1.18.0", product: "nginx") == ["CVE-2021-23017"])
        #expect(hits(list, .postgreSQL, "15.5") == ["CVE-2024-0985"])
        #expect(hits(list, .memcached, "9.9") == ["CVE-2099-0001"])
    }

    @Test("nothing is claimed of what isn't told, isn't listed or may have been mended in place")
    func nothingGuessed() throws {
        let list = try load(Self.table, "list.csv")
        #expect(verdict(list, .redis, nil) == .noVersion(product: "redis"))
        #expect(verdict(list, .ssh, "9.2p1") == .noProduct)
        #expect(verdict(list, .http, "1.18.0") == .noProduct)
        #expect(verdict(list, .ssh, "9.2p1", product: "dropbear") == .notListed(product: "dropbear"))
        #expect(verdict(list, .redis, "7.0.5", product: "Valkey") == .notListed(product: "valkey"))
        #expect(verdict(list, .ssh, "9.2p1-Debian-2+deb12u3", product: "OpenSSH") == .distribution(product: "openssh"))
        #expect(verdict(list, .redis, "255.255.255.255-git") == .distribution(product: "redis"))
        #expect(verdict(list, .redis, "unstable") == .unclear(product: "redis"))
        // A name that merely begins like another is another.
        #expect(verdict(list, .http, "1.18.0", product: "nginx-plus") == .notListed(product: "nginx-plus"))
    }

    @Test("MySQL and MariaDB are told apart by the version; forks of MySQL are neither")
    func mariaDB() throws {
        let list = try load("id,product,severity,introduced,fixed\nA-1,mariadb,high,10.11.0,10.11.8\nA-2,oracle:mysql,high,8.0.0,8.0.37", "l.csv")
        #expect(hits(list, .mySQL, "5.5.5-10.11.6-MariaDB-log") == ["A-1"])
        #expect(hits(list, .mySQL, "8.0.36") == ["A-2"])
        #expect(verdict(list, .mySQL, "8.0.11-TiDB-v7.5.1") == .unclear(product: "mysql"))
    }

    @Test("an OSV record hits by its CVE number; commits, distributions' packages and clients of the same name are left out and counted")
    func osv() throws {
        let list = try load(Self.osv)
        #expect(hits(list, .redis, "7.0.11") == ["CVE-2023-36824"])
        #expect(hits(list, .redis, "7.0.12") == [])
        #expect(hits(list, .redis, "1.0.0") == [])
        let match = try #require(try compared(list, "7.0.11").matches.first)
        #expect(match.weakness.severity == .high)
        #expect(match.weakness.summary == "Heap overflow in \"COMMAND GETKEYS\"")
        #expect(match.hit.since == "7.0.0" && match.hit.fixed == "7.0.12")
        #expect(list.tally.records == 1 && list.tally.gitRanges == 1 && list.tally.distributionPackages == 1 && list.tally.otherPackages == 1)
    }

    @Test(
        "events count in the order of versions, whatever the order in the file",
        arguments: [
            (#"[{"introduced": "0"}, {"fixed": "6.0"}, {"introduced": "7.0"}, {"fixed": "7.0.5"}]"#, ["5", "7.0.4"], ["6.0", "6.9", "7.0.5"]),
            (#"[{"fixed": "7.0.5"}, {"introduced": "7.0"}, {"fixed": "6.0"}, {"introduced": "0"}]"#, ["5", "7.0.4"], ["6.0", "6.9", "7.0.5"]),
            (#"[{"introduced": "6.0"}, {"last_affected": "6.2"}]"#, ["6.0", "6.2"], ["5.9", "6.2.1"]),
            (#"[{"introduced": "6.0"}]"#, ["6.0", "99"], ["5.9"]),
            (#"[{"introduced": "6.0"}, {"limit": "7.0"}]"#, ["6.0", "6.9"], ["5.9", "7.0", "8"]),
            (#"[{"introduced": "6.0"}, {"limit": "*"}]"#, ["6.0", "99"], ["5.9"]),
            (#"[{"introduced": "7.0.0-0"}, {"fixed": "7.0.1"}]"#, ["7.0.0-rc1", "7.0.0"], ["6.9", "7.0.1"]),
            (#"[{"fixed": "7.0"}]"#, [], ["6.9", "7.0"]),
        ])
    func events(_ events: String, _ hit: [String], _ missed: [String]) throws {
        let list = try record(#""ranges": [{"type": "ECOSYSTEM", "events": \#(events)}]"#)
        for version in hit { #expect(hits(list, .redis, version) == ["X-1"], "\(version)") }
        for version in missed { #expect(hits(list, .redis, version) == [], "\(version)") }
    }

    @Test("single versions hit; withdrawn records don't")
    func singleVersions() throws {
        let list = try record(#""versions": ["6.0.1", "6.0.2"]"#)
        #expect(hits(list, .redis, "6.0.2") == ["X-1"])
        #expect(hits(list, .redis, "6.0.3") == [])
        let withdrawn = try record(#""versions": ["6.0.1"]"#, rest: #", "withdrawn": "2024-01-01T00:00:00Z""#)
        #expect(verdict(withdrawn, .redis, "6.0.1") == .notListed(product: "redis"))
        #expect(withdrawn.tally.withdrawn == 1)
    }

    @Test("where a record's own versions aren't understood, nothing is said of a version that it doesn't hit")
    func unclearRange() throws {
        let list = try record(
            #""ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "r12"}, {"fixed": "r13"}]}], "versions": ["6.0.1", "r12"]"#)
        let other = try compared(list, "7.0")
        #expect(other.matches.isEmpty && other.undecided == 1)
        #expect(hits(list, .redis, "6.0.1") == ["X-1"])
    }

    @Test("severity is the newest CVSS that can be worked out, else the database's word, else none")
    func severities() throws {
        let version3 = #"{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}"#
        let version2 = #"{"type": "CVSS_V2", "score": "AV:N/AC:M/Au:N/C:N/I:P/A:N"}"#
        let version4 = #"{"type": "CVSS_V4", "score": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"}"#
        let word = #", "database_specific": {"severity": "MODERATE", "cwe_ids": []}"#
        for (rest, expected) in [
            (#", "severity": [\#(version2), \#(version3)]\#(word)"#, "critical"), (#", "severity": [\#(version2)]"#, "medium"),
            (#", "severity": [\#(version4)]\#(word)"#, "medium"), (#", "severity": [\#(version4)]"#, nil), ("", nil), (#", "severity": null"#, nil),
        ] {
            let list = try record(#""versions": ["6.0.1"]"#, rest: rest)
            #expect(try compared(list, "6.0.1").matches.map(\.weakness.severity?.rawValue) == [expected], "\(rest)")
        }
    }

    @Test("one weakness from two databases is one, with the worse severity and both stretches")
    func merged() throws {
        let affected = { (range: String) in
            #""affected": [{"package": {"ecosystem": "Bitnami", "name": "redis"}, "ranges": [{"type": "SEMVER", "events": [\#(range)]}]}]"#
        }
        let list = try load(
            """
            {"id": "GHSA-1", "aliases": ["CVE-2024-1"], "database_specific": {"severity": "LOW"}, \(affected(#"{"introduced": "6.0"}, {"fixed": "6.1"}"#))}
            {"id": "CVE-2024-1", "database_specific": {"severity": "HIGH"}, \(affected(#"{"introduced": "7.0"}, {"fixed": "7.1"}"#))}
            """, "all.jsonl")
        #expect(list.count(of: "redis") == 1)
        #expect(hits(list, .redis, "6.0.5") == ["CVE-2024-1"])
        #expect(hits(list, .redis, "7.0.5") == ["CVE-2024-1"])
        #expect(try compared(list, "6.0.5").matches.first?.weakness.severity == .high)
    }

    @Test("a list, the service's answer and a folder of files read alike")
    func forms() throws {
        #expect(hits(try load("[\(Self.osv)]"), .redis, "7.0.11") == ["CVE-2023-36824"])
        #expect(hits(try load("\u{FEFF}{\"vulns\": [\(Self.osv)]}"), .redis, "7.0.11") == ["CVE-2023-36824"])
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("weaknesses-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder.appendingPathComponent("Bitnami"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(throws: WeaknessListError(folder.path, "holds no .json, .jsonl or .csv file")) { try KnownWeaknesses.load(folder.path) }
        try Data(Self.osv.utf8).write(to: folder.appendingPathComponent("Bitnami/BIT-redis-2023-36824.json"))
        try Data(Self.table.utf8).write(to: folder.appendingPathComponent("own.csv"))
        try Data("notes".utf8).write(to: folder.appendingPathComponent("README.md"))
        try Data("{".utf8).write(to: folder.appendingPathComponent(".hidden.json"))
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/loop.json", withDestinationPath: folder.path)
        let list = try KnownWeaknesses.load(folder.path)
        #expect(list.tally.files == 2 && list.tally.records == 6)
        #expect(list.count(of: "redis") == 1)
    }

    @Test("a table saved by a Chinese spreadsheet reads as the same in UTF-8")
    func gb18030() throws {
        // redis,,7.0.12,CVE-2023-36824,高危
        let bytes = Array("product,introduced,fixed,id,severity\r\nredis,,7.0.12,CVE-2023-36824,".utf8) + [0xB8, 0xDF, 0xCE, 0xA3]
        let list = try KnownWeaknesses.load(bytes, name: "清单.CSV")
        #expect(try compared(list, "7.0.1").matches.first?.weakness.severity == .high)
    }
}
