import Datastores
import Synchronization

/// The chunks of one store that are still to be read, shared by the connections that read them.
final class ScanWork: Sendable {
    struct Item: Sendable {
        var key: ScanJournal.TableKey
        var table: Table
        var plan: ScanPlan
    }

    struct Outcome: Sendable {
        /// By table: what went wrong first.
        var failures: [ScanJournal.TableKey: DatastoreError] = [:]
        /// What ended the conversation with the store.
        var lost: DatastoreError?
        /// Of each connection; each has read another part.
        var remarks: [[DatastoreRemark]] = []
    }

    private struct State {
        var pending: [(item: Item, chunk: TableChunk)]
        var rows: Int
        var outcome = Outcome()
    }

    private let state: Mutex<State>
    let chunkCount: Int
    let estimatedRows: Int?
    var isEmpty: Bool { chunkCount == 0 }
    var outcome: Outcome { state.withLock { $0.outcome } }

    init(_ items: [StoreSurvey.Item], of store: String, journal: ScanJournal, estimatedRows: Int?) throws(ScanJournalError) {
        var pending: [(Item, TableChunk)] = []
        var rows = 0
        for item in items {
            guard let plan = item.plan else { continue }
            let work = Item(
                key: ScanJournal.TableKey(store: store, table: item.examination.name), table: item.examination.table, plan: plan)
            pending += try journal.begin(work.key, plan, chunks: item.chunks).map { (work, $0) }
            rows += journal.table(work.key)?.rows ?? 0
        }
        chunkCount = pending.count
        self.estimatedRows = estimatedRows
        state = Mutex(State(pending: pending.reversed(), rows: rows))
    }

    /// Nil when all are done or under way.
    func next() -> (Item, TableChunk)? { state.withLock { $0.pending.popLast() } }

    /// - Returns: all rows that were read so far.
    func noteRows(_ count: Int) -> Int {
        state.withLock { state in
            state.rows += count
            return state.rows
        }
    }

    /// The rest of the table is left out.
    func fail(_ item: Item, _ error: DatastoreError) {
        state.withLock { state in
            state.pending.removeAll { $0.item.key == item.key }
            if state.outcome.failures[item.key] == nil { state.outcome.failures[item.key] = error }
        }
    }

    /// The rest of the store is left out.
    func fail(_ error: DatastoreError) {
        state.withLock { state in
            state.pending.removeAll()
            if state.outcome.lost == nil { state.outcome.lost = error }
        }
    }

    func note(_ remarks: [DatastoreRemark]) {
        state.withLock { $0.outcome.remarks.append(remarks) }
    }
}
