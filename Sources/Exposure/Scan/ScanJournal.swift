import Foundation
import Glibc
import Network
import Synchronization

/// What a scan has done so far, in a file that is only ever appended to: a scan that was killed goes on where it was.
///
/// Its first line names the scan, so that no other one takes it up; each further line is an address that is done with. A line that was cut off is no
/// line. Holds addresses and port numbers only. Mode 0600.
package final class ScanJournal: Sendable {
    package enum Failure: Error, CustomStringConvertible {
        case otherScan(String)
        case otherFile(String)
        case inUse(String)
        case system(String, Int32)

        package var description: String {
            switch self {
            case .otherScan(let path): "\(path): belongs to a scan of other targets, ports or scope; name another file with --journal, or remove it"
            case .otherFile(let path): "\(path): is no journal of a scan; name another file with --journal"
            case .inUse(let path): "\(path): another scan is writing it; wait for it, or name another file with --journal"
            case .system(let path, let code): "\(path): \(String(cString: strerror(code)))"
            }
        }
    }

    /// Addresses that are done with, from the runs before.
    package let settled: [AddressSweep]
    private let descriptor: Mutex<Int32>
    package let path: String

    private static let format = "suwen.scan-journal/1"

    /// - Parameters:
    ///   - scan: names the scan: a digest of its targets, ports and scope.
    ///   - resuming: goes on with the file when it is there; otherwise a new one takes its place.
    package init(path: String, scan: String, resuming: Bool) throws(Failure) {
        self.path = path
        let head = "\(Self.format) \(scan)"
        let file = open(path, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .system(path, errno) }
        func fail(_ failure: Failure) -> Failure {
            close(file)
            return failure
        }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else { throw fail(errno == EWOULDBLOCK ? .inUse(path) : .system(path, errno)) }
        let data = FileManager.default.contents(atPath: path) ?? Data()
        // Nobody else's file is touched.
        guard data.isEmpty || data.starts(with: Self.format.utf8) else { throw fail(.otherFile(path)) }
        var known: [AddressSweep] = []
        var length = 0
        if resuming {
            // Whole lines only.
            let end = data.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
            let lines = data.prefix(end).split(separator: 0x0A)
            if let first = lines.first {
                guard first.elementsEqual(head.utf8) else { throw fail(.otherScan(path)) }
                known = lines.dropFirst().compactMap { Self.read(String(decoding: $0, as: UTF8.self)) }
                length = end
            }
        }
        guard ftruncate(file, off_t(length)) == 0 else { throw fail(.system(path, errno)) }
        settled = known
        descriptor = Mutex(file)
        if length == 0 { append(head) }
    }

    deinit { descriptor.withLock { _ = close($0) } }

    func write(_ sweep: AddressSweep) {
        let counts = [sweep.refused, sweep.silent, sweep.unreachable, sweep.exhausted, sweep.outOfScope].map(String.init).joined(separator: " ")
        // An address that this machine had no means to try wholly is tried again; one out of scope costs nothing.
        guard sweep.exhausted == 0, sweep.outOfScope == 0 else { return }
        append("\(sweep.target) \(sweep.address) \(counts) \(sweep.open.map(String.init).joined(separator: ","))")
    }

    /// The scan is done: nothing is left to go on with.
    package func remove() { unlink(path) }

    /// A journal that can't be written costs a later run time, and nothing else.
    private func append(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        descriptor.withLock { file in _ = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) } }
    }

    private static func read(_ line: String) -> AddressSweep? {
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 8, let target = Int(words[0]), target >= 0, let address = IPAddress(words[1]) else { return nil }
        let counts = words[2...6].compactMap { Int($0) }.filter { (0...65_535).contains($0) }
        let ports = words[7].split(separator: ",").map { UInt16($0) }
        guard counts.count == 5, !ports.contains(nil) else { return nil }
        var sweep = AddressSweep(target: target, address: address)
        (sweep.refused, sweep.silent, sweep.unreachable, sweep.exhausted, sweep.outOfScope) = (counts[0], counts[1], counts[2], counts[3], counts[4])
        sweep.open = ports.compactMap { $0 }
        return sweep
    }
}
