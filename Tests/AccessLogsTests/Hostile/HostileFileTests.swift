import AccessLogs
import Findings
import Foundation
import TestSupport
import Testing

@Suite("Files that change, lie, or are none")
struct HostileFileTests {
    private let lines = ordinary(days: 2)

    private var text: Data { Data((lines.joined(separator: "\n") + "\n").utf8) }

    /// Enough for several chunks.
    private func large() -> Data {
        var all = Data()
        for _ in 0..<1_200 { all += text }
        return all
    }

    @Test("What is no file is said to be none, and nothing waits for it")
    func others() throws {
        let folder = try LogFolder()
        try folder.write("access.log", text)
        try FileManager.default.createDirectory(atPath: folder.path("folder"), withIntermediateDirectories: false)
        #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
        #expect(symlink("loop", folder.path("loop")) == 0)
        #expect(symlink("/dev/zero", folder.path("zero")) == 0)
        #expect(symlink("gone", folder.path("dangling")) == 0)
        let source = try HostileRun().source(
            folder.path("access.log"), folder.path("folder"), folder.path("pipe"), folder.path("loop"), folder.path("zero"), "/dev/zero", "/dev/full",
            folder.path("dangling"), folder.path("access.log") + "/x", "/proc/self/mem", "", String(repeating: "x", count: 5_000))
        #expect(source.requests == lines.count)
        #expect(source.reasons.isSuperset(of: ["access-logs.not-a-file", "access-logs.no-file"]))
        #expect(source.hasUnreadFiles)
        #expect(source.unexamined.count == 11)
    }

    @Test("What may not be read is said", .enabled(if: geteuid() != 0))
    func denied() throws {
        let folder = try LogFolder()
        try folder.write("access.log", text)
        try folder.write("access.log.1", text + text)
        chmod(folder.path("access.log.1"), 0)
        let source = try HostileRun().source(folder.path("access.log*"))
        #expect(source.requests == lines.count)
        #expect(source.reasons == ["access-logs.denied"])
    }

    @Test("Empty files are read, and hold nothing", arguments: [Data(), Data("\n".utf8), Data(repeating: 0, count: 70_000), Data("\n\n\0\n".utf8)])
    func empty(_ content: Data) throws {
        let folder = try LogFolder()
        try folder.write("access.log", content)
        let source = try HostileRun().source(folder.path("access.log"))
        #expect(source.requests == 0)
        #expect(source.retention == nil)
        #expect(source.unexamined.isEmpty)
    }

    @Test("A file that shrinks while it is read is read as far as it goes, and it is said")
    func shrinks() throws {
        let folder = try LogFolder()
        try folder.write("access.log", large())
        let path = folder.path("access.log")
        let once = Occurrences()
        var run = HostileRun()
        run.threads = 1
        let source = try #require(
            run.report([path]) { progress in
                if progress.done > 0, once.add() == 0 { truncate(path, 3 << 20) }
                return true
            }.sources.first)
        #expect(source.requests > 0)
        #expect(source.requests < lines.count * 1_200)
        #expect(source.reasons == ["access-logs.shrunk"])
    }

    @Test("A file that grows while it is read is read to where it ended; one that vanishes is read whole")
    func grows() throws {
        let folder = try LogFolder()
        try folder.write("access.log", large())
        let path = folder.path("access.log")
        let more = text
        let once = Occurrences()
        let source = try #require(
            HostileRun().report([path]) { progress in
                if progress.done > 0, once.add() == 0, let handle = FileHandle(forWritingAtPath: path) {
                    handle.seekToEndOfFile()
                    handle.write(more)
                    unlink(path)
                }
                return true
            }.sources.first)
        #expect(source.requests == lines.count * 1_200)
        #expect(source.unexamined.isEmpty)
    }

    @Test("One that vanishes before its turn is said to have")
    func vanishes() throws {
        let folder = try LogFolder()
        try folder.write("access.log.1", large())
        try folder.write("access.log", [line(hoursAgo: 0)])
        let path = folder.path("access.log")
        var run = HostileRun()
        run.threads = 1
        let source = try #require(
            run.report([folder.path("access.log*")]) { progress in
                if progress.done > 0 { unlink(path) }
                return true
            }.sources.first)
        #expect(source.requests == lines.count * 1_200)
        #expect(source.reasons == ["access-logs.vanished"])
        #expect(source.hasUnreadFiles)
    }

    @Test("A .gz counts as far as it is whole", arguments: [0.02, 0.3, 0.6, 0.9])
    func cutGzip(_ share: Double) throws {
        let folder = try LogFolder()
        let whole = gzip(noisy(20_000))
        try folder.write("access.log.gz", whole.prefix(Int(Double(whole.count) * share)))
        let source = try HostileRun().source(folder.path("access.log.gz"))
        #expect(source.reasons == ["access-logs.truncated"])
        #expect(source.requests > 0 && source.requests < 20_000)
    }

    @Test("One that is damaged in the middle counts up to there", arguments: [0.3, 0.5, 0.9])
    func damagedGzip(_ place: Double) throws {
        let folder = try LogFolder()
        var whole = gzip(noisy(20_000))
        let start = Int(Double(whole.count) * place)
        for index in start..<(start + 64) { whole[index] = 0xFF }
        try folder.write("access.log.gz", whole)
        let source = try HostileRun().source(folder.path("access.log.gz"))
        #expect(source.requests > 0 && source.requests < 20_000)
        #expect(source.reasons.isSubset(of: ["access-logs.damaged", "access-logs.mostly-unparsable"]))
        #expect(source.reasons.contains("access-logs.damaged"))
    }

    /// Lines that hardly compress, so that damage hits in their midst.
    private func noisy(_ count: Int) -> Data {
        var random = SeededGenerator(seed: 5)
        return Data((0..<count).map { _ in line(hoursAgo: 1, "/p/\(UInt64.random(in: 0...UInt64.max, using: &random))") + "\n" }.joined().utf8)
    }

    @Test("A .gz that unfolds without end is left when it is no log any more")
    func bomb() throws {
        let folder = try LogFolder()
        // Two gigabytes of zeros behind a line, in two megabytes.
        let member = gzip(Data(repeating: 0, count: 64 << 20))
        var bomb = gzip(Data((line(hoursAgo: 1) + "\n").utf8))
        for _ in 0..<32 { bomb += member }
        try folder.write("access.log.gz", bomb)
        let source = try HostileRun().source(folder.path("access.log.gz"))
        #expect(source.reasons == ["access-logs.implausible"])
        #expect(source.requests == 1)
    }
}
