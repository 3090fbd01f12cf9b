import AccessLogs
import Cryptography
import Estate
import Findings
import Foundation
import TestSupport
import Testing

@Suite("Signed statements of coverage")
struct CoverageStatementTests {
    private let folder: LogFolder
    private let signer: NoteSigner

    init() throws {
        folder = try LogFolder()
        signer = try #require(NoteSigner(name: "clinic.example/logs", key: try Ed25519PrivateKey()))
    }

    private var key: NoteVerifierKey { signer.verifierKey }

    private func coverage(_ name: String) throws -> FileCoverage {
        var file = FileCoverage(path: folder.path(name))
        file.lines = 100
        file.add(1_782_000_000, latest: .max)
        file.add(1_782_700_000, latest: .max)
        try file.measure()
        return file
    }

    private func statement(_ names: [String]) throws -> CoverageStatement {
        var timeline = ActivityTimeline()
        for hours in (0...(190 * 24)).filter({ !(1_000..<1_024).contains($0) }) {
            timeline.add(Int64(now.timeIntervalSince1970) - Int64(hours) * 3_600)
        }
        let rotation = SourceRotation(settings: [
            RotationSetting(.logrotate, file: "/etc/logrotate.d/nginx", line: 1, kept: .days(atLeast: 14, atMost: 15))
        ])
        return CoverageStatement(
            organisation: "示例\"医疗\"\u{202E}", madeAt: now, tool: "suwen 0", requiredDays: 184,
            sources: [
                .init(
                    name: "门户", kind: .application, format: "nginx-combined",
                    retention: Retention(timeline, now: now, retentionDays: 184, systemSince: nil), requiredDays: 184, rotation: rotation,
                    files: try names.map(coverage)),
                .init(name: "空", kind: .database, format: "postgresql", retention: nil, requiredDays: 184, rotation: SourceRotation(), files: []),
            ])
    }

    private func verify(_ note: String, _ lookup: CoverageStatement.FileLookup = .none) -> CoverageVerification {
        CoverageStatement.verify(Array(note.utf8), publicKeys: [key], filesIn: lookup)
    }

    @Test("A signed statement verifies and says what was put into it; made again it is the same")
    func roundTrip() throws {
        try folder.write("access.log", ["one", "two"])
        let statement = try statement(["access.log"])
        let note = try statement.sign([signer])
        let result = verify(note, .recorded)
        #expect(result.isGood && result.statement == statement && result.signers == [key] && result.filesVerified == 1)
        #expect(try statement.sign([signer]) == note)
        #expect(
            note.hasPrefix(
                "{\n  \"madeAt\": \"2026-06-30T04:00:00Z\",\n  \"organisation\": \"示例\\\"医疗\\\"\\u202e\",\n  \"requiredDays\": 184,\n  \"schema\": \"suwen.log-coverage/1\""
            ))
        let text = try #require(note.components(separatedBy: "\n\n— ").first)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let source = try #require((object["sources"] as? [[String: Any]])?.first)
        #expect(source["days"] as? Int == 190 && source["meets"] as? Bool == true && (source["gaps"] as? [Any])?.count == 1)
    }

    @Test("Any changed bit of a statement fails, whatever byte it is in")
    func everyByte() throws {
        try folder.write("access.log", ["one", "two"])
        let note = Array(try statement(["access.log"]).sign([signer]).utf8)
        #expect(CoverageStatement.verify(note, publicKeys: [key]).isGood)
        var generator = SeededGenerator(seed: 1)
        for index in note.indices {
            var other = note
            other[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            #expect(!CoverageStatement.verify(other, publicKeys: [key]).isGood, "byte \(index)")
        }
    }

    @Test("Another's key is not trusted, a forged signature is named, and what is no note is said to be none")
    func refused() throws {
        let note = try statement([]).sign([signer])
        let stranger = try #require(NoteSigner(name: "clinic.example/logs", key: try Ed25519PrivateKey()))
        #expect(CoverageStatement.verify(Array(note.utf8), publicKeys: [stranger.verifierKey]).problems == [.unknownKeys(["clinic.example/logs"])])
        let changed = note.replacingOccurrences(of: "\"days\": 190", with: "\"days\": 191")
        #expect(verify(changed).problems == [.badSignature(name: "clinic.example/logs")])
        #expect(verify(changed).statement == nil)
        guard case .noNote = verify("hello").problems.first else { return #expect(Bool(false)) }
    }

    @Test("A known key's signature doesn't make anything else a statement")
    func otherTexts() throws {
        func signed(_ text: String) throws -> String {
            var note = try SignedNote(text: text)
            try note.sign(signer)
            return note.encoded
        }
        let text = try #require(try statement([]).sign([signer]).components(separatedBy: "\n\n— ").first) + "\n"
        #expect(verify(try signed(text)).isGood)
        #expect(verify(try signed("checkpoint.example\n1\nAAAA\n")).problems == [.otherSchema])
        #expect(verify(try signed(text.replacingOccurrences(of: "coverage/1", with: "coverage/2"))).problems == [.otherSchema])
        #expect(verify(try signed("{\"schema\": \"suwen.log-coverage/1\"}\n")).problems == [.unreadable])
        #expect(verify(try signed(text.replacingOccurrences(of: "2026-06-30T04:00:00Z", with: "2026-06-31T04:00:00Z"))).problems == [.unreadable])
        for other in [
            text.replacingOccurrences(of: "  ", with: " "), text.replacingOccurrences(of: "\"tool\"", with: "\"extra\": 1,\n  \"tool\""),
            text.replacingOccurrences(of: "\"days\": 190", with: "\"days\": 190.0"), text.replacingOccurrences(of: "示例", with: "\\u793a例"),
            " " + text,
            text + "\n", text.replacingOccurrences(of: "\"days\": 190", with: "\"days\": 1,\n      \"days\": 190"),
        ] {
            #expect(verify(try signed(other)).problems == [.notCanonical], "\(other.prefix(80))")
        }
    }

    @Test("Changed, cut, missing and unreadable files are named, each for what it is")
    func files() throws {
        for name in ["changed.log", "cut.log", "missing.log", "folder.log", "good.log"] { try folder.write(name, ["one", "two", name]) }
        let note = try statement(["changed.log", "cut.log", "missing.log", "folder.log", "good.log"]).sign([signer])
        try folder.write("changed.log", ["one", "twO", "changed.log"])
        try folder.write("cut.log", ["one"])
        try FileManager.default.removeItem(atPath: folder.path("missing.log"))
        try FileManager.default.removeItem(atPath: folder.path("folder.log"))
        try FileManager.default.createDirectory(atPath: folder.path("folder.log"), withIntermediateDirectories: false)
        let result = verify(note, .recorded)
        #expect(!result.isGood && result.statement != nil && result.filesVerified == 1)
        #expect(
            result.problems == [
                .fileChanged(folder.path("changed.log")), .fileCut(folder.path("cut.log"), bytes: 4, stated: 16),
                .fileUnreadable(folder.path("folder.log")),
                .fileMissing(folder.path("missing.log")),
            ])
        #expect(verify(note).isGood)
    }

    @Test("A live log that has grown since is still what was stated, and that is said")
    func grown() throws {
        try folder.write("access.log", ["one", "two"])
        let note = try statement(["access.log"]).sign([signer])
        try folder.write("access.log", ["one", "two", "three"])
        let result = verify(note, .recorded)
        #expect(result.isGood)
        #expect(result.notices == [.fileGrown(folder.path("access.log"), by: 6)])
        try folder.write("access.log", ["one", "twO", "three"])
        #expect(verify(note, .recorded).problems == [.fileChanged(folder.path("access.log"))])
    }

    @Test("A statement about a prefix measures that prefix, whatever came while it was made")
    func prefix() throws {
        try folder.write("access.log", ["one", "two", "three"])
        var file = FileCoverage(path: folder.path("access.log"))
        try file.measure(bytes: 8)
        #expect(file.bytes == 8)
        #expect(file.sha256 == SHA256.hex("one\ntwo\n"))
    }

    @Test("Rotation renames and compresses; the content is found again")
    func rotated() throws {
        let lines = (0..<5_000).map { "line \($0)" }
        try folder.write("access.log", lines)
        try folder.write("access.log.1", lines.map { $0 + " older" })
        try folder.write("access.log.2.gz", gzip(Data(lines.joined().utf8)))
        let note = try statement(["access.log", "access.log.1", "access.log.2.gz"]).sign([signer])
        try FileManager.default.moveItem(atPath: folder.path("access.log.2.gz"), toPath: folder.path("access.log.3.gz"))
        try folder.write("access.log.2.gz", gzip(try Data(contentsOf: URL(fileURLWithPath: folder.path("access.log.1")))))
        try FileManager.default.removeItem(atPath: folder.path("access.log.1"))
        try FileManager.default.moveItem(atPath: folder.path("access.log"), toPath: folder.path("access.log.1"))
        try folder.write("access.log", ["new"])
        let result = verify(note, .recorded)
        #expect(result.isGood)
        #expect(
            result.notices == [
                .fileMoved(folder.path("access.log"), to: "access.log.1"), .fileMoved(folder.path("access.log.1"), to: "access.log.2.gz"),
                .fileMoved(folder.path("access.log.2.gz"), to: "access.log.3.gz"),
            ])
    }

    @Test("An inspector with copies in a folder of his own verifies those, and nothing outside the folder is read")
    func copies() throws {
        try folder.write("access.log", ["one", "two"])
        let note = try statement(["access.log"]).sign([signer])
        let copies = try LogFolder()
        #expect(verify(note, .folder(copies.folder.path)).problems == [.fileMissing(folder.path("access.log"))])
        try copies.write("access.log", ["one", "two"])
        #expect(verify(note, .folder(copies.folder.path)).isGood)
        try FileManager.default.createDirectory(atPath: copies.folder.path + folder.folder.path, withIntermediateDirectories: true)
        try Data("other".utf8).write(to: URL(fileURLWithPath: copies.folder.path + folder.path("access.log")))
        #expect(verify(note, .folder(copies.folder.path)).problems == [.fileCut(folder.path("access.log"), bytes: 5, stated: 8)])
        // `..` in a signed path leads nowhere.
        var climbing = FileCoverage(path: "/../../../../../../../../../../../..\(folder.path("access.log"))")
        try climbing.measure()
        let source = CoverageStatement.Source(
            name: "x", kind: .host, format: "syslog", retention: nil, requiredDays: 184, rotation: SourceRotation(), files: [climbing])
        let statement = CoverageStatement(organisation: "x", madeAt: now, tool: "suwen", requiredDays: 184, sources: [source])
        #expect(verify(try statement.sign([signer]), .folder(try LogFolder().folder.path)).problems.count == 1)
    }

    @Test("Parts of a file that follow each other make the whole")
    func parts() {
        var whole = FileCoverage(path: "a")
        var parts = [FileCoverage(path: "a"), FileCoverage(path: "a")]
        for (index, time) in ([1_782_000_000, 1_782_000_100, 1_782_000_050, .max, 1_500_000_000, 0] as [Int64]).enumerated() {
            whole.add(time, latest: 1_790_000_000)
            parts[index / 3].add(time, latest: 1_790_000_000)
        }
        var merged = parts[0]
        merged.append(parts[1])
        #expect(merged == whole)
        #expect(whole.events == 6 && whole.disbelieved == 2 && whole.clock.count == 1)
        #expect(whole.first == 1_500_000_000 && whole.last == 1_782_000_100)
    }

    @Test("What a run found is stated: its files, days, gaps and formats; and again the same")
    func report() throws {
        let lines = ordinary(days: 190)
        try folder.write("access.log.1", Array(lines[..<2_000]))
        try folder.write("access.log", Array(lines[2_100...]) + ["no line of a log"])
        let analysis = LogAnalysis(settings: DetectionSettings(now: now))
        let report = analysis.run([LogRequest(name: "门户", paths: [folder.path("access.log*")], kind: .application)])
        let statement = try CoverageStatement(
            report, organisation: "示例", madeAt: now, tool: "suwen 0", requiredDays: 184, rotation: RotationSettings(root: folder.path("nothing")))
        let source = try #require(statement.sources.first)
        #expect(source.days == 190 && source.meets && source.gaps.count == 1 && source.lines == lines.count - 99 && source.unparsed == 1)
        #expect(source.files.map { $0.name } == [folder.path("access.log"), folder.path("access.log.1")])
        #expect(source.files.allSatisfy { $0.first != nil && $0.sha256.count == 64 })
        #expect(verify(try statement.sign([signer]), .recorded).filesVerified == 2)
        try FileManager.default.removeItem(atPath: folder.path("access.log.1"))
        #expect(throws: CoverageStatement.Unmeasurable.self) {
            try CoverageStatement(
                report, organisation: "示例", madeAt: now, tool: "suwen 0", requiredDays: 184, rotation: RotationSettings(root: "/nothing"))
        }
    }

    @Test("The manual's recipe verifies a statement with openssl alone, and refuses a changed one")
    func recipe() throws {
        let manual = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("docs/logs-retention.md")
        let parts = try String(contentsOf: manual, encoding: .utf8).components(separatedBy: "```")
        let recipe = try #require(parts.first { $0.hasPrefix("sh\n") }?.dropFirst(3))
        try folder.write("access.log", ["one", "two"])
        let note = try statement(["access.log"]).sign([signer])
        for (text, isGood) in [(note, true), (note.replacingOccurrences(of: "\"days\": 190", with: "\"days\": 191"), false)] {
            try folder.write("statement.note", Data(text.utf8))
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = ["-c", String(recipe)]
            process.currentDirectoryURL = folder.folder
            process.environment = ["KEY": key.description, "PATH": "/usr/bin:/bin"]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            #expect((process.terminationStatus == 0) == isGood)
        }
    }

    @Test("A file name with bytes that no terminal should see stands escaped in the statement")
    func names() throws {
        let name = "access\u{1B}[31m\n\u{7F}.log"
        try folder.write(name, ["one"])
        let note = try statement([name]).sign([signer])
        #expect(note.contains("access\\u001b[31m\\u000a\\u007f.log"))
        #expect(verify(note, .recorded).isGood)
        try FileManager.default.removeItem(atPath: folder.path(name))
        let shown = try #require(verify(note, .recorded).problems.first).message.facts["file"]
        #expect(shown == .text(folder.path("access\u{FFFD}[31m\u{FFFD}\u{FFFD}.log")))
    }
}
