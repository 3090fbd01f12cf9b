package import ExternalTools
import Findings
package import Foundation
import LogFormats
import Synchronization

/// The journal, read through `journalctl -o json` (journalctl(1)): from this machine's, or from files; to its end, or on and on.
package final class JournalSource {
    /// What the journal is called where paths are named.
    package static let path = "journal:"

    /// The fields that anything is made of; those that begin with two underscores always come.
    private static let fields = [
        "MESSAGE", "PRIORITY", "SYSLOG_IDENTIFIER", "SYSLOG_PID", "_CMDLINE", "_COMM", "_EXE", "_HOSTNAME", "_PID", "_SYSTEMD_UNIT", "_TRANSPORT",
        "_UID",
    ]

    private let descriptor: Int32
    private let task: Task<Void, Never>
    private let outcome: Outcome
    private let feed = LineFeed()
    private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
    /// Nothing more will come.
    package private(set) var isAtEnd = false

    private final class Outcome: Sendable {
        let failure = Mutex<ExternalToolError?>(nil)
    }

    /// Whether the file is one of journald's (https://systemd.io/JOURNAL_FILE_FORMAT).
    package static func isJournal(path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var magic = [UInt8](repeating: 0, count: 8)
        return pread(descriptor, &magic, 8, 0) == 8 && magic.elementsEqual("LPKSHHRH".utf8)
    }

    /// - Parameters:
    ///   - files: none: this machine's journal.
    ///   - isFollowing: doesn't end, and begins with what comes from now on, unless `since` says otherwise.
    package static func arguments(files: [String], since: Date?, isFollowing: Bool) -> [String] {
        var arguments = ["--output=json", "--all", "--no-pager", "--quiet", "--output-fields=\(fields.joined(separator: ","))"]
        arguments += files.map { "--file=\($0)" }
        if let since { arguments.append("--since=@\(Int64(since.timeIntervalSince1970.rounded(.down)))") }
        if isFollowing { arguments += ["--follow", since == nil ? "--lines=0" : "--no-tail"] }
        return arguments
    }

    package init(files: [String] = [], since: Date? = nil, isFollowing: Bool = false) throws(LogFileError) {
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else { throw LogFileError(errno: errno) }
        let (reading, writing) = (ends[0], ends[1])
        descriptor = reading
        let arguments = Self.arguments(files: files, since: since, isFollowing: isFollowing)
        let outcome = Outcome()
        self.outcome = outcome
        // journalctl ends with this object: its output has nowhere to go then.
        task = Task.detached {
            do throws(ExternalToolError) {
                try await ExternalTool.journalctl.send(arguments, to: writing)
            } catch {
                outcome.failure.withLock { $0 = error }
            }
            close(writing)
        }
    }

    deinit {
        task.cancel()
        close(descriptor)
        input.deallocate()
    }

    /// The entries as bytes, for who reads to the end. This object must live as long.
    func reader() throws(LogFileError) -> LogFileReader { try LogFileReader(owning: fcntl(descriptor, F_DUPFD_CLOEXEC, 0), isFile: false) }

    /// Why journalctl ended before its time; known when it is at the end.
    package var failure: ExternalToolError? { outcome.failure.withLock { $0 } }

    /// As ``failure``, in words of the catalogue.
    var problem: Message? { failure.map { _ in Message("access-logs.journal-unreadable") } }

    /// Entries as lines, in a buffer of at least ``LineCutter/minimumCapacity`` bytes; nil when none came within `patience`, and at the end.
    package func next(into buffer: UnsafeMutableRawBufferPointer, patience: Duration = .milliseconds(250)) throws(LogFileError) -> CutChunk? {
        guard buffer.count >= LineCutter.minimumCapacity else { throw .failed(EINVAL) }
        while true {
            if let chunk = feed.take(into: buffer, isAtEnd: isAtEnd) { return chunk }
            if isAtEnd { return nil }
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&waiting, 1, Int32(clamping: Int64(patience / .milliseconds(1))))
            if ready == 0 { return nil }
            let count = ready < 0 ? -1 : read(descriptor, input.baseAddress, input.count)
            if count < 0 {
                if errno == EINTR || errno == EAGAIN { continue }
                throw LogFileError(errno: errno)
            }
            isAtEnd = count == 0
            feed.append(UnsafeRawBufferPointer(rebasing: input[0..<count]))
        }
    }
}
