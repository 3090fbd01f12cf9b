import Datastores
import Foundation

/// Works through a table's rows, a transaction for each batch.
final class MySQLWorker {
    struct Range: Sendable {
        var worker: Int
        /// The last key that is done; nil: none is.
        var last: MySQLKey.Value?
        /// The last key of the range; nil: the table's.
        var end: MySQLKey.Value?
    }

    private let session: MySQLSession
    private let request: SealRequest
    private let statements: MySQLStatements
    private let transformer: MySQLRowTransformer
    private let update: MySQLStatement
    private let progress: SealProgress
    private let checkpoint: Checkpoint?
    private let start = ContinuousClock.now
    private(set) var totals = SealCounts()

    private static let attempts = 30
    /// ER_DUP_ENTRY.
    private static let duplicate: UInt32 = 1062
    /// More often in one batch, and two rows hold the same value.
    private static let releases = 3
    /// Bytes of cells read in one batch, after which it ends.
    private static let budget = 16 << 20

    init(
        _ session: MySQLSession, _ request: SealRequest, _ statements: MySQLStatements, _ ciphers: [ColumnCipher], _ progress: SealProgress,
        _ checkpoint: Checkpoint?
    ) throws {
        self.session = session
        self.request = request
        self.statements = statements
        self.progress = progress
        self.checkpoint = checkpoint
        transformer = MySQLRowTransformer(statements.operation, statements.columns, ciphers: ciphers, key: statements.key)
        try Self.prepare(session)
        update = try MySQLStatement(session, statements.update)
    }

    /// READ COMMITTED locks rows and no gaps between them. In MariaDB a wait of 0 seconds is none at all: an index that a writer has locked ends the
    /// batch instead, which is tried again. So a run never waits for a row, and can't be part of a deadlock, whose victim would be the writer who
    /// has done less. MySQL's shortest wait is a second.
    static func prepare(_ session: MySQLSession) throws {
        try session.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED")
        try session.execute("SET SESSION innodb_lock_wait_timeout = \(session.isMariaDB ? 0 : 1), lock_wait_timeout = 10")
    }

    private func run(_ sql: String) throws {
        try checkpoint?()
        try session.execute(sql)
    }

    /// - Parameter isOver: whether there is nothing behind the batch.
    private func attempt(_ body: (_ attempt: Int) throws -> Void) throws {
        var releases = 0
        var release: [String] = []
        for attempt in 1... {
            do {
                for statement in release { try run(statement) }
                release = []
                return try body(attempt)
            } catch let failure as MySQLFailure where attempt < Self.attempts {
                if failure.code == Self.duplicate, releases < Self.releases, !statements.releaseUnique.isEmpty {
                    // A writer gave a value to another row, and the row that had it still has its companion.
                    release = statements.releaseUnique
                    releases += 1
                } else if !failure.isConflict, !failure.isUncertainCommit {
                    // A batch that was committed after all finds nothing to do the second time.
                    throw failure
                }
                try session.execute("ROLLBACK")
                Thread.sleep(forTimeInterval: 0.02 * Double(attempt))
            }
        }
    }

    /// All rows of a range, in the key's order.
    func work(_ range: Range) throws {
        var range = range
        var limit = request.batch
        var isOver = false
        while !isOver {
            try attempt { attempt in
                // A batch that a writer stands in the way of is tried with fewer rows.
                let now = max(1, attempt > 3 ? limit >> (attempt - 3) : limit)
                var last = range.last
                var read = 0
                var isFull = false
                try batch {
                    try session.stream(statements.next(after: range.last, upTo: range.end, limit: now)) { row in
                        // The rest of what the server sends: the next batch's.
                        guard !isFull else { return }
                        try transformer.append(row, always: false)
                        read += 1
                        isFull = transformer.size >= Self.budget
                        if read == now || isFull { last = try MySQLKey.value(row, count: statements.key.parts.count) }
                    }
                } record: { rows in
                    isOver = read < now && !isFull
                    return progressUpdate(range.worker, isOver ? range.last : last, isOver: isOver, rows: rows)
                }
                if isFull { limit = max(1, read) } else if limit < request.batch { limit = min(request.batch, limit * 2) }
                range.last = last
            }
            throttle()
        }
    }

    private func progressUpdate(_ worker: Int, _ last: MySQLKey.Value?, isOver: Bool, rows: Int) -> String {
        let key = last.map { MySQLSession.literal(MySQLProgress.text($0)) } ?? "NULL"
        return """
            UPDATE \(MySQLState.path(request.schema, "suwen_seal_progress")) SET next_key = \(key), is_done = \(isOver ? 1 : 0), rows_done = rows_done + \(rows)
            WHERE table_name = \(MySQLSession.literal(request.table)) AND worker = \(worker)
            """
    }

    /// Rows that a search has found.
    /// - Returns: how many of them were there, not locked, and still pending.
    func work(on keys: [MySQLKey.Value]) throws -> Int {
        var done = 0
        var rest = keys[...]
        while !rest.isEmpty {
            try attempt { attempt in
                let now = Array(rest.prefix(max(1, attempt > 3 ? 500 >> (attempt - 3) : 500)))
                var counts = 0
                try batch(isExact: false) {
                    try session.stream(statements.these(now)) { row in
                        if try transformer.append(row, always: isKnown(row)) { counts += 1 }
                    }
                } record: { _ in
                    nil
                }
                done += counts
                rest = rest.dropFirst(now.count)
            }
            throttle()
        }
        return done
    }

    /// One transaction.
    /// - Parameters:
    ///   - isExact: whether every row that is written must be another afterwards.
    ///   - record: the statement that records how far it came; nil: none.
    private func batch(isExact: Bool = true, read: () throws -> Void, record: (_ rows: Int) -> String?) throws {
        try run("START TRANSACTION")
        transformer.removeAll()
        try checkpoint?()
        try read()
        let counts = transformer.counts
        if counts.rows > 0 {
            try checkpoint?()
            let written = try update.run(transformer.values)
            // Locked since they were read, they are all there.
            guard written == counts.rows || !isExact else { throw SealingError.malformedAnswer }
        }
        if let statement = record(counts.rows) { try run(statement) }
        try run("COMMIT")
        totals.rows += counts.rows
        totals.changed += counts.changed
        totals.kept += counts.kept
        progress.add(counts.rows)
    }

    private func throttle() {
        guard let rate = request.rate else { return }
        let due = start + .seconds(Double(totals.rows) * Double(request.workers) / Double(rate))
        let wait = ContinuousClock.now.duration(to: due)
        if wait > .zero { Thread.sleep(forTimeInterval: wait / .seconds(1)) }
    }

    /// Whether SQL knows a row to be pending, also if only its companions are.
    private func isKnown(_ row: MySQLRow) -> Bool { row[statements.flagField]?.first != UInt8(ascii: "0") }

    /// Looks for rows that are pending, without a lock.
    /// - Parameter last: the key that the last search came to.
    /// - Returns: what it found, and the last key that it looked at; nil at the end of the table.
    func search(after last: MySQLKey.Value?) throws -> (found: [MySQLKey.Value], last: MySQLKey.Value?) {
        try checkpoint?()
        let count = statements.key.parts.count
        let limit = statements.hasUndecidedRows ? 20_000 : 5_000
        var found: [MySQLKey.Value] = []
        var seen = 0
        var end: MySQLKey.Value?
        transformer.removeAll()
        try session.stream(statements.search(after: last, limit: limit)) { row in
            seen += 1
            var isPending = true
            if statements.hasUndecidedRows {
                isPending = isKnown(row)
                if try transformer.append(row, always: false) { isPending = true }
                transformer.removeAll()
            }
            if isPending || seen == limit {
                let key = try MySQLKey.value(row, count: count)
                if isPending { found.append(key) }
                if seen == limit { end = key }
            }
        }
        return (found, end)
    }
}

/// Keys as the table of progress has them: hexadecimal parts.
enum MySQLProgress {
    static func text(_ key: MySQLKey.Value) -> String { key.map { Hex.text($0) }.joined(separator: ",") }

    static func key(_ text: String) throws -> MySQLKey.Value {
        try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            guard let bytes = Hex.bytes(part) else { throw SealingError.malformedAnswer }
            return bytes
        }
    }
}
