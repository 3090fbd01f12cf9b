import AccessLogs
import ExternalTools
import Foundation
import LogFormats
import TestSupport
import Testing

/// A real journald in a namespace of its own, which only root may make.
@Suite struct RealJournalTests {
    private static let daemon = "/lib/systemd/systemd-journald"
    private static let canStart =
        geteuid() == 0
        && [daemon, "/usr/bin/unshare", "/usr/bin/logger", "/usr/bin/journalctl"].allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }

    @Test(.enabled(if: canStart), .timeLimit(.minutes(2)))
    func entriesOfARealJournalAreReadAndFollowed() async throws {
        try await offThePool { try Self.readAndFollow() }
    }

    private static func readAndFollow() throws {
        let folder = try ReadingFolder()
        try FileManager.default.createDirectory(atPath: folder.file("run/log/journal"), withIntermediateDirectories: true)
        // What it keeps, it keeps in our folder; nothing of this machine's is touched.
        let script = "mount --bind \"$1\" /run && exec \(daemon)"
        let journald = try SpawnedProgram(
            "/usr/bin/unshare", ["--mount", "--propagation", "private", "/bin/sh", "-c", script, "sh", folder.file("run")])
        defer { journald.end() }
        let socket = folder.file("run/systemd/journal/dev-log")
        while access(socket, F_OK) != 0, journald.isRunning { usleep(20_000) }
        func log(_ text: String) throws {
            #expect(try folder.run("/usr/bin/logger", ["--socket", socket, "--tag", "sshd", "--id=4242", "--", text]) == 0)
        }
        try log("Failed password for root from 192.0.2.7 port 50022 ssh2")
        let path = try journalFile(folder, journald)
        #expect(JournalSource.isJournal(path: path))

        var events: [(account: String?, program: String?)] = []
        while events.isEmpty, journald.isRunning { events = try read(JournalSource(files: [path]), until: { $0.isAtEnd }) }
        #expect(events.map(\.account) == ["root"] && events.map(\.program) == ["sshd"])

        let following = try JournalSource(files: [path], since: Date(timeIntervalSinceNow: -3_600), isFollowing: true)
        var seen = try read(following, until: { _ in true }, atLeast: 1, while: journald)
        try log("Failed password for alice from 192.0.2.7 port 50022 ssh2")
        seen += try read(following, until: { _ in true }, atLeast: 1, while: journald)
        #expect(seen.map(\.account) == ["root", "alice"])
        #expect(!following.isAtEnd && following.failure == nil)
    }

    private static func journalFile(_ folder: ReadingFolder, _ journald: SpawnedProgram) throws -> String {
        while journald.isRunning {
            let files = FileManager.default.enumerator(atPath: folder.file("run/log/journal"))?.compactMap { $0 as? String } ?? []
            if let found = files.first(where: { $0.hasSuffix("system.journal") }) { return folder.file("run/log/journal/" + found) }
            usleep(20_000)
        }
        throw CocoaError(.fileNoSuchFile)
    }

    /// The failed logins that come.
    private static func read(
        _ source: JournalSource, until isEnough: (JournalSource) -> Bool, atLeast wanted: Int = 0, while journald: SpawnedProgram? = nil
    ) throws -> [(account: String?, program: String?)] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: LineCutter.minimumCapacity, alignment: 16)
        defer { buffer.deallocate() }
        var parser = try #require(LogFormat.named("journald-json")).makeParser(LogContext())
        var event = LogEvent()
        var events: [(account: String?, program: String?)] = []
        repeat {
            guard let chunk = try source.next(into: buffer) else { continue }
            for line in buffer[0..<chunk.count].split(separator: 0x0A) {
                let outcome = parser.parse(
                    UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[line.startIndex..<line.endIndex]), into: &event)
                #expect(outcome == .event)
                if event.action == .login { events.append((event.string(event.account), event.string(event.program))) }
            }
        } while events.count < wanted && journald?.isRunning != false || !isEnough(source)
        return events
    }
}
