import Datastores
import Foundation

/// Works through a range of a table's pages, a transaction for each batch.
final class HeapWorker {
    struct Range: Sendable {
        var worker: Int
        var nextPage: Int
        var endPage: Int
    }

    private let session: PostgreSQLSession
    private let request: SealRequest
    private let statements: HeapStatements
    private let transformer: RowTransformer
    private let progress: SealProgress
    private let checkpoint: Checkpoint?
    private var fields: [Swift.Range<Int>?]
    private(set) var totals = SealCounts()
    private(set) var conflicts = 0

    private static let statement = "suwen_update"
    /// A writer that holds a row longer is not waited for: it would wait for us next, and one of us would be a deadlock's victim. Shorter than
    /// PostgreSQL's deadlock_timeout of a second, so that it is us who give way.
    private static let lockTimeout = "500ms"
    private static let attempts = 20
    /// More often in one batch, and two rows hold the same value.
    private static let releases = 3

    init(
        _ session: PostgreSQLSession, _ request: SealRequest, _ statements: HeapStatements, _ ciphers: [ColumnCipher], _ progress: SealProgress,
        _ checkpoint: Checkpoint?
    ) throws {
        self.session = session
        self.request = request
        self.statements = statements
        self.progress = progress
        self.checkpoint = checkpoint
        transformer = RowTransformer(
            statements.operation, columns: ciphers, keyParts: statements.primaryKey.count, hasUndecidedRows: statements.hasUndecidedRows)
        fields = [Swift.Range<Int>?](repeating: nil, count: statements.fieldCount)
        // The rows are looked up by place, whatever the planner thinks of arrays whose length it can't see.
        try session.execute(
            "SET lock_timeout = '\(Self.lockTimeout)'; SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_seqscan = off; SET jit = off"
        )
        if request.firesTriggers { try session.execute("SET search_path = \"$user\", public") }
        try session.prepare(Self.statement, statements.update, types: statements.types.map(\.array))
    }

    /// - Parameter pagesPerBatch: pages in one transaction.
    func work(_ range: Range, pagesPerBatch: Int) throws {
        let clock = ContinuousClock()
        let start = clock.now
        var next = range.nextPage
        var batches = 0
        while next < range.endPage {
            let end = min(range.endPage, next + pagesPerBatch)
            try attempt { try batch(next..<end, range.worker) }
            next = end
            batches += 1
            if batches % 8 == 0 { try waitForReplicas() }
            if let rate = request.rate {
                let due = start + .seconds(Double(totals.rows) * Double(request.workers) / Double(rate))
                let wait = clock.now.duration(to: due)
                if wait > .zero { Thread.sleep(forTimeInterval: wait / .seconds(1)) }
            }
        }
    }

    private func attempt(_ body: () throws -> Void) throws {
        var release: String?
        var releases = 0
        for attempt in 1... {
            do {
                if let release { try session.execute(release) }
                release = nil
                return try body()
            } catch let failure as PostgreSQLFailure {
                guard attempt < Self.attempts else { throw failure }
                switch failure.sqlState {
                // lock_not_available, deadlock_detected, serialization_failure: the batch is tried again from reading.
                case "55P03", "40P01", "40001": break
                // unique_violation: a writer gave a value to another row, and the row that had it still has its companion.
                case "23505" where releases < Self.releases && statements.releaseUnique != nil:
                    release = statements.releaseUnique
                    releases += 1
                default: throw failure
                }
                try session.execute("ROLLBACK")
                Thread.sleep(forTimeInterval: 0.02 * Double(attempt))
            }
        }
    }

    private func batch(_ pages: Swift.Range<Int>, _ worker: Int) throws {
        try checkpoint?()
        try session.execute("BEGIN ISOLATION LEVEL READ COMMITTED")
        transformer.removeAll()
        var copy = CopyBinary()
        try checkpoint?()
        try session.copyOut(statements.read(pages: pages)) { message in
            if try copy.row(message, into: &fields) { try transformer.append(message, fields) }
        }
        let counts = transformer.counts
        var written = 0
        if counts.rows > 0 {
            try checkpoint?()
            written = try session.run(Self.statement, transformer.parameters())
        }
        try checkpoint?()
        try session.rows(
            """
            UPDATE suwen.seal_progress SET next_page = $4::bigint, rows_done = rows_done + $5::bigint
            WHERE table_schema = $1 AND table_name = $2 AND worker = $3::int
            """, [request.schema, request.table, String(worker), String(pages.upperBound), String(written)])
        try checkpoint?()
        try session.execute("COMMIT")
        totals.rows += written
        totals.changed += counts.changed
        totals.kept += counts.kept
        conflicts += counts.rows - written
        progress.add(written)
    }

    /// Waits while a replica is further behind than the request allows. Without the right to see it (pg_monitor) nothing is known, and nothing waits.
    private func waitForReplicas() throws {
        guard let limit = request.replicationLag else { return }
        while true {
            let lag = try session.rows("SELECT max(pg_current_wal_lsn() - replay_lsn)::bigint FROM pg_stat_replication").first?[0].flatMap(Int.init)
            guard let lag, lag > limit else { return }
            try checkpoint?()
            Thread.sleep(forTimeInterval: 0.25)
        }
    }
}
