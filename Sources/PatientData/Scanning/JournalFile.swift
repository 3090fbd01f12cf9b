import Cryptography
import Foundation
import Glibc

/// The records of a ``ScanJournal``: each a head of 24 bytes (a magic, the lengths, the beginning of a SHA-256 of what follows), a JSON object,
/// and words of 64 bits. Numbers are little-endian.
struct JournalFile {
    let descriptor: Int32
    let path: String

    private static let magic: UInt32 = 0x314A_5753  // "SWJ1"
    private static let headLength = 24
    /// A longer object is none of ours.
    private static let longestHeader = 256 << 20

    /// Opens and locks the file, made with mode 0600.
    /// - Returns: the descriptor, and the path unless the file has no name.
    static func open(_ url: URL?) throws(ScanJournalError) -> (Int32, String?) {
        guard let url else {
            var template = Array((FileManager.default.temporaryDirectory.path + "/suwen-scan-XXXXXX").utf8CString)
            let descriptor = mkstemp(&template)
            guard descriptor >= 0 else { throw failure(FileManager.default.temporaryDirectory.path) }
            unlink(template)
            return (descriptor, nil)
        }
        let folder = url.deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw ScanJournalError(path: folder.path, problem: "can't be made; name another place for the scan's state")
        }
        let descriptor = Glibc.open(url.path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure(url.path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw ScanJournalError(path: url.path, problem: "another scan of the same stores is under way; wait for it or stop it")
        }
        return (descriptor, url.path)
    }

    private static func failure(_ path: String) -> ScanJournalError {
        ScanJournalError(path: path, problem: String(cString: strerror(errno)))
    }

    struct Record {
        var header: Data
        var marks: Int
        var end: Int
    }

    /// The record at `offset`; nil at the end, and where it isn't whole.
    func record(at offset: Int) -> Record? {
        guard let head = read(at: offset, count: Self.headLength) else { return nil }
        let (magic, length) = head.withUnsafeBytes {
            ($0.loadUnaligned(as: UInt32.self).littleEndian, Int($0.loadUnaligned(fromByteOffset: 4, as: UInt32.self).littleEndian))
        }
        let (words, digest) = head.withUnsafeBytes {
            ($0.loadUnaligned(fromByteOffset: 8, as: UInt64.self).littleEndian, Array($0[16..<24]))
        }
        guard magic == Self.magic, length <= Self.longestHeader, words <= 1 << 40 else { return nil }
        let marks = offset + Self.headLength + length
        let end = marks + Int(words) * 8
        guard let body = read(at: offset + Self.headLength, count: end - offset - Self.headLength), SHA256.hash(body).prefix(8) == digest[...] else {
            return nil
        }
        return Record(header: Data(body.prefix(length)), marks: marks, end: end)
    }

    /// - Returns: the offset behind the record.
    func append(_ header: some Encodable, marks: [[UInt64]], at offset: Int) throws(ScanJournalError) -> Int {
        guard let object = try? JSONEncoder().encode(header) else { throw ScanJournalError(path: path, problem: "can't be encoded") }
        let words = marks.reduce(0) { $0 + $1.count }
        var bytes = [UInt8](repeating: 0, count: Self.headLength)
        bytes.reserveCapacity(Self.headLength + object.count + words * 8)
        bytes.append(contentsOf: object)
        for block in marks { block.withUnsafeBytes { bytes.append(contentsOf: $0) } }
        let digest = SHA256.hash(bytes.dropFirst(Self.headLength)).prefix(8)
        bytes.withUnsafeMutableBytes { bytes in
            bytes.storeBytes(of: Self.magic.littleEndian, as: UInt32.self)
            bytes.storeBytes(of: UInt32(object.count).littleEndian, toByteOffset: 4, as: UInt32.self)
            bytes.storeBytes(of: UInt64(words).littleEndian, toByteOffset: 8, as: UInt64.self)
            UnsafeMutableRawBufferPointer(rebasing: bytes[16..<24]).copyBytes(from: digest)
        }
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done, off_t(offset + done)) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw ScanJournalError(path: path, problem: "can't be written: \(String(cString: strerror(errno)))") }
            done += count
        }
        return offset + bytes.count
    }

    func truncate(to length: Int) throws(ScanJournalError) {
        guard ftruncate(descriptor, off_t(length)) == 0 else { throw Self.failure(path) }
    }

    /// Hands the words to `body`, a mebibyte at a time.
    func readMarks(at offset: Int, count: Int, _ body: (UnsafeBufferPointer<UInt64>) -> Void) throws {
        let step = 128 << 10
        var buffer = [UInt64](repeating: 0, count: min(step, count))
        for start in stride(from: 0, to: count, by: step) {
            let words = min(step, count - start)
            let whole = buffer.withUnsafeMutableBytes {
                read(into: UnsafeMutableRawBufferPointer(rebasing: $0[..<(words * 8)]), at: offset + start * 8)
            }
            guard whole else { throw ScanJournalError(path: path, problem: "was cut off while it was in use") }
            buffer.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[..<words])) }
        }
    }

    private func read(at offset: Int, count: Int) -> [UInt8]? {
        // What isn't in the file can't be read: no memory is taken for it.
        var status = stat()
        guard fstat(descriptor, &status) == 0, offset + count <= Int(status.st_size) else { return nil }
        var bytes = [UInt8](repeating: 0, count: count)
        return bytes.withUnsafeMutableBytes { read(into: $0, at: offset) } ? bytes : nil
    }

    private func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Bool {
        var done = 0
        while done < buffer.count {
            let count = pread(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done, off_t(offset + done))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }
}
