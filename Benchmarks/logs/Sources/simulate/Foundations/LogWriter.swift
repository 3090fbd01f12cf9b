import Foundation

/// One log file, written in megabytes.
final class LogWriter {
    let path: String
    private(set) var written = 0
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private static let chunk = 1 << 20

    init(_ path: String) {
        self.path = path
        descriptor = path == "-" ? 1 : open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard descriptor >= 0 else { stop("cannot write \(path)") }
        buffer.reserveCapacity(Self.chunk + 65_536)
    }

    @inline(__always)
    func append(_ bytes: ArraySlice<UInt8>) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.chunk { flush() }
    }

    func append(_ text: String) { append(Array(text.utf8)[...]) }

    func flush() {
        buffer.withUnsafeBytes { write($0) }
        buffer.removeAll(keepingCapacity: true)
    }

    func write(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes
        while let base = rest.baseAddress, !rest.isEmpty {
            let count = Foundation.write(descriptor, base, rest.count)
            guard count > 0 else { stop("cannot write \(path): \(String(cString: strerror(errno)))") }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            written += count
        }
    }

    /// Dates the file as if its writer had just stopped: stamps without a year are read by that.
    func close(modified: Moment? = nil) {
        flush()
        if let modified {
            let stamp = timespec(tv_sec: Int(modified / second), tv_nsec: 0)
            let times = [stamp, stamp]
            _ = times.withUnsafeBufferPointer { futimens(descriptor, $0.baseAddress) }
        }
        if descriptor > 2 { Foundation.close(descriptor) }
    }
}

/// Ends the program: a bench that can't write has nothing to say.
func stop(_ message: String) -> Never {
    FileHandle.standardError.write(Data("simulate: \(message)\n".utf8))
    exit(2)
}
