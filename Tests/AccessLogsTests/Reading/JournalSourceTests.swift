import AccessLogs
import ExternalTools
import Foundation
import TestSupport
import Testing

@Suite struct JournalSourceTests {
    @Test func journalctlIsAskedForWhatIsNeeded() {
        let since = Date(timeIntervalSince1970: 1_767_323_045.9)
        let following = JournalSource.arguments(files: [], since: since, isFollowing: true)
        #expect(following.contains("--follow") && following.contains("--no-tail") && following.contains("--since=@1767323045"))
        let live = JournalSource.arguments(files: [], since: nil, isFollowing: true)
        #expect(live.contains("--lines=0") && !live.contains("--no-tail"))
        let files = JournalSource.arguments(files: ["/a b.journal"], since: nil, isFollowing: false)
        #expect(files.contains("--file=/a b.journal") && !files.contains("--follow") && files.contains("--output=json"))
    }

    @Test func aFileThatIsNoJournalIsAFailureWithAReason() async throws {
        try await offThePool { try Self.readNoJournal() }
    }

    private static func readNoJournal() throws {
        let folder = try ReadingFolder()
        let path = try folder.write("x.journal", Data("no journal".utf8))
        #expect(!JournalSource.isJournal(path: path))
        let source = try JournalSource(files: [path])
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: LineCutter.minimumCapacity, alignment: 16)
        defer { buffer.deallocate() }
        while !source.isAtEnd { #expect(try source.next(into: buffer) == nil) }
        guard case .failed = source.failure?.problem else {
            Issue.record("\(String(describing: source.failure))")
            return
        }
    }

    @Test func followingEndsWithItsReader() throws {
        let source = try JournalSource(isFollowing: true)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: LineCutter.minimumCapacity, alignment: 16)
        defer { buffer.deallocate() }
        #expect(try source.next(into: buffer, patience: .milliseconds(1)) == nil)
    }
}
