import Foundation
import LogFormats

/// Looks at the beginnings of a source's files: their formats and their order.
struct FilePlanner {
    let zone: TimeZone
    let fieldMap: [String: String]
    /// What the user says that the files are; nil: by their content.
    let format: LogFormat?
    /// False stops what takes long: then the plan is not whole.
    var goesOn: @Sendable () -> Bool = { true }
    /// How far the journal is read back; nil: to its beginning.
    var since: Date?

    struct Plan {
        var files: [PlannedFile] = []
        /// Files that can't be read, and files of no format that is known.
        var failures: [(path: String, error: LogFileError?)] = []
    }

    private struct Probe {
        var file: PlannedFile
        var head: [UInt8]
        var firstTime: Int64?
    }

    /// In the order of their first events; of copies (a log and its fresh .gz) the largest only.
    func plan(_ paths: [String]) -> Plan {
        var plan = Plan()
        var probes: [Probe] = []
        for path in paths where goesOn() {
            do throws(LogFileError) {
                if let probe = try probe(path) { probes.append(probe) } else { plan.failures.append((path, nil)) }
            } catch {
                plan.failures.append((path, error))
            }
        }
        var seen: Set<[UInt8]> = []
        plan.files = probes.sorted { ($0.file.size, $1.file.path) > ($1.file.size, $0.file.path) }
            .filter { $0.head.isEmpty || seen.insert($0.head).inserted }
            .sorted { ($0.firstTime ?? .max, $0.file.path) < ($1.firstTime ?? .max, $1.file.path) }
            .map(\.file)
        return plan
    }

    private static let headSize = 64 << 10
    private static let longestHole = 4 << 30
    private static let headLength = 4_096

    /// Nil when there is enough to see that the file is in no known format.
    private func probe(_ path: String) throws(LogFileError) -> Probe? {
        if let input = try LogInput(path: path, since: since) { return probe(input, path) }
        let reader = try LogFileReader(path: path)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.headSize, alignment: 16)
        defer { buffer.deallocate() }
        var filled = 0
        do throws(LogFileError) {
            var hole = 0
            while filled < buffer.count {
                let count = try reader.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
                if count == 0 { break }
                filled += count
                // A log that was cut under a writing server begins with a hole: what the file is shows behind it.
                if filled == buffer.count, hole < Self.longestHole, buffer.allSatisfy({ $0 == 0 }) { (filled, hole) = (0, hole + filled) }
            }
        } catch {
            // The reading proper will meet it again, after the lines before it.
            if filled == 0 { throw error }
        }
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[0..<filled])
        let lines = Self.lines(of: bytes, isWhole: filled < buffer.count).filter { !$0.allSatisfy(Self.isBlank) }
        var context = LogContext(zone: zone, modified: Self.modified(path), path: path, fieldMap: fieldMap)
        let found = format ?? FormatDetector.detect(lines, context)?.format
        // An empty file is of any format, and has nothing to say.
        guard let format = found ?? (lines.isEmpty ? LogFormat.all.first : nil) else { return nil }
        if format.isYearless { context.newYears = try Self.newYears(path, zone, context.modified, goesOn: goesOn) }
        let file = PlannedFile(path: path, format: format, context: context, size: reader.size)
        return Probe(file: file, head: Self.head(of: bytes), firstTime: Self.firstTime(lines, format, context))
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x0D || byte == 0x20 || byte == 0x09 || byte == 0 }

    /// What tells whether two files are the same log. Logs that were cut under a writing server begin with a hole, and all holes are alike: what
    /// follows counts, and where nothing does the file is like no other.
    private static func head(of bytes: UnsafeRawBufferPointer) -> [UInt8] {
        guard let start = bytes.firstIndex(where: { $0 != 0 }) else { return [] }
        return Array(bytes[start...].prefix(headLength))
    }

    /// Of what can be read only once, and is not counted through beforehand.
    private func probe(_ input: LogInput, _ path: String) -> Probe? {
        let head = input.reader.peek(Self.headSize)
        let context = LogContext(zone: zone, modified: Date(), path: path, fieldMap: fieldMap)
        return head.withUnsafeBytes { bytes -> Probe? in
            let lines = Self.lines(of: bytes, isWhole: bytes.count < Self.headSize)
            let found = format ?? FormatDetector.detect(lines, context)?.format
            guard let format = found ?? (lines.isEmpty ? LogFormat.all.first : nil) else { return nil }
            var file = PlannedFile(path: path, format: format, context: context, size: 0)
            file.input = input
            return Probe(file: file, head: Array(bytes.prefix(4_096)), firstTime: Self.firstTime(lines, format, context))
        }
    }

    static func lines(of bytes: UnsafeRawBufferPointer, isWhole: Bool) -> [UnsafeRawBufferPointer] {
        var lines: [UnsafeRawBufferPointer] = []
        var start = 0
        while start < bytes.count, bytes[start] == 0 { start += 1 }
        while lines.count < FormatDetector.sampleLines, start < bytes.count {
            guard let newline = bytes.next(0x0A, from: start) else {
                if isWhole || lines.isEmpty { lines.append(bytes.part(start..<bytes.count)) }
                break
            }
            lines.append(bytes.part(start..<newline))
            start = newline + 1
        }
        return lines
    }

    private static func firstTime(_ lines: [UnsafeRawBufferPointer], _ format: LogFormat, _ context: LogContext) -> Int64? {
        var parser = format.makeParser(context)
        var event = LogEvent()
        for line in lines where parser.parse(line, into: &event) == .event && event.time != LogEvent.noTime { return event.time }
        return parser.finish(into: &event) == .event && event.time != LogEvent.noTime ? event.time : nil
    }

    /// Stamps without a year say how often a year ended only when all have been seen.
    static func newYears(
        _ path: String, _ zone: TimeZone, _ modified: Date?, goesOn: () -> Bool = { true }
    ) throws(LogFileError) -> Int {
        let cutter = try LineCutter(path: path, capacity: LogChunk.size)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: LogChunk.size, alignment: 64)
        defer { buffer.deallocate() }
        var counter = NewYearCounter()
        do throws(LogFileError) {
            while goesOn(), let cut = try cutter.next(into: buffer) {
                let bytes = UnsafeRawBufferPointer(rebasing: buffer[0..<cut.count])
                var start = 0
                while start < bytes.count {
                    let end = bytes.next(0x0A, from: start) ?? bytes.count
                    counter.consume(bytes.part(start..<end))
                    start = end + 1
                }
            }
        } catch {
            // The reading proper meets it again.
        }
        return counter.newYears(zone: zone, modified: modified)
    }

    static func modified(_ path: String) -> Date? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Date(timeIntervalSince1970: TimeInterval(status.st_mtim.tv_sec))
    }
}
