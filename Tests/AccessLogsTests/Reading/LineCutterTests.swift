import AccessLogs
import Foundation
import LogFormats
import Synchronization
import TestSupport
import Testing

@Suite struct LineCutterTests {
    private static let limit = LineScanner.lineLimit

    /// Lines of lengths around every bound; some with NUL within, some empty, some far too long, between holes.
    private static func sample(_ seed: UInt64, endsWithNewline: Bool = true) -> (bytes: [UInt8], lines: [[UInt8]], offsets: [Int]) {
        var random = SeededGenerator(seed: seed)
        var bytes: [UInt8] = []
        var lines: [[UInt8]] = []
        var offsets: [Int] = []
        let slice = LineCutter.minimumCapacity - limit - 2
        while bytes.count < 5 * slice {
            if random.next() % 40 == 0 {
                bytes += [UInt8](repeating: 0, count: Int(random.next() % 3 == 0 ? random.next() % UInt64(slice * 2) : random.next() % 9))
            }
            let length: Int
            switch random.next() % 60 {
            case 0: length = limit + Int(random.next() % 3) - 1
            case 1: length = Int(random.next() % UInt64(3 * slice))
            case 2: length = max(0, slice - bytes.count % slice + Int(random.next() % 5) - 3)
            case 3: length = 0
            default: length = Int(random.next() % 3_000)
            }
            var line = (0..<length).map { _ in UInt8(0x20 + random.next() % 90) }
            if length > 4, random.next() % 9 == 0 { line[2] = 0 }
            if !line.isEmpty {
                offsets.append(bytes.count)
                lines.append(Array(line.prefix(limit)))
            }
            bytes += line + [0x0A]
        }
        if !endsWithNewline, lines.last?.isEmpty == false {
            bytes.removeLast()
            if bytes.last == 0x0A { return sample(seed &+ 1_000, endsWithNewline: false) }
        }
        return (bytes, lines, offsets)
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>, [true, false])
    func everyLineComesOnceInOrderHoweverTheFileIsCut(_ seed: UInt64, _ endsWithNewline: Bool) throws {
        let folder = try ReadingFolder()
        let (bytes, lines, offsets) = Self.sample(seed, endsWithNewline: endsWithNewline)
        let plain = try folder.write("a.log", bytes)
        #expect(try folder.run("/usr/bin/gzip", ["-1k", folder.file("a.log")]) == 0)
        for (path, capacity) in [
            (plain, LineCutter.minimumCapacity), (plain, 1 << 20), (plain + ".gz", LineCutter.minimumCapacity), (plain + ".gz", 1 << 20),
        ] {
            let cut = try CutFile(path, capacity: capacity)
            #expect(cut.lines == lines)
            #expect(cut.offsets == offsets)
            #expect(cut.lastSeen > 0)
            #expect(cut.failure == nil)
        }
    }

    @Test func severalThreadsShareAFile() throws {
        let folder = try ReadingFolder()
        let (bytes, lines, _) = Self.sample(99)
        let cutter = try LineCutter(path: folder.write("a.log", bytes), capacity: LineCutter.minimumCapacity)
        let found = Mutex<[Int: [UInt8]]>([:])
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: LineCutter.minimumCapacity, alignment: 16)
            defer { buffer.deallocate() }
            while let chunk = try? cutter.next(into: buffer) {
                let bytes = Array(buffer[0..<chunk.count])
                found.withLock { $0[chunk.index] = bytes }
            }
        }
        let chunks = found.withLock { $0 }
        #expect(chunks.keys.sorted() == Array(0..<chunks.count))
        let joined = chunks.keys.sorted().flatMap { chunks[$0] ?? [] }
        // Lines that were cut lack their newline.
        #expect(joined.filter { $0 == 0x0A }.count >= lines.count / 2)
        #expect(cutter.consumed == cutter.size)
    }

    @Test(arguments: ["", "\n", "\0\0\0", "a", "a\n", "\0\0a\n\0\0b", "\n\n\na"])
    func smallFilesAreRead(_ text: String) throws {
        let folder = try ReadingFolder()
        let path = try folder.write("a.log", text.utf8)
        #expect(try folder.run("/usr/bin/gzip", ["-k", folder.file("a.log")]) == 0)
        let expected = text.utf8.split(separator: 0x0A).map { Array($0.drop { $0 == 0 }) }.filter { !$0.isEmpty }
        for name in [path, path + ".gz"] {
            let cut = try CutFile(name)
            #expect(cut.lines == expected)
            #expect(cut.lastSeen >= 1)
            #expect(cut.isHalfWritten == (text.last.map { $0.isLetter } ?? false))
        }
    }

    @Test func aHundredMegabytesWithoutANewlineAreOneLine() throws {
        let folder = try ReadingFolder()
        let path = folder.file("a.log")
        #expect(FileManager.default.createFile(atPath: path, contents: nil))
        let handle = try #require(FileHandle(forWritingAtPath: path))
        for _ in 0..<100 { try handle.write(contentsOf: Data(repeating: 0x61, count: 1 << 20)) }
        try handle.write(contentsOf: Data("\nlast\n".utf8))
        try handle.close()
        #expect(try folder.run("/usr/bin/gzip", ["-1k", folder.file("a.log")]) == 0)
        for name in [path, path + ".gz"] {
            let cut = try CutFile(name, capacity: 1 << 20)
            #expect(cut.lines.map(\.count) == [Self.limit, 4])
            #expect(cut.cut == 1)
            #expect(cut.offsets == [0, (100 << 20) + 1])
        }
    }

    @Test func aLargeHoleBeforeTheFirstLineIsPassedOver() throws {
        let folder = try ReadingFolder()
        let path = folder.file("a.log")
        #expect(FileManager.default.createFile(atPath: path, contents: nil))
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.seek(toOffset: 64 << 20)
        try handle.write(contentsOf: Data("first\nsecond\n".utf8))
        try handle.close()
        let cut = try CutFile(path, capacity: 1 << 20)
        #expect(cut.lines.map { String(decoding: $0, as: UTF8.self) } == ["first", "second"])
        #expect(cut.offsets == [64 << 20, (64 << 20) + 6])
    }

    @Test func aFileThatIsCutMeanwhileEndsThere() throws {
        let folder = try ReadingFolder()
        let (bytes, _, _) = Self.sample(5)
        let path = try folder.write("a.log", bytes)
        let cutter = try LineCutter(path: path, capacity: LineCutter.minimumCapacity)
        #expect(truncate(path, 10) == 0)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: LineCutter.minimumCapacity, alignment: 16)
        defer { buffer.deallocate() }
        var total = 0
        while let chunk = try cutter.next(into: buffer) { total += chunk.count }
        #expect(total <= 10)
    }
}
