import AccessLogs
import Findings
import Foundation
import LogFormats
import Sigma
import TestSupport
import Testing

@Suite("The pipeline under pressure")
struct PipelineTests {
    private static let rule = """
        title: Patients
        id: 4d1f0b1e-0000-4000-8000-000000000001
        status: test
        author: Suwen
        logsource: {category: webserver}
        detection:
          selection: {cs-uri-stem|contains: '/api/patients'}
          condition: selection
        level: high
        """

    private static let rules = RuleBook(SigmaRuleSet([(file: "patients.yml", text: rule)]))

    /// People, thieves, guessers and scanners from all over, over several chunks.
    private static let mixed: [String] = {
        var random = SeededGenerator(seed: 7)
        var lines: [String] = []
        for index in 0..<24_000 {
            let hours = 200 - Double(index) / 130
            let person = Int.random(in: 0..<400, using: &random)
            lines.append(
                line(hoursAgo: hours, from: "36.112.\(person % 7).\(person % 200)", "/doctors/\(person % 90).html", agent: "Mozilla/5.\(person % 30)")
            )
            if index % 20 == 0 { lines.append(line(hoursAgo: hours, from: "88.198.17.\(index % 3)", "/api/patients/\(index / 20)", bytes: 4_000)) }
            if index % 31 == 0 {
                lines.append(
                    line(hoursAgo: hours, from: "45.9.20.\(index % 40)", "/login", status: 401, agent: "curl/8").replacingOccurrences(
                        of: "GET", with: "POST"))
            }
            if index % 57 == 0 {
                lines.append(line(hoursAgo: hours, from: "45.9.21.9", "/?id=1%27%20UNION%20SELECT%20password%20FROM%20users--\(index)"))
            }
            if index % 91 == 0 { lines.append(line(hoursAgo: hours, "/x?mobile=1381234\(1_000 + index % 900)")) }
        }
        for second in 0..<400 {
            let hours = 6 - Double(second) / 3_600
            lines.append(line(hoursAgo: hours, from: "45.9.22.1", "/login", status: 401).replacingOccurrences(of: "GET", with: "POST"))
            lines.append(line(hoursAgo: hours, from: "88.198.30.7", "/api/orders/\(7_000 + second)", bytes: 2_000))
        }
        return lines
    }()

    @Test("One, two, three and eight threads tell the same, and so does the next run", arguments: [true, false])
    func threads(_ withRules: Bool) throws {
        let folder = try LogFolder()
        try folder.write("access.log.1", Array(Self.mixed.prefix(9_000)))
        try folder.write("access.log", Array(Self.mixed.dropFirst(9_000)))
        var run = HostileRun()
        run.rules = withRules ? Self.rules : nil
        run.threads = 1
        let alone = try run.source(folder.path("access.log*"))
        #expect(alone.requests == Self.mixed.count)
        #expect(Set(alone.incidents.map(\.kind)).isSuperset(of: [.foreignAccess, .injection, .bruteForce, .enumeration]))
        #expect(alone.incidents.contains { $0.kind == .sigma } == withRules)
        for threads in [1, 2, 3, 8] {
            run.threads = threads
            #expect(try run.source(folder.path("access.log*")).essence == alone.essence, "\(threads) threads")
        }
    }

    @Test("Where chunks end changes nothing", arguments: [1, 77, 4_099, 65_000])
    func padding(_ pad: Int) throws {
        let folder = try LogFolder()
        try folder.write("access.log", Self.mixed)
        // A line of another log: it moves all others, and counts as not understood.
        try folder.write("padded.log", [String(repeating: "x", count: pad)] + Self.mixed)
        var run = HostileRun()
        run.rules = Self.rules
        run.format = LogFormat.named("combined")
        let (plain, padded) = (try run.source(folder.path("access.log")), try run.source(folder.path("padded.log")))
        #expect(padded.lines == plain.lines + 1)
        #expect(padded.requests == plain.requests)
        #expect(padded.regionBytes == plain.regionBytes)
        #expect(padded.hours == plain.hours)
        #expect(padded.stories == plain.stories)
    }

    @Test("A run that is told to stop stops, with what it has", arguments: [0, 1, 3], [1, 2, 8])
    func stops(_ after: Int, _ threads: Int) throws {
        let folder = try LogFolder()
        let content = Data((Self.mixed.joined(separator: "\n") + "\n").utf8)
        for index in 0..<6 { try folder.write("access.log.\(index)", Data("\(line(hoursAgo: 300 + Double(index)))\n".utf8) + content) }
        var run = HostileRun()
        run.threads = threads
        run.rules = Self.rules
        let calls = Occurrences()
        let report = run.report([folder.path("access.log.*")]) { progress in
            guard progress.total > 0 else { return true }
            return calls.add() < after
        }
        let source = try #require(report.sources.first)
        #expect(source.reasons == ["access-logs.interrupted"])
        #expect(source.requests < 2 * Self.mixed.count)
        // One call for every chunk: whoever was reading when it was said finishes that chunk and no other.
        #expect(calls.count <= after + threads)
    }

    @Test("A thousand runs over next to nothing come to an end")
    func tiny() throws {
        let folder = try LogFolder()
        try folder.write("empty.log", Data())
        try folder.write("one.log", [line(hoursAgo: 1)])
        try folder.write("half.log", Data(line(hoursAgo: 1).utf8.prefix(40)))
        try folder.write("cut.log.gz", gzip(Data((line(hoursAgo: 2) + "\n").utf8)).dropLast(9))
        try folder.write("garbage.log", Data([0x1F, 0x8B, 0x08, 0xFF]))
        try FileManager.default.createDirectory(atPath: folder.path("folder.log"), withIntermediateDirectories: false)
        let names = ["empty.log", "one.log", "half.log", "cut.log.gz", "garbage.log", "folder.log", "none.log"]
        for index in 0..<1_000 {
            var run = HostileRun()
            run.format = LogFormat.named(index % 3 == 0 ? "w3c" : "combined")
            run.threads = 1 + index % 5
            run.rules = index % 2 == 0 ? Self.rules : nil
            let chosen = names.indices.filter { index >> $0 & 1 == 1 }.map { folder.path(names[$0]) }
            let source = try #require(run.report(chosen).sources.first)
            #expect(source.requests <= 2)
        }
    }

    @Test("Files of many formats, and none that can be read, go through together")
    func mixture() throws {
        let folder = try LogFolder()
        try folder.write("a.log", Array(Self.mixed.prefix(5_000)))
        try folder.write("b.log", (0..<3_000).map { "line \($0) of something else" })
        try folder.write("c.log.gz", gzip(Data((Self.mixed.dropFirst(5_000).prefix(5_000).joined(separator: "\n") + "\n").utf8)))
        try folder.write(
            "d.log", (0..<500).map { "2026-06-29T0\($0 % 10):00:00+00:00 host sshd[\($0)]: Failed password for root from 88.198.17.33 port 4 ssh2" })
        for threads in [1, 2, 8] {
            var run = HostileRun()
            run.threads = threads
            let source = try run.source(folder.path("*.log"), folder.path("*.gz"))
            #expect(source.reasons == ["access-logs.unknown-format"])
            #expect(source.requests == 10_500)
        }
    }

    @Test("One busy address after the other, with lines of all kinds between, leaves the counts right")
    func busy() throws {
        let folder = try LogFolder()
        var lines: [String] = []
        for address in 0..<40 { for _ in 0..<2_500 { lines.append(line(hoursAgo: 1, from: "36.112.1.\(address)", bytes: 100)) } }
        try folder.write("access.log", lines)
        let source = try HostileRun().source(folder.path("access.log"))
        #expect(source.requests == 100_000)
        #expect(source.regionBytes == 10_000_000)
        #expect(source.addresses == 40)
    }
}
