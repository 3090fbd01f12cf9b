import AccessLogs
import Foundation
import TestSupport
import Testing

@Suite struct CompressionTests {
    private static let text = (0..<60_000).map { "192.0.2.\($0 % 250) - - [02/Jan/2026:03:04:05 +0000] \"GET /p/\($0) HTTP/1.1\" 200 \($0)\n" }
        .joined()

    struct Tool: Sendable, CustomTestStringConvertible {
        var program: String
        var suffix: String
        var testDescription: String { suffix }
    }

    private static let tools = [
        Tool(program: "/usr/bin/gzip", suffix: ".gz"), Tool(program: "/usr/bin/zstd", suffix: ".zst"), Tool(program: "/usr/bin/xz", suffix: ".xz"),
    ]

    /// `text` in `parts` files, compressed each for itself and joined: members, frames, streams.
    private func compressed(_ tool: Tool, _ folder: ReadingFolder, parts: Int = 1) throws -> [UInt8] {
        let bytes = Array(Self.text.utf8)
        var joined: [UInt8] = []
        for part in 0..<parts {
            try folder.write("part\(part)", bytes[(bytes.count * part / parts)..<(bytes.count * (part + 1) / parts)])
            #expect(try folder.run(tool.program, ["-q", "-k", "-1", folder.file("part\(part)")]) == 0)
            joined += try Array(Data(contentsOf: URL(fileURLWithPath: folder.file("part\(part)" + tool.suffix))))
        }
        return joined
    }

    private func read(_ path: String) -> (text: String, failure: LogFileError?) {
        do {
            let cut = try CutFile(path)
            return (cut.lines.map { String(decoding: $0, as: UTF8.self) + "\n" }.joined(), cut.failure)
        } catch {
            return ("", error as? LogFileError)
        }
    }

    @Test(arguments: tools, [1, 3])
    func whatRealCompressorsWroteIsRead(_ tool: Tool, _ parts: Int) throws {
        let folder = try ReadingFolder()
        let path = try folder.write("a.log" + tool.suffix, compressed(tool, folder, parts: parts))
        let (text, failure) = read(path)
        #expect(text == Self.text && failure == nil)
    }

    @Test(arguments: tools)
    func aTruncatedFileGivesWhatCameBefore(_ tool: Tool) throws {
        let folder = try ReadingFolder()
        let whole = try compressed(tool, folder)
        for cut in [whole.count - 1, whole.count - 9, whole.count / 2, 40, 7] {
            let (text, failure) = read(try folder.write("a.log" + tool.suffix, whole[0..<cut]))
            #expect(failure == .truncated, "\(cut)")
            #expect(Self.text.utf8.starts(with: text.utf8.dropLast()), "\(cut)")
        }
        let (half, _) = read(try folder.write("a.log" + tool.suffix, whole[0..<(whole.count - 9)]))
        #expect(half.utf8.count > Self.text.utf8.count / 2)
    }

    @Test(arguments: tools)
    func aDamagedFileIsSaidToBe(_ tool: Tool) throws {
        let folder = try ReadingFolder()
        var bytes = try compressed(tool, folder)
        for index in (bytes.count / 2)..<(bytes.count / 2 + 64) { bytes[index] ^= 0x5A }
        let (text, failure) = read(try folder.write("a.log" + tool.suffix, bytes))
        #expect(failure == .damaged)
        #expect(text.utf8.count < Self.text.utf8.count)
    }

    @Test(arguments: tools)
    func anyMutationIsSafe(_ tool: Tool) throws {
        let folder = try ReadingFolder()
        let whole = try compressed(tool, folder)
        var random = SeededGenerator(seed: 3)
        for _ in 0..<15 {
            var bytes = whole
            for _ in 0..<(1 + random.next() % 3) {
                bytes[Int(random.next() % UInt64(min(bytes.count, 4_000)))] = UInt8(truncatingIfNeeded: random.next())
            }
            _ = read(try folder.write("a.log" + tool.suffix, bytes))
        }
    }

    @Test(arguments: [tools[0], tools[1]])
    func whatFollowsTheLastMemberIsNoLog(_ tool: Tool) throws {
        let folder = try ReadingFolder()
        let bytes = try compressed(tool, folder) + [UInt8](repeating: 0, count: 512)
        let (text, failure) = read(try folder.write("a.log" + tool.suffix, bytes))
        #expect(text == Self.text && failure == nil)
    }

    @Test(arguments: tools)
    func aBombIsImplausible(_ tool: Tool) throws {
        let folder = try ReadingFolder()
        try folder.write("zeros", [UInt8](repeating: 0, count: 48 << 20))
        #expect(try folder.run(tool.program, ["-q", "-1", folder.file("zeros")]) == 0)
        let part = try Data(contentsOf: URL(fileURLWithPath: folder.file("zeros" + tool.suffix)))
        let reader = try LogFileReader(path: folder.write("bomb" + tool.suffix, (0..<3).map { _ in part }.joined()), harmless: 100 << 20)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { buffer.deallocate() }
        #expect(throws: LogFileError.implausible) { while try reader.read(into: buffer) > 0 {} }
    }

    @Test func otherFilesAreRefusedByName() throws {
        let folder = try ReadingFolder()
        #expect(read(try folder.write("a.bz2", [0x42, 0x5A, 0x68, 0x39])).failure == .unsupportedCompression("bzip2"))
        #expect(read(folder.file("none")).failure == .vanished)
        #expect(read(folder.path).failure == .notAFile)
    }
}
