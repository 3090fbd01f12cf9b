import AccessLogs
import Foundation
import LogFormats
import Testing

@Suite("More identities than are held")
struct BoundsTests {
    private static let few = ActorLimits(records: 20_000, details: 2_000)

    /// A line for each of so many addresses: three in four of China, the rest of Germany.
    private func addresses(_ count: Int) -> Data {
        let (moment, first) = (stamp(now.addingTimeInterval(-3_600)), count * 3 / 4)
        var text = ""
        for index in 0..<count {
            let (high, rest) = index < first ? ("36.112", index) : ("88.198", index - first)
            text += "\(high == "36.112" ? "36.\(112 + rest >> 16)" : "88.\(198 + rest >> 16)").\(rest >> 8 & 255).\(rest & 255)"
            text += " - - [\(moment)] \"GET / HTTP/1.1\" 200 \(100 + index % 7) \"-\" \"a\"\n"
        }
        return Data(text.utf8)
    }

    @Test("Requests and bytes stay exact by region, addresses within the sketch's error, and it is said")
    func manyAddresses() throws {
        let folder = try LogFolder()
        let count = 300_000
        try folder.write("access.log", addresses(count))
        let whole = try HostileRun().source(folder.path("access.log"))
        #expect(whole.unexamined.isEmpty)
        #expect(whole.regions?.isExact == true)
        #expect(whole.addresses == count)
        var run = HostileRun()
        run.limits = Self.few
        let bounded = try run.source(folder.path("access.log"))
        #expect(bounded.reasons == ["access-logs.addresses-bounded"])
        #expect(bounded.regions?.isExact == false)
        #expect(bounded.requests == count)
        for (region, exact) in whole.regions?.rows ?? [:] {
            let row = try #require(bounded.regions?.rows[region])
            #expect(row.requests == exact.requests, "\(region.name)")
            #expect(row.bytes == exact.bytes, "\(region.name)")
            // Four standard errors: one run in ten thousand would miss by chance, were the sketch seeded; it isn't.
            #expect(abs(Double(row.addresses) / Double(exact.addresses) - 1) < 4 * HyperLogLog.standardError, "\(region.name) \(row.addresses)")
        }
    }

    @Test("Those who come again after they were let go of are not counted twice")
    func returning() throws {
        let folder = try LogFolder()
        let once = addresses(60_000)
        try folder.write("access.log", once + once + once)
        var run = HostileRun()
        run.limits = Self.few
        let source = try run.source(folder.path("access.log"))
        #expect(source.requests == 180_000)
        #expect(abs(Double(source.addresses) / 60_000 - 1) < 4 * HyperLogLog.standardError)
    }

    @Test("A thief among hundreds of thousands of others is found all the same")
    func thief() throws {
        let folder = try LogFolder()
        let theft = (0..<400).map { line(hoursAgo: 1.5 - Double($0) / 3_600, from: "88.198.201.9", "/api/patients/\($0 + 5_000)", bytes: 3_000) }
        let half = addresses(100_000)
        try folder.write("access.log", half + Data((theft.joined(separator: "\n") + "\n").utf8) + half)
        var run = HostileRun()
        run.limits = Self.few
        let source = try run.source(folder.path("access.log"))
        #expect(source.incidents.contains { $0.kind == .foreignAccess && $0.network == "88.198.201.*" })
        #expect(source.incidents.contains { $0.kind == .enumeration && $0.network == "88.198.201.*" })
    }

    @Test("More accounts than are held are said, and more that did much than can be followed")
    func manyAccounts() throws {
        let folder = try LogFolder()
        let moment = stamp(now.addingTimeInterval(-3_600))
        var text = ""
        for index in 0..<60_000 {
            text += "36.112.0.9 - user\(index) [\(moment)] \"GET /api/patients/\(index) HTTP/1.1\" 200 900 \"-\" \"a\"\n"
        }
        for index in 0..<4_000 {
            let probe =
                "36.113.\(index / 250).\(index % 250) - - [\(moment)] \"GET /?id=1%27%20UNION%20SELECT%20a%20FROM%20users-- HTTP/1.1\" 200 900 \"-\" \"a\"\n"
            text += probe + probe + probe
        }
        try folder.write("access.log", Data(text.utf8))
        var run = HostileRun()
        run.limits = Self.few
        let source = try run.source(folder.path("access.log"))
        #expect(source.requests == 72_000)
        #expect(source.reasons.isSuperset(of: ["access-logs.accounts-bounded", "access-logs.details-bounded"]))
        #expect(!source.reasons.contains("access-logs.addresses-bounded"))
    }

    @Test("Ever new agents, paths, parameters and accounts are bounded, and counted")
    func names() throws {
        let folder = try LogFolder()
        let lines = (0..<150_000).map { index in
            let word = String(decoding: (0..<5).map { UInt8(0x61 + index >> ($0 * 4) & 15) }, as: UTF8.self)
            return line(hoursAgo: Double(index % 40), "/\(word)/api?\(word)=13812345678", agent: "agent \(word)").replacingOccurrences(
                of: " - - [", with: " - \(word) [")
        }
        try folder.write("access.log", lines)
        var run = HostileRun()
        run.limits = Self.few
        #expect(try run.source(folder.path("access.log")).requests == lines.count)
    }

    @Test("A megabyte of lines that say they were repeated a thousand times is no gigabyte of events")
    func repeats() throws {
        let folder = try LogFolder()
        let told =
            "2026-06-29T10:00:00+00:00 host sshd[7]: message repeated 2147483647 times: [ Failed password for root from 88.198.17.33 port 4 ssh2]"
        try folder.write("auth.log", [String](repeating: told, count: 30_000))
        let source = try HostileRun().source(folder.path("auth.log"))
        #expect(source.lines == 30_000)
        // More than the lines, for a line may tell of many; at most so many of a megabyte.
        #expect(source.requests >= 30_000)
        #expect(source.requests <= 30_000 + 5 * 50_000)
    }
}
