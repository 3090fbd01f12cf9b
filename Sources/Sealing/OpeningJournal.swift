import Cryptography
package import Foundation
import Glibc

/// The record of who opened which sealed rows: one JSON object a line, appended and synced before the rows are read, and again when they were.
///
/// Each line holds the SHA-256 of the line before it, so that a line that was changed or taken out is noticed. Values aren't recorded: what was looked
/// for stands there as a keyed digest, by which two searches for one person are recognised.
package struct OpeningJournal: Sendable {
    package struct Entry: Codable, Sendable, Hashable {
        package enum Event: String, Codable, Sendable {
            /// Written before the first row is read.
            case begins
            case ended
            case failed
        }

        package var event: Event
        /// ISO 8601, UTC.
        package var time: String
        /// The account of the operating system.
        package var user: String
        /// Of the store, without a password.
        package var store: String
        package var table: String
        package var columns: [String]
        /// `all`, `key`, or `COLUMN whole`, `COLUMN suffix`, `COLUMN prefix`.
        package var selection: String
        /// Of the value or key that was looked for: 32 hexadecimal digits of an HMAC-SHA-256 under a sub-key of the column's key; nil without one.
        package var soughtDigest: String?
        package var reason: String
        /// How many were given out.
        package var rows: Int?
        /// SHA-256 of the line before, in hexadecimal; of nothing for the first.
        package var previous: String = ""

        package init(
            event: Event, time: Date, user: String, store: String, table: String, columns: [String], selection: String, soughtDigest: String?,
            reason: String, rows: Int? = nil
        ) {
            self.event = event
            self.time = time.formatted(.iso8601)
            self.user = user
            self.store = store
            self.table = table
            self.columns = columns
            self.selection = selection
            self.soughtDigest = soughtDigest
            self.reason = reason
            self.rows = rows
        }
    }

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    package let path: String

    package init(path: String) { self.path = path }

    /// Appends an entry, and returns when it is on the disk.
    /// - Throws: ``Failure``; nothing may be opened then.
    package func append(_ entry: Entry) throws {
        let file = Glibc.open(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("can't be opened", errno) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 == 0 else {
            throw Failure(description: "\(path): the record of openings must be a file that only its owner may read and write (chmod 600)")
        }
        guard flock(file, LOCK_EX) == 0 else { throw failure("can't be locked", errno) }
        // Asked again under the lock: somebody else may have appended.
        guard fstat(file, &status) == 0 else { throw failure("can't be read", errno) }
        var entry = entry
        let last = try lastLine(file, size: Int(status.st_size))
        entry.previous = SHA256.hex(last)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var line = Array(try encoder.encode(entry))
        line.append(0x0A)
        let written = line.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        guard written == line.count, fsync(file) == 0 else {
            let code = errno
            // A line that is cut off would break the chain for the next.
            ftruncate(file, status.st_size)
            throw failure("can't be written", code)
        }
    }

    /// Whether each line holds the digest of the one before.
    /// - Returns: the number of the first line that doesn't, from 1; nil when the chain holds.
    package func firstBrokenLine() throws -> Int? {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        var previous = ""
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().enumerated() {
            guard let entry = try? JSONDecoder().decode(Entry.self, from: Data(line.utf8)), entry.previous == SHA256.hex(previous) else {
                return index + 1
            }
            previous = String(line)
        }
        return text.isEmpty || text.hasSuffix("\n") ? nil : text.split(separator: "\n").count
    }

    private static let longestLine = 1 << 16

    private func lastLine(_ file: Int32, size: Int) throws -> String {
        let count = min(size, Self.longestLine)
        var bytes = [UInt8](repeating: 0, count: count)
        let read = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress, count, off_t(size - count)) }
        guard read == count else { throw failure("can't be read", errno) }
        guard let end = bytes.last else { return "" }
        guard end == 0x0A else { throw Failure(description: "\(path): the record's last line is cut off: look at it, and move the file away") }
        bytes.removeLast()
        let start = bytes.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return String(decoding: bytes[start...], as: UTF8.self)
    }

    private func failure(_ what: String, _ code: Int32) -> Failure {
        Failure(description: "\(path): the record of openings \(what) (\(String(cString: strerror(code)))); nothing was opened")
    }
}

extension SealSelection {
    /// For the record: what was looked for, without the value.
    package var recorded: String {
        switch self {
        case .all: "all"
        case .key: "key"
        case .value(let column, _, let part): "\(column) \(part.rawValue)"
        }
    }

    /// See ``OpeningJournal/Entry/soughtDigest``.
    package func digest(_ request: SealRequest, keys: SealingKeys) throws -> String? {
        let sought: (column: String, text: String)? =
            switch self {
            case .all: nil
            case .key(let parts): keys.current.keys.min().map { ($0, parts.joined(separator: "\u{1F}")) }
            case .value(let column, let text, _): (column, text)
            }
        guard let sought, let key = keys.current[sought.column] else { return nil }
        let mac = try HMAC(key: key.subkey(for: .pseudonym, [request.logicalName(of: sought.column), "opening"], count: HMAC.length))
        return Hex.text(try mac.authenticate(Array(sought.text.utf8)).prefix(16))
    }
}
