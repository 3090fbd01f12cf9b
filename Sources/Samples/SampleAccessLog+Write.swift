package import Foundation

extension SampleAccessLog {
    /// Writes the log to one file, compressed when its name ends in `.gz`; it appears when it is complete.
    /// - Parameter progress: lines done so far; called some hundred times at most.
    package func write(to file: URL, overwrite: Bool = false, progress: (Int) -> Void = { _ in }) throws -> GroundTruth {
        let output = try AtomicFile(file.path, overwrite: overwrite)
        var meter = Meter(total: lines)
        var last: Int?
        var buffer: [UInt8] = []
        let truth = try generate { hour, bytes in
            last = hour
            buffer.append(contentsOf: bytes)
            if buffer.count >= 1 << 20 {
                try output.write(buffer)
                buffer.removeAll(keepingCapacity: true)
            }
            meter.add(bytes, progress)
        }
        try output.write(buffer)
        try output.finish(modified: truth.last ?? last)
        return truth
    }

    /// Writes the log as logrotate would leave it: the latest part in `access.log`, the one before in `access.log.1`, older ones in
    /// `access.log.2.gz` and so on. The parts are equally long and begin at full hours, each file's modification time is that of its end.
    /// - Parameter files: how many parts, at least 1. A part without events gives an empty file.
    package func writeRotated(
        in directory: URL, files: Int, name: String = "access.log", overwrite: Bool = false, progress: (Int) -> Void = { _ in }
    ) throws -> GroundTruth {
        let count = min(max(1, files), 1_000)
        let start = SampleAccessLog.seconds(from)
        let end = SampleAccessLog.seconds(to)
        guard start < end else { throw SampleError.emptyPeriod }
        let part = max(3_600, (end - start + count - 1) / count)
        let names = (0..<count).map { index in
            let age = count - 1 - index
            return age == 0 ? name : age == 1 ? "\(name).1" : "\(name).\(age).gz"
        }
        // All of them are opened at once, so that an existing file is found before anything is written.
        let outputs = try names.map { try AtomicFile(directory.appendingPathComponent($0).path, overwrite: overwrite) }
        var meter = Meter(total: lines)
        let truth = try generate { hour, bytes in
            try outputs[min((hour - start) / part, count - 1)].write(bytes)
            meter.add(bytes, progress)
        }
        for (index, output) in outputs.enumerated() { try output.finish(modified: min(end, start + (index + 1) * part)) }
        return truth
    }
}

/// Counts lines and tells of each hundredth.
private struct Meter {
    let total: Int
    var done = 0
    var told = 0

    init(total: Int) { self.total = total }

    mutating func add(_ bytes: [UInt8], _ progress: (Int) -> Void) {
        for byte in bytes where byte == 0x0A { done += 1 }
        guard done - told >= max(1, total / 100) else { return }
        told = done
        progress(done)
    }
}
