import AccessLogs
import Foundation
import LogFormats
import TestSupport

/// A temporary folder for the files of one test, and ways to read them.
final class ReadingFolder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("suwen-reading-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    @discardableResult
    func write(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
        return file(name)
    }

    /// As a server does: opened for appending.
    func append(_ name: String, _ text: String) throws {
        let descriptor = open(file(name), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
        defer { close(descriptor) }
        _ = Array(text.utf8).withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
    }

    /// Runs a program of the system and waits for it; its exit status.
    @discardableResult
    func run(_ program: String, _ arguments: [String]) throws -> Int32 {
        try SpawnedProgram(program, arguments).wait()
    }
}

/// What a file came to when it was cut into lines, as the engine does it.
struct CutFile {
    var lines: [[UInt8]] = []
    var offsets: [Int] = []
    var cut = 0
    var lastSeen = 0
    var isHalfWritten = false
    var failure: LogFileError?

    init(_ path: String, capacity: Int = LineCutter.minimumCapacity) throws {
        let cutter = try LineCutter(path: path, capacity: capacity)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            do {
                guard let chunk = try cutter.next(into: buffer) else { break }
                add(UnsafeRawBufferPointer(rebasing: buffer[0..<chunk.count]), chunk)
            } catch {
                failure = error
            }
        }
    }

    private mutating func add(_ bytes: UnsafeRawBufferPointer, _ chunk: CutChunk) {
        if chunk.isLast { lastSeen += 1 }
        var start = 0
        while start < bytes.count {
            let newline = bytes.next(0x0A, from: start)
            let end = newline ?? bytes.count
            while start < end, bytes[start] == 0 { start += 1 }
            if start < end {
                let isCut = end - start > LineScanner.lineLimit
                lines.append(Array(bytes[start..<(isCut ? start + LineScanner.lineLimit : end)]))
                offsets.append(chunk.offset + start)
                if isCut { cut += 1 }
                if newline == nil, chunk.isLast, !isCut { isHalfWritten = true }
            }
            start = end + 1
        }
    }
}
