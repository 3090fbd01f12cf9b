import Datastores
import Glibc

/// One thread's part of a scan.
final class RemanenceReader {
    /// Read before and behind a piece: more than a value and a page's header are long.
    private static let margin = 1024

    private let work: RemanenceWork
    private let buffer: UnsafeMutableRawBufferPointer
    private let joint: UnsafeMutableRawBufferPointer
    private var finds: RemanenceFinds
    private var gaps: [String] = []

    init(_ work: RemanenceWork) {
        self.work = work
        buffer = .allocate(byteCount: RemanenceWork.unitLength + 2 * Self.margin, alignment: 64)
        joint = .allocate(byteCount: 2 * (RemanenceNeedles.longest - 1), alignment: 64)
        finds = RemanenceFinds(columns: 0)
    }

    deinit {
        for memory in [buffer, joint] {
            if let base = memory.baseAddress { explicit_bzero(base, memory.count) }
            memory.deallocate()
        }
    }

    func run(isCancelled: () -> Bool) {
        while let unit = work.next() {
            if isCancelled() { return work.cancel() }
            finds = RemanenceFinds(columns: work.columns)
            gaps = []
            look(unit)
            work.finish(unit, finds, gaps: gaps)
        }
    }

    private func look(_ unit: RemanenceWork.Unit) {
        let file = work.files[unit.file]
        do {
            if let content = try DecompressedFile(path: file.path) {
                guard unit.range.lowerBound == 0 else { return }
                // A file may begin like a compressed one by chance. What was found isn't to be counted twice.
                if !decompress(content, file), finds.occurrences == 0 {
                    finds.isCompressed = false
                    for start in stride(from: 0, to: file.size, by: RemanenceWork.unitLength) {
                        readPlain(file, start..<min(start + RemanenceWork.unitLength, file.size))
                    }
                }
                return
            }
        } catch {
            if unit.range.lowerBound == 0 { gaps.append(error.reason) }
            return
        }
        readPlain(file, unit.range)
    }

    // MARK: Plain files

    private func readPlain(_ file: RemanenceFolder.File, _ range: Range<Int>) {
        let descriptor = open(file.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard descriptor >= 0 else {
            gaps.append(String(cString: strerror(errno)))
            return
        }
        defer { close(descriptor) }
        let start = max(0, range.lowerBound - Self.margin)
        let bytes = read(descriptor, start, min(file.size, range.upperBound + Self.margin) - start)
        if range.lowerBound == 0, let why = OpaqueFormat.reason(bytes) { gaps.append(why) }
        finds.bytes += max(0, min(bytes.count + start, range.upperBound) - range.lowerBound)
        // A value belongs to the piece in which it begins.
        let own = range.lowerBound - start..<range.upperBound - start
        work.index.search(UnsafeRawBufferPointer(rebasing: bytes.dropFirst(own.lowerBound))) { needle, found in
            guard own.contains(found.lowerBound + own.lowerBound) else { return }
            note(needle, range.lowerBound + found.lowerBound)
        }
        if let pages = RemanenceFileKind(path: file.name).pages { searchJoints(pages, bytes, start, range) }
    }

    /// As much of the piece as is there.
    private func read(_ descriptor: Int32, _ offset: Int, _ count: Int) -> UnsafeRawBufferPointer {
        var filled = 0
        while filled < count {
            let length = pread(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled))
            if length < 0, errno == EINTR { continue }
            if length < 0 { gaps.append("\(String(cString: strerror(errno))), at byte \(offset + filled)") }
            if length == 0 { gaps.append("it became shorter while it was read") }
            guard length > 0 else { break }
            filled += length
        }
        return UnsafeRawBufferPointer(rebasing: buffer[0..<filled])
    }

    /// Looks at values that a page's trailer and the next page's header interrupt.
    private func searchJoints(_ pages: PageLayout, _ bytes: UnsafeRawBufferPointer, _ start: Int, _ range: Range<Int>) {
        let reach = RemanenceNeedles.longest - 1
        var border = max(pages.size, (range.lowerBound + pages.size - 1) / pages.size * pages.size)
        while border < range.upperBound {
            let left = max(0, border - start - pages.trailer - reach)..<border - start - pages.trailer
            let right = border - start + pages.header..<min(bytes.count, border - start + pages.header + reach)
            border += pages.size
            guard right.lowerBound < right.upperBound, left.upperBound <= bytes.count else { continue }
            UnsafeMutableRawBufferPointer(rebasing: joint[0...]).copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[left]))
            UnsafeMutableRawBufferPointer(rebasing: joint[left.count...]).copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[right]))
            work.index.search(UnsafeRawBufferPointer(rebasing: joint[0..<left.count + right.count])) { needle, found in
                guard found.lowerBound < left.count, found.upperBound > left.count else { return }
                note(needle, start + left.lowerBound + found.lowerBound)
            }
        }
    }

    // MARK: Compressed files

    /// False when it can't be read to its end.
    private func decompress(_ content: DecompressedFile, _ file: RemanenceFolder.File) -> Bool {
        finds.isCompressed = true
        let carried = RemanenceNeedles.longest - 1
        var (kept, offset, isAtEnd, isWhole) = (0, 0, false, true)
        while !isAtEnd {
            var filled = kept
            do {
                while filled < 1 << 20 {
                    let count = try content.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<1 << 20]))
                    guard count > 0 else {
                        isAtEnd = true
                        break
                    }
                    filled += count
                }
            } catch {
                gaps.append(error.reason)
                (isAtEnd, isWhole) = (true, false)
            }
            // What ends in the part that was carried over has been counted.
            work.index.search(UnsafeRawBufferPointer(rebasing: buffer[0..<filled])) { needle, found in
                guard found.upperBound > kept else { return }
                note(needle, offset + found.lowerBound)
            }
            finds.bytes += filled - kept
            let next = min(carried, filled)
            if let base = buffer.baseAddress { memmove(base, base + filled - next, next) }
            offset += filled - next
            kept = next
        }
        return isWhole
    }

    private func note(_ needle: Int, _ offset: Int) { finds.note(needle: needle, column: Int(work.index.columns[needle]), offset: offset) }
}

/// Formats that compress what they hold in a way that isn't read through.
enum OpaqueFormat {
    private static let beginnings: [([UInt8], String)] = [
        (Array("PGDMP".utf8), "in pg_dump's custom format, compressed inside: write it out with pg_restore -f FILE, and scan that"),
        ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "compressed by xz"),
        (Array("BZh".utf8), "compressed by bzip2"), ([0x04, 0x22, 0x4D, 0x18], "compressed by lz4"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7z archive"),
    ]

    /// Nil when the bytes may be looked at as they are.
    static func reason(_ beginning: UnsafeRawBufferPointer) -> String? {
        beginnings.first { beginning.starts(with: $0.0) }.map { format in
            format.1.contains("scan that") ? format.1 : "\(format.1), which isn't read through: decompress it first"
        }
    }
}
