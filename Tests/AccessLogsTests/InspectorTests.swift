import AccessLogs
import Estate
import Findings
import Foundation
import Logging
import Network
import Testing

@Suite("Inspecting access logs")
struct InspectorTests {
    private func inspect(_ estate: Estate, _ inspector: AccessLogInspector = AccessLogInspector()) async -> Inspection {
        await inspector.inspect(estate, InspectionContext(now: now, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
    }

    private func result(_ inspection: Inspection, _ check: CheckID) throws -> CheckResult {
        try #require(inspection.checks.first { $0.check == check })
    }

    /// The checks of logs alone that did not pass: an estate's and a machine's settings are others' matter.
    private func failing(_ inspection: Inspection) -> [CheckID] {
        inspection.checks.filter { result in
            if case .notApplicable = result.outcome { return false }
            return result.outcome != .passed && AccessLogInspector.logChecks.contains(result.check)
        }.map(\.check)
    }

    private func json(_ inspection: Inspection) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return String(decoding: try encoder.encode(inspection), as: UTF8.self)
    }

    /// A foreign address that walks through record numbers; German, by the installed data.
    private func theft(_ count: Int = 300, from address: String = "88.198.17.33") -> [String] {
        (0..<count).map {
            line(
                hoursAgo: 30 - Double($0) / 3_600, from: address, "/api/v1/patients/\(10_000 + $0)?token=s3cr3t&idCard=110101199003071233",
                bytes: 3_000)
        }
    }

    @Test("A healthy log passes every check")
    func healthy() async throws {
        let folder = try LogFolder()
        try folder.write("access.log", ordinary(days: 190))
        let inspection = await inspect(folder.estate(folder.source()))
        #expect(failing(inspection).isEmpty)
        #expect(inspection.unexamined.isEmpty)
        #expect(inspection.examined == ["门户", "log-sources"])
        #expect(inspection.exhibits.map(\.id) == ["access-logs.sources", "access-logs.regions", "access-logs.top-foreign"])
        #expect(inspection.exhibits[1].rows.first?.first == .term("region.CN"))
    }

    @Test("A theft from abroad is found, with what was taken, and nothing in the result names the address or the query")
    func foreignTheft() async throws {
        let folder = try LogFolder()
        try folder.write("access.log", ordinary(days: 190) + theft())
        let inspection = await inspect(folder.estate(folder.source()))
        let foreign = try result(inspection, AccessLogInspector.foreignCheck)
        #expect(foreign.outcome == .failed)
        let finding = try #require(foreign.findings.first)
        #expect(foreign.findings.count == 1)
        let told: [String: Fact] = ["address": "88.198.17.*", "region": .term("region.DE"), "requests": 300, "bytes": .bytes(900_000)]
        #expect(finding.facts.filter { told.keys.contains($0.key) } == told)
        #expect(finding.occurredAt == now.addingTimeInterval(-30 * 3_600 + 299))
        #expect(finding.evidence.contains { message in if case .list(let places)? = message.facts["places"] { !places.isEmpty } else { false } })
        #expect(try result(inspection, AccessLogInspector.bulkCheck).outcome == .failed)
        let text = try json(inspection)
        for secret in ["88.198.17.33", "36.112.0.9", "s3cr3t", "110101199003071233", "10001", "token", "idCard"] {
            #expect(!text.contains(secret), "\(secret)")
        }
    }

    @Test("A foreign search engine on public pages is no finding")
    func crawler() async throws {
        let folder = try LogFolder()
        let pages = (0..<3_000).map {
            line(hoursAgo: Double($0) / 2, from: "66.249.66.1", "/doctors/\($0 * 7_919 % 100_003).html", bytes: 20_000, agent: "Googlebot/2.1")
        }
        let lone = [
            line(hoursAgo: 5, from: "66.249.66.2", "/api/v1/patients/17", status: 401), line(hoursAgo: 5, from: "66.249.66.2", "/robots.txt"),
        ]
        try folder.write("access.log", ordinary(days: 190) + pages + lone)
        #expect(failing(await inspect(folder.estate(folder.source()))).isEmpty)
    }

    @Test("A customer abroad who comes now and then, and leafs through pages, is no thief")
    func customer() async throws {
        let folder = try LogFolder()
        let visits = (0..<900).map { line(hoursAgo: Double($0) * 5, from: "88.198.17.33", "/api/visits?page=\(1 + $0 % 6)", bytes: 3_000) }
        try folder.write("access.log", ordinary(days: 190) + visits)
        #expect(failing(await inspect(folder.estate(folder.source()))).isEmpty)
    }

    @Test("Refused requests are no theft")
    func refused() async throws {
        let folder = try LogFolder()
        try folder.write("access.log", ordinary(days: 190) + theft().map { $0.replacingOccurrences(of: "\" 200 ", with: "\" 403 ") })
        #expect(try result(await inspect(folder.estate(folder.source())), AccessLogInspector.foreignCheck).outcome == .passed)
    }

    @Test(
        "Hong Kong, Macao and Taiwan are foreign only by policy; an override decides before the data",
        arguments: [
            (RegionPolicy.HongKongMacaoTaiwan.ownClass, false), (.domestic, false), (.overseas, true),
        ])
    func policy(_ policy: RegionPolicy.HongKongMacaoTaiwan, _ isForeign: Bool) async throws {
        let folder = try LogFolder()
        try folder.write("access.log", ordinary(days: 190) + theft(from: "203.0.113.7"))
        let block = try #require(CIDR("203.0.113.0/24"))
        let inspection = await inspect(
            folder.estate(folder.source(), regions: RegionPolicy(hongKongMacaoTaiwan: policy, overrides: [(network: block, code: "HK")])))
        #expect((try result(inspection, AccessLogInspector.foreignCheck).outcome == .failed) == isForeign)
        // Enumeration is theft wherever it comes from.
        #expect(try result(inspection, AccessLogInspector.bulkCheck).findings.first?.facts["region"] == .term("region.HK"))
    }

    @Test("Behind a trusted proxy the forwarded address is the thief")
    func forwarded() async throws {
        let folder = try LogFolder()
        let lines = (0..<150).map {
            line(hoursAgo: 30 - Double($0) / 3_600, from: "10.0.0.5", "/api/patients/\($0 * 9_973)", bytes: 900, extra: " \"1.2.4.8, 88.198.17.33\"")
        }
        try folder.write("access.log", ordinary(days: 190) + lines)
        let trusted = folder.source(trusted: [try #require(CIDR("10.0.0.0/8"))])
        #expect(try result(await inspect(folder.estate(trusted)), AccessLogInspector.foreignCheck).findings.first?.facts["address"] == "88.198.17.*")
        #expect(try result(await inspect(folder.estate(folder.source())), AccessLogInspector.foreignCheck).outcome == .passed)
    }

    @Test("A rotated set counts as one log: plain, .gz of several members, and a copy only once")
    func rotated() async throws {
        let folder = try LogFolder()
        let lines = ordinary(days: 190)
        let parts = [Array(lines[0..<1_500]), Array(lines[1_500..<3_000]), Array(lines[3_000...])]
        let data = parts.map { Data(($0.joined(separator: "\n") + "\n").utf8) }
        try folder.write("access.log.2.gz", gzip(data[0]) + gzip(data[1]))
        try folder.write("access.log.1", data[2])
        try folder.write("access.log.1.gz", gzip(data[2]))
        try folder.write("access.log", Data())
        try FileManager.default.createDirectory(atPath: folder.path("access.log.d"), withIntermediateDirectories: true)
        let inspection = await inspect(folder.estate(folder.source()))
        #expect(inspection.unexamined.isEmpty)
        #expect(failing(inspection).isEmpty)
        #expect(inspection.exhibits[0].rows[0][5] == .count(lines.count))
    }

    @Test("A truncated .gz counts as far as it can be read, and coverage says so")
    func truncatedGzip() async throws {
        let folder = try LogFolder()
        let whole = gzip(Data((ordinary(days: 190).joined(separator: "\n") + "\n").utf8))
        try folder.write("access.log.1.gz", whole.prefix(whole.count * 2 / 3))
        let inspection = await inspect(folder.estate(folder.source()))
        #expect(inspection.unexamined.map(\.reason.key) == ["access-logs.truncated"])
        #expect(inspection.examined == ["门户", "log-sources"])
        #expect(try result(inspection, AccessLogInspector.gapsCheck).outcome == .failed)
        #expect(try result(inspection, AccessLogInspector.foreignCheck).outcome != .passed)
    }

    @Test("What can't be read is unexamined with its reason, and nothing is concluded from its absence")
    func unreadable() async throws {
        let folder = try LogFolder()
        try folder.write("access.log", ordinary(days: 20))
        try folder.write("access.log.garbage", (0..<100).map { "line \($0) of something else" })
        try folder.write("access.log.bz2", Data("BZh91AY&SY".utf8))
        let inspection = await inspect(folder.estate(folder.source(["access.log*", "other.log", ""])))
        #expect(
            Set(inspection.unexamined.map(\.reason.key)) == [
                "access-logs.unknown-format", "access-logs.unsupported-compression", "access-logs.no-file", "access-logs.not-a-file",
            ])
        for check in [AccessLogInspector.retentionCheck, AccessLogInspector.gapsCheck] {
            if case .notAssessed = try result(inspection, check).outcome {} else { Issue.record("\(check) was judged") }
        }
    }

    @Test("A short log fails retention, whole or in part in the future")
    func short() async throws {
        let folder = try LogFolder()
        try folder.write("access.log", ordinary(days: 30) + [line(hoursAgo: -2_000), line(hoursAgo: -9_000)])
        let inspection = await inspect(folder.estate(folder.source()))
        let retention = try result(inspection, AccessLogInspector.retentionCheck)
        #expect(retention.findings.first?.facts == ["days": .days(30), "required": .days(184)])
        #expect(inspection.unexamined.map(\.reason.key) == ["access-logs.future-stamps"])
    }

    @Test("An empty log keeps nothing")
    func empty() async throws {
        let folder = try LogFolder()
        try folder.write("access.log", Data())
        let inspection = await inspect(folder.estate(folder.source()))
        #expect(try result(inspection, AccessLogInspector.retentionCheck).outcome == .failed)
    }

    @Test("Hostile bytes: endless lines, zeros, broken UTF-8, a half line at the end")
    func hostile() async throws {
        let folder = try LogFolder()
        var data = Data(repeating: 0, count: 3 << 20)
        data += Data((ordinary(days: 190).joined(separator: "\n") + "\n").utf8)
        data += Data(repeating: 0x61, count: 5 << 20) + Data("\n".utf8)
        data += Data([0xFF, 0xFE, 0x00, 0x0A, 0x0A, 0x0D, 0x0A]) + Data(line(hoursAgo: 0).utf8.prefix(60))
        try folder.write("access.log", data)
        let inspection = await inspect(folder.estate(folder.source()))
        #expect(failing(inspection).isEmpty)
        #expect(inspection.exhibits[0].rows[0][6] == .count(2))
    }

    @Test("More addresses than are held keep their regions' counts, lose no thief, and are said to be bounded")
    func bounded() async throws {
        let folder = try LogFolder()
        let many = (0..<5_000).map { line(hoursAgo: 40, from: "36.112.\($0 / 250).\($0 % 250)") }
        try folder.write("access.log", ordinary(days: 190) + theft() + many)
        let inspection = await inspect(folder.estate(folder.source()), AccessLogInspector(limits: ActorLimits(records: 500, details: 100)))
        #expect(inspection.unexamined.map(\.reason.key) == ["access-logs.addresses-bounded"])
        #expect(try result(inspection, AccessLogInspector.foreignCheck).findings.count == 1)
        #expect(inspection.exhibits[1].rows.first { $0.first == .term("region.CN") }?[1] == .count(ordinary(days: 190).count + 5_000))
    }

    @Test("Without region data retention is judged all the same, and nobody is called foreign")
    func noRegionData() async throws {
        let folder = try LogFolder()
        try folder.write("access.log", ordinary(days: 190) + theft())
        let inspection = await inspect(folder.estate(folder.source()), AccessLogInspector(regionData: (folder.path("none"), folder.path("none"))))
        #expect(try result(inspection, AccessLogInspector.retentionCheck).outcome == .passed)
        #expect(try result(inspection, AccessLogInspector.bulkCheck).outcome == .failed)
        guard case .notAssessed(let reason) = try result(inspection, AccessLogInspector.foreignCheck).outcome else { throw CancellationError() }
        #expect(reason.facts["package"] == "tor-geoipdb")
    }

    @Test("Without a declared log nothing is assessed")
    func none() async throws {
        let folder = try LogFolder()
        var estate = folder.estate(folder.source())
        estate.logs = []
        let inspection = await inspect(estate)
        #expect(inspection.checks.map(\.check) == AccessLogInspector.checks)
        #expect(inspection.checks.allSatisfy { if case .notAssessed = $0.outcome { true } else { false } })
    }
}
