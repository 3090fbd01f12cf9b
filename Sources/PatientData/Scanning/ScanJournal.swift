package import Datastores
package import Foundation
import Glibc
import Synchronization

/// What a scan has come to so far, in a file of mode 0600: counts and sketches of columns, and keyed marks of persons; never a value.
///
/// Every record stands when it is written: a scan that is killed goes on behind the last whole record. A journal without a place is an unnamed
/// temporary file, which goes with the process. Its key makes the marks of one run comparable with each other and with nothing else; it lies in the
/// file as long as that is needed to go on, and the file is removed with the end of the scan.
package final class ScanJournal: Sendable {
    /// Whose rows: a store and a table, by the names that they go by.
    package struct TableKey: Hashable, Codable {
        package var store: String
        package var table: String

        package init(store: String, table: String) {
            self.store = store
            self.table = table
        }
    }

    package struct TableState {
        var plan: ScanPlan
        var chunks: [TableChunk]
        var done: Set<TableChunk> = []
        package var rows = 0
        package var counts: [ColumnCounts] = []
        fileprivate var blocks: [Block] = []

        /// Of one entry of the plan.
        func markCount(of entry: Int) -> Int { blocks.reduce(0) { $0 + ($1.entry == entry ? $1.count : 0) } }
    }

    /// Marks of one entry of a person plan, at a place of the file.
    fileprivate struct Block {
        var entry: Int
        var offset: Int
        var count: Int
    }

    private struct State {
        var end: Int
        var tables: [TableKey: TableState] = [:]
    }

    /// The first record.
    private struct Head: Codable {
        var version = 1
        var subject: String
        var key: [UInt64]
    }

    private struct Entry: Codable {
        var key: TableKey
        /// The beginning of a table's scan, which forgets an earlier one.
        var plan: ScanPlan?
        var chunks: [TableChunk]?
        /// A chunk that was read.
        var chunk: TableChunk?
        var rows: Int?
        var counts: [ColumnCounts]?
        /// Marks by entry of the person plan.
        var marks: [Int]?
    }

    private let descriptor: Int32
    private let path: String?
    private let state: Mutex<State>
    package let hash: KeyedHash
    /// Whether an earlier scan's records were taken over.
    package let isResumed: Bool

    /// Opens the journal, or begins it.
    /// - Parameters:
    ///   - url: nil: an unnamed temporary file.
    ///   - subject: what is scanned and how; the journal of another subject is begun anew.
    ///   - resumes: take over what is there.
    /// - Throws: ``ScanJournalError``.
    package init(at url: URL?, subject: String, resumes: Bool) throws(ScanJournalError) {
        let (descriptor, path) = try JournalFile.open(url)
        self.descriptor = descriptor
        self.path = path
        let file = JournalFile(descriptor: descriptor, path: path ?? "the temporary file")
        var loaded = State(end: 0)
        var key: [UInt64]?
        if resumes, let head = file.record(at: 0), let found = try? JSONDecoder().decode(Head.self, from: head.header),
            found.version == 1, found.subject == subject, found.key.count == 2
        {
            key = found.key
            loaded.end = head.end
            while let record = file.record(at: loaded.end), let entry = try? JSONDecoder().decode(Entry.self, from: record.header) {
                Self.take(entry, marksAt: record.marks, into: &loaded.tables)
                loaded.end = record.end
            }
        }
        isResumed = key != nil
        try file.truncate(to: loaded.end)
        if key == nil {
            var system = SystemRandomNumberGenerator()
            let fresh: [UInt64] = [system.next(), system.next()]
            key = fresh
            loaded.end = try file.append(Head(subject: subject, key: fresh), marks: [], at: 0)
        }
        hash = KeyedHash(key: (key?[0] ?? 0, key?[1] ?? 0))
        state = Mutex(loaded)
    }

    deinit { close(descriptor) }

    /// Removes the file: nothing is left to go on with.
    package func finish() {
        if let path { unlink(path) }
    }

    package func table(_ key: TableKey) -> TableState? { state.withLock { $0.tables[key] } }

    /// The chunks of the table's scan: those of the journal, if it went by the same plan; otherwise a new scan begins with `chunks`.
    package func begin(_ key: TableKey, _ plan: ScanPlan, chunks: [TableChunk]) throws(ScanJournalError) -> [TableChunk] {
        if let known = table(key), known.plan == plan { return known.chunks.filter { !known.done.contains($0) } }
        try write(Entry(key: key, plan: plan, chunks: chunks), marks: [])
        return chunks
    }

    package func record(_ key: TableKey, _ chunk: TableChunk, _ scanner: ChunkScanner) throws(ScanJournalError) {
        try write(
            Entry(key: key, chunk: chunk, rows: scanner.rows, counts: scanner.counts, marks: scanner.marks.map(\.count)), marks: scanner.marks)
    }

    private func write(_ entry: Entry, marks: [[UInt64]]) throws(ScanJournalError) {
        let file = JournalFile(descriptor: descriptor, path: path ?? "the temporary file")
        let failure: ScanJournalError? = state.withLock { state in
            do throws(ScanJournalError) {
                let start = state.end
                state.end = try file.append(entry, marks: marks, at: start)
                Self.take(entry, marksAt: state.end - marks.reduce(0) { $0 + $1.count } * 8, into: &state.tables)
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
    }

    private static func take(_ entry: Entry, marksAt offset: Int, into tables: inout [TableKey: TableState]) {
        if let plan = entry.plan { tables[entry.key] = TableState(plan: plan, chunks: entry.chunks ?? []) }
        guard let chunk = entry.chunk, var table = tables[entry.key], table.done.insert(chunk).inserted else { return }
        tables[entry.key] = nil
        table.rows += entry.rows ?? 0
        let counts = entry.counts ?? []
        if table.counts.isEmpty {
            table.counts = counts
        } else {
            for (index, count) in counts.enumerated() where index < table.counts.count { table.counts[index].merge(count) }
        }
        var place = offset
        for (index, count) in (entry.marks ?? []).enumerated() where count > 0 {
            table.blocks.append(Block(entry: index, offset: place, count: count))
            place += count * 8
        }
        tables[entry.key] = table
    }

    // MARK: Persons

    /// Distinct persons among the marks of the streams, each an entry of a table's plan.
    package func persons(of streams: [(table: TableKey, entry: Int)]) throws(ScanJournalError) -> PersonNumbers {
        let blocks = state.withLock { state in
            streams.flatMap { stream in state.tables[stream.table]?.blocks.filter { $0.entry == stream.entry } ?? [] }
        }
        let file = JournalFile(descriptor: descriptor, path: path ?? "the temporary file")
        do {
            return try PersonSieve.count(marks: blocks.reduce(0) { $0 + $1.count }) { sieve in
                for block in blocks { try file.readMarks(at: block.offset, count: block.count) { sieve.add($0) } }
            }
        } catch let error as ScanJournalError {
            throw error
        } catch {
            throw ScanJournalError(path: file.path, problem: "can't be read")
        }
    }
}

package struct ScanJournalError: Error, Hashable, Sendable, CustomStringConvertible {
    package var path: String
    package var problem: String
    package var description: String { "\(path): \(problem)" }
}
