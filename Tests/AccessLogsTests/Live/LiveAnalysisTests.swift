import AccessLogs
import Findings
import Foundation
import LogFormats
import Synchronization
import Testing

@Suite struct LiveAnalysisTests {
    /// A log that says its lines in turns, and then ends. Between two turns there is nothing for two looks.
    private final class Script: GrowingLog {
        private var turns: [String?]
        init(_ turns: [String]) { self.turns = turns.flatMap { [$0, nil, nil] } }

        var isAtEnd: Bool { turns.isEmpty }

        func nextLines(into buffer: UnsafeMutableRawBufferPointer) -> FollowedFile.Chunk? {
            guard !turns.isEmpty, let text = turns.removeFirst() else { return nil }
            let bytes = Array(text.utf8)
            buffer.copyBytes(from: bytes)
            return FollowedFile.Chunk(lines: CutChunk(count: bytes.count), identity: nil)
        }

        func takeNotices() -> [FollowedFile.Notice] { [] }
    }

    private static func live() -> LiveAnalysis {
        var live = LiveAnalysis(LogAnalysis(settings: DetectionSettings(now: Date())))
        (live.interval, live.quiet, live.pause) = (0, 0, .milliseconds(1))
        return live
    }

    /// Lines of nginx, of now.
    private static func lines(_ count: Int, _ address: String, _ target: String, status: Int = 404, bytes: Int = 150) -> String {
        let clock = DateFormatter()
        (clock.locale, clock.timeZone) = (Locale(identifier: "en_US_POSIX"), .gmt)
        clock.dateFormat = "dd/MMM/yyyy:HH:mm:ss Z"
        let now = clock.string(from: Date())
        let line = "\(address) - - [\(now)] \"GET \(target) HTTP/1.1\" \(status) \(bytes) \"-\" \"curl/8.5\"\n"
        return String(repeating: line, count: count)
    }

    private static let passwords = "/static/..%2f..%2f..%2fetc/passwd"

    private func follow(_ turns: [String]) -> (told: [String], summary: LiveSummary) {
        var told: [String] = []
        let summary = Self.live().run(
            [LiveInput(LogRequest(name: "portal", paths: []), log: Script(turns))], isStopped: { false }, notice: { _ in },
            tell: {
                told.append("\($0.news) \($0.incident.kind) \($0.incident.requests)")
                return true
            })
        return (told, summary)
    }

    @Test func anIncidentIsToldOnceWhileItGoesOn() {
        let attack = Self.lines(3, "36.110.1.9", Self.passwords)
        let (told, summary) = follow([attack, attack, attack])
        #expect(told == ["new traversal 3"])
        #expect((summary.told, summary.toldAgain, summary.lines) == (1, 0, 9))
    }

    @Test func anIncidentIsToldAgainWhenItHasGrownTenfold() {
        let (told, summary) = follow([
            Self.lines(3, "36.110.1.9", Self.passwords), Self.lines(20, "36.110.1.9", Self.passwords),
            Self.lines(7, "36.110.1.9", Self.passwords),
            Self.lines(200, "36.110.1.9", Self.passwords),
        ])
        #expect(told == ["new traversal 3", "grown traversal 30"])
        #expect(summary.toldAgain == 1)
    }

    @Test func anIncidentIsToldAgainWhenItSucceeds() {
        let (told, _) = follow([
            Self.lines(6, "36.110.1.9", Self.passwords), Self.lines(1, "36.110.1.9", Self.passwords, status: 200, bytes: 1_900),
            Self.lines(1, "36.110.1.9", Self.passwords, status: 200, bytes: 1_900),
        ])
        #expect(told == ["new traversal 6", "succeeded traversal 7"])
    }

    @Test func ordinaryLinesAreNoIncident() {
        let (told, summary) = follow([Self.lines(40, "36.110.1.9", "/api/patients/7", status: 200, bytes: 900)])
        #expect(told.isEmpty)
        #expect(summary.unexamined.isEmpty)
    }

    @Test func linesOfNoKnownFormatAreSaid() {
        let (told, summary) = follow(["what is\nthis for\na log\n"])
        #expect(told.isEmpty)
        #expect((summary.lines, summary.unparsed) == (3, 3))
        #expect(summary.unexamined.map(\.key) == ["access-logs.unknown-format"])
    }

    @Test func whoWantsNoMoreIsToldNoMore() {
        var told = 0
        _ = Self.live().run(
            [
                LiveInput(
                    LogRequest(name: "portal", paths: []),
                    log: Script([Self.lines(3, "36.110.1.9", Self.passwords), Self.lines(3, "36.110.7.9", Self.passwords)]))
            ], isStopped: { false }, notice: { _ in },
            tell: { _ in
                told += 1
                return false
            })
        #expect(told == 1)
    }

    /// Runs until `turns` have been done, each when the one before has been told (the first when following begins).
    private func follow(_ folder: ReadingFolder, _ turns: [() throws -> Void]) throws -> (places: [String], summary: LiveSummary) {
        var rest = turns[...]
        var places: [String] = []
        var failure: (any Error)?
        let isDone = Mutex(false)
        func next() {
            guard let turn = rest.popFirst() else { return isDone.withLock { $0 = true } }
            do { try turn() } catch { failure = error }
        }
        let paths = ["a.log", "a.log.1"].map(folder.file).filter { FileManager.default.fileExists(atPath: $0) }
        let summary = Self.live().run(
            [LogRequest(name: "a.log", paths: paths)], isStopped: { isDone.withLock { $0 } },
            notice: { if $0.key == "access-logs.follow-begins" { next() } },
            tell: { told in
                for case let .list(found)? in told.incident.evidence.filter({ $0.key == "access-logs.places" }).map({ $0.facts["places"] }) {
                    for case let .text(place) in found { places.append("\(told.incident.network ?? "") \(place)") }
                }
                next()
                return true
            })
        if let failure { throw failure }
        return (places, summary)
    }

    @Test(.timeLimit(.minutes(1)))
    func whatWasThereBeforeIsKnownAndNotTold() throws {
        let folder = try ReadingFolder()
        try folder.append("a.log.1", Self.lines(5, "36.110.1.9", Self.passwords))
        try folder.append("a.log", Self.lines(5, "36.111.1.9", Self.passwords))
        let (places, summary) = try follow(
            folder,
            [
                {
                    // More of the same by those that are known, and somebody new.
                    try folder.append("a.log", Self.lines(2, "36.110.1.9", Self.passwords) + Self.lines(2, "36.111.1.9", Self.passwords))
                    try folder.append("a.log", Self.lines(4, "36.112.1.9", Self.passwords))
                }
            ])
        #expect(places == ["36.112.1.* a.log:10"])
        #expect((summary.before, summary.told, summary.lines) == (2, 1, 18))
    }

    @Test(.timeLimit(.minutes(1)))
    func aLogIsFollowedThroughItsRotation() throws {
        let folder = try ReadingFolder()
        try folder.append("a.log", Self.lines(5, "36.111.1.9", "/"))
        let (places, _) = try follow(
            folder,
            [
                { try folder.append("a.log", Self.lines(4, "36.112.1.9", Self.passwords)) },
                {
                    try FileManager.default.moveItem(atPath: folder.file("a.log"), toPath: folder.file("a.log.1"))
                    try folder.append("a.log", Self.lines(1, "36.111.1.9", "/") + Self.lines(4, "36.113.1.9", Self.passwords))
                },
            ])
        #expect(places == ["36.112.1.* a.log:6", "36.113.1.* a.log:2"])
    }
}
