import AccessLogs
import Foundation
import LogFormats
import Testing

@Suite struct StandardInputTests {
    private final class Pipe {
        let reading: Int32
        private var writing: Int32

        init() throws {
            var ends: [Int32] = [0, 0]
            guard pipe(&ends) == 0 else { throw CocoaError(.fileReadUnknown) }
            (reading, writing) = (ends[0], ends[1])
        }

        deinit {
            end()
            close(reading)
        }

        func write(_ text: String) { _ = Array(text.utf8).withUnsafeBytes { Foundation.write(writing, $0.baseAddress, $0.count) } }

        func end() {
            if writing >= 0 { close(writing) }
            writing = -1
        }
    }

    private func take(_ log: StandardInputLog) throws -> String? {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: LineCutter.minimumCapacity, alignment: 16)
        defer { buffer.deallocate() }
        return try log.nextLines(into: buffer).map { String(decoding: buffer[0..<$0.lines.count], as: UTF8.self) }
    }

    @Test func linesAreGivenWhenTheyAreWholeAndNobodyIsWaitedFor() throws {
        let pipe = try Pipe()
        let log = StandardInputLog(descriptor: pipe.reading)
        #expect(try take(log) == nil)
        pipe.write("one\ntw")
        #expect(try take(log) == "one\n")
        #expect(try take(log) == nil)
        pipe.write("o\nthree")
        #expect(try take(log) == "two\n")
        #expect(!log.isAtEnd)
        pipe.end()
        #expect(try take(log) == "three")
        #expect(try take(log) == nil)
        #expect(log.isAtEnd)
    }
}
