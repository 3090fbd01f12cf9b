package import Foundation
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
        case system(String, Int32)

        package var description: String {
            switch self {
            case .otherScan(let path): "\(path): belongs to a scan of other targets, ports or scope; name another file with --journal, or remove it"
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
        var known: [AddressSweep] = []
        var length = 0
        if resuming, let data = FileManager.default.contents(atPath: path) {
            // Whole lines only.
            let end = data.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
            let lines = data.prefix(end).split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
            guard lines.isEmpty || lines.first == head else { throw .otherScan(path) }
            known = lines.dropFirst().compactMap(Self.read)
            length = lines.isEmpty ? 0 : end
        }
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (length == 0 ? O_TRUNC : 0), 0o600)
        guard file >= 0 else { throw .system(path, errno) }
        guard ftruncate(file, off_t(length)) == 0, lseek(file, 0, SEEK_END) >= 0 else {
            let code = errno
            close(file)
            throw .system(path, code)
        }
        settled = known
        descriptor = Mutex(file)
        if length == 0 { append(head) }
    }

    deinit { descriptor.withLock { _ = close($0) } }

    func write(_ sweep: AddressSweep) {
        let counts = [sweep.refused, sweep.silent, sweep.unreachable, sweep.exhausted, sweep.outOfScope].map(String.init).joined(separator: " ")
        // An address that this machine had no means to try wholly is tried again.
        guard sweep.exhausted == 0 else { return }
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
        let counts = words[2...6].compactMap { Int($0) }.filter { $0 >= 0 }
        let ports = words[7].split(separator: ",").map { UInt16($0) }
        guard counts.count == 5, !ports.contains(nil) else { return nil }
        var sweep = AddressSweep(target: target, address: address)
        (sweep.refused, sweep.silent, sweep.unreachable, sweep.exhausted, sweep.outOfScope) = (counts[0], counts[1], counts[2], counts[3], counts[4])
        sweep.open = ports.compactMap { $0 }
        return sweep
    }
}
