import Foundation
import Sealing
import TestServers
import Testing

@Suite("The record of openings")
struct OpeningJournalTests {
    private static func entry(_ event: OpeningJournal.Entry.Event) -> OpeningJournal.Entry {
        OpeningJournal.Entry(
            event: event, time: Date(timeIntervalSince1970: 0), user: "nobody", store: "sqlite:x", table: "main.t", columns: ["*"], selection: "all",
            soughtDigest: nil, reason: "a test")
    }

    private static func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder + "/openings.jsonl")
    }

    @Test("Lines are chained, so that one that was changed, taken out or cut off is noticed; the file is its owner's alone")
    func chain() throws {
        try Self.withFolder { path in
            let journal = OpeningJournal(path: path)
            for event: OpeningJournal.Entry.Event in [.begins, .ended, .begins, .failed] { try journal.append(Self.entry(event)) }
            #expect(try journal.firstBrokenLine() == nil)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let whole = try String(contentsOfFile: path, encoding: .utf8)
            let lines = whole.split(separator: "\n").map(String.init)
            for (damaged, broken) in [
                ([lines[0], lines[2], lines[3]], 2), ([lines[0].replacing("a test", with: "b test")] + lines.dropFirst(), 2),
                (Array(lines.dropFirst()), 1),
            ] {
                try Data((damaged.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: path))
                #expect(try journal.firstBrokenLine() == broken)
            }
            try Data(whole.utf8.dropLast(3)).write(to: URL(fileURLWithPath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            #expect(try journal.firstBrokenLine() == 4)
            #expect(throws: OpeningJournal.Failure.self) { try journal.append(Self.entry(.begins)) }
        }
    }

    @Test("What others may read, a link and a folder that isn't there are refused, and nothing is opened")
    func refusals() throws {
        try Self.withFolder { path in
            try Data().write(to: URL(fileURLWithPath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            #expect(throws: OpeningJournal.Failure.self) { try OpeningJournal(path: path).append(Self.entry(.begins)) }
            try FileManager.default.createSymbolicLink(atPath: path + ".link", withDestinationPath: path)
            #expect(throws: OpeningJournal.Failure.self) { try OpeningJournal(path: path + ".link").append(Self.entry(.begins)) }
            #expect(throws: OpeningJournal.Failure.self) { try OpeningJournal(path: path + "/gone/x").append(Self.entry(.begins)) }
            #expect(throws: OpeningJournal.Failure.self) { try OpeningJournal(path: "/dev/full").append(Self.entry(.begins)) }
        }
    }

    @Test("Two processes that append at once keep the chain")
    func concurrency() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { for _ in 0..<20 { try OpeningJournal(path: path).append(Self.entry(.begins)) } } }
            try await group.waitForAll()
        }
        #expect(try OpeningJournal(path: path).firstBrokenLine() == nil)
        #expect(try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").count == 160)
    }
}
