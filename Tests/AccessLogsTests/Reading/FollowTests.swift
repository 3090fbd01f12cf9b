import AccessLogs
import Foundation
import LogFormats
import Testing

@Suite struct FollowTests {
    /// A followed file whose lines are collected; looks only when told to.
    private final class Watched {
        let file: FollowedFile
        var lines: [String] = []
        var notices: [FollowedFile.Notice] = []
        private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: LineCutter.minimumCapacity, alignment: 16)

        init(_ file: FollowedFile) { self.file = file }
        deinit { buffer.deallocate() }

        func look() throws {
            while let chunk = try file.advance(into: buffer) {
                lines += buffer[0..<chunk.lines.count].split(separator: 0x0A).map { String(decoding: $0.drop { $0 == 0 }, as: UTF8.self) }
            }
            notices += file.takeNotices()
        }
    }

    private func rotate(_ folder: ReadingFolder, _ options: String) throws {
        // logrotate refuses what others may write.
        #expect(chmod(folder.path, 0o700) == 0)
        let user = getuid() == 0 ? "su root root\n" : ""
        try folder.write("rotate.conf", Data("\(user)\(folder.file("a.log")) {\n rotate 9\n missingok\n \(options)\n}\n".utf8))
        #expect(chmod(folder.file("rotate.conf"), 0o600) == 0)
        #expect(try folder.run("/usr/sbin/logrotate", ["-f", "-s", folder.file("state"), folder.file("rotate.conf")]) == 0)
    }

    private static let rotations = [
        "create", "create\n compress", "create\n compress\n delaycompress", "copytruncate", "copytruncate\n compress",
        "create\n dateext\n dateformat -%Y%m%d0",
        "nocreate", "copytruncate\n dateext\n dateformat -%Y%m%d0",
    ]

    @Test(arguments: rotations)
    func noLineIsLostOrReadTwiceThroughRotations(_ options: String) throws {
        let folder = try ReadingFolder()
        try folder.append("a.log", "old\n")
        let watched = Watched(FollowedFile(path: folder.file("a.log"), from: nil))
        var expected: [String] = []
        var number = 0
        func write(_ count: Int) throws {
            for _ in 0..<count {
                number += 1
                expected.append("line \(number)")
                try folder.append("a.log", "line \(number)\n")
            }
        }
        for round in 0..<6 {
            try write(3)
            if round % 2 == 0 { try watched.look() }
            // Lines that nobody looked at before the rotation.
            try write(2)
            try rotate(folder, options.replacing("%d0", with: "%d0\(round)"))
            try write(round % 3)
            try watched.look()
        }
        #expect(watched.lines == expected)
        #expect(!watched.notices.contains(.tailLost))
        #expect(watched.notices.contains(options.hasPrefix("copytruncate") ? .truncated : .rotated))
    }

    @Test func aServerThatWritesOnToTheRenamedFileIsHeard() throws {
        let folder = try ReadingFolder()
        try folder.append("a.log", "")
        let watched = Watched(FollowedFile(path: folder.file("a.log"), from: 0))
        try folder.append("a.log", "1\n")
        try watched.look()
        try FileManager.default.moveItem(atPath: folder.file("a.log"), toPath: folder.file("a.log.1"))
        try folder.append("a.log", "new\n")
        try watched.look()
        try folder.append("a.log.1", "2\n")
        try watched.look()
        #expect(watched.lines == ["1", "new", "2"])
    }

    @Test func aRenamedFileIsLeftAfterAWhileWithTheLineItEndsWith() throws {
        let folder = try ReadingFolder()
        try folder.append("a.log", "")
        let watched = Watched(FollowedFile(path: folder.file("a.log"), from: 0, patience: 3))
        try folder.append("a.log", "1\nhalf")
        try watched.look()
        try FileManager.default.moveItem(atPath: folder.file("a.log"), toPath: folder.file("a.log.1"))
        try folder.append("a.log", "new\n")
        for _ in 0..<8 { try watched.look() }
        #expect(watched.lines == ["1", "new", "half"])
        try folder.append("a.log.1", "too late\n")
        try watched.look()
        #expect(watched.lines.count == 3)
    }

    @Test(arguments: ["create", "create\n compress", "copytruncate", "copytruncate\n compress"])
    func filesThatCameAndWentBetweenTwoLooksAreRead(_ options: String) throws {
        let folder = try ReadingFolder()
        try folder.append("a.log", "1\n")
        let watched = Watched(FollowedFile(path: folder.file("a.log"), from: 0))
        try watched.look()
        for round in 2...5 {
            try rotate(folder, options)
            try folder.append("a.log", "\(round)\n")
        }
        try watched.look()
        #expect(watched.lines == ["1", "2", "3", "4", "5"])
    }

    @Test func aFileThatIsNotThereYetIsReadFromItsBeginning() throws {
        let folder = try ReadingFolder()
        let watched = Watched(FollowedFile(path: folder.file("a.log"), from: nil))
        try watched.look()
        #expect(watched.notices == [.missing])
        try folder.append("a.log", "1\n")
        try watched.look()
        try FileManager.default.removeItem(atPath: folder.file("a.log"))
        try watched.look()
        try folder.append("a.log", "2\n")
        try watched.look()
        #expect(watched.lines == ["1", "2"])
    }

    @Test func aHalfWrittenLineWaitsForItsEnd() throws {
        let folder = try ReadingFolder()
        try folder.append("a.log", "one\ntw")
        let watched = Watched(FollowedFile(path: folder.file("a.log"), from: nil))
        try watched.look()
        #expect(watched.lines == [])
        try folder.append("a.log", "o\nthree")
        try watched.look()
        #expect(watched.lines == ["two"])
    }

    @Test func aFileThatWasCutAndGrewLargerIsReadAnew() throws {
        let folder = try ReadingFolder()
        try folder.append("a.log", "one\n")
        let watched = Watched(FollowedFile(path: folder.file("a.log"), from: 0))
        try watched.look()
        try folder.write("b", Data("something\nelse\n".utf8))
        let handle = try #require(FileHandle(forUpdatingAtPath: folder.file("a.log")))
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: Data("something\nelse\n".utf8))
        try watched.look()
        #expect(watched.lines == ["one", "something", "else"])
        #expect(watched.notices == [.truncated, .tailLost])
    }

    @Test func aWriterThatKeepsItsPlaceLeavesAHole() throws {
        let folder = try ReadingFolder()
        try folder.append("a.log", "")
        let handle = try #require(FileHandle(forUpdatingAtPath: folder.file("a.log")))
        let watched = Watched(FollowedFile(path: folder.file("a.log"), from: 0))
        try handle.write(contentsOf: Data((String(repeating: "x", count: 400_000) + "\n").utf8))
        try handle.write(contentsOf: Data("one\n".utf8))
        try watched.look()
        try rotate(folder, "copytruncate")
        try handle.write(contentsOf: Data("two\n".utf8))
        try watched.look()
        #expect(watched.lines.map { String($0.prefix(3)) } == ["xxx", "one", "two"])
    }

    @Test func followingGoesOnWhereReadingEnded() throws {
        let folder = try ReadingFolder()
        try folder.append("a.log", "one\ntwo\n")
        let cutter = try LineCutter(path: folder.file("a.log"), capacity: LineCutter.minimumCapacity)
        // Rotated between reading and following.
        try folder.append("a.log", "three\n")
        try rotate(folder, "create")
        try folder.append("a.log", "four\n")
        let watched = Watched(FollowedFile(path: folder.file("a.log"), from: cutter.size, of: cutter.identity))
        try watched.look()
        #expect(watched.lines == ["three", "four"])
    }

    @Test func aVeryLongLineIsCut() throws {
        let folder = try ReadingFolder()
        try folder.append("a.log", "")
        let watched = Watched(FollowedFile(path: folder.file("a.log"), from: 0))
        for _ in 0..<20 {
            try folder.append("a.log", String(repeating: "x", count: 100_000))
            try watched.look()
        }
        try folder.append("a.log", "\nnext\n")
        try watched.look()
        #expect(watched.lines.map(\.utf8.count) == [LineScanner.lineLimit + 1, 4])
    }

    @Test func theFollowerGivesLinesUntilItIsStopped() throws {
        let folder = try ReadingFolder()
        let files = ["a.log", "b.log"].map { FollowedFile(path: folder.file($0), from: 0) }
        try folder.append("a.log", "one\n")
        try folder.append("b.log", "two\n")
        var seen: Set<String> = []
        LogFollower(files, interval: .milliseconds(1)).run(isStopped: { _ in seen.count == 2 }) { index, bytes, _ in
            seen.insert("\(index) \(String(decoding: bytes, as: UTF8.self))")
        }
        #expect(seen == ["0 one\n", "1 two\n"])
    }
}
