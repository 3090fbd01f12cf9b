import Datastores
import Foundation
import Network
import Synchronization
import TestServers

/// Four applications that know nothing of sealing, and change `public.patients` and, in the same transactions, the oracle: a table that nobody seals.
/// What was committed is then known for certain, whoever is killed.
///
/// They meet a run on purpose: at rows that are about to be sealed, and at forty that all of them change again and again. A lock for each row's number
/// keeps them apart from each other, so that between the change of the table and of the oracle nobody else gets in.
final class OracleWriters: Sendable {
    struct Figures: Sendable {
        var inserts = 0
        var updates = 0
        var deletes = 0
        /// Transactions that a constraint against plaintext refused.
        var refused = 0
        var deadlocks = 0
        var reconnections = 0
        /// Transactions that the server had acknowledged and then didn't know.
        var lost = 0

        var committed: Int { inserts + updates + deletes }

        static func + (a: Figures, b: Figures) -> Figures {
            Figures(
                inserts: a.inserts + b.inserts, updates: a.updates + b.updates, deletes: a.deletes + b.deletes, refused: a.refused + b.refused,
                deadlocks: a.deadlocks + b.deadlocks, reconnections: a.reconnections + b.reconnections, lost: a.lost + b.lost)
        }
    }

    static let count = 4
    /// The table, its oracle, and a count of each writer's transactions. Rows 1…count; every seventh has nulls, every eleventh empty values.
    static func tables(rows: Int) -> String {
        """
        CREATE TABLE patients (id bigint PRIMARY KEY, name text NOT NULL, id_card varchar(18) COLLATE "C" UNIQUE, mobile varchar(20) DEFAULT '',
            photo bytea, visits int NOT NULL DEFAULT 0);
        CREATE INDEX patients_mobile ON patients (mobile);
        INSERT INTO patients (id, name, id_card, mobile, photo)
        SELECT i, CASE WHEN i % 11 = 0 THEN '' ELSE '病人' || i END, CASE WHEN i % 7 = 0 THEN NULL ELSE '11010119900' || lpad(i::text, 7, '0') END,
            CASE WHEN i % 7 = 0 THEN NULL WHEN i % 11 = 0 THEN '' ELSE '1380013' || lpad((i % 10000)::text, 4, '0') END,
            CASE WHEN i % 5 = 0 THEN NULL ELSE decode(md5(i::text), 'hex') END
        FROM generate_series(1, \(rows)) i;
        CREATE TABLE oracle (LIKE patients INCLUDING DEFAULTS, PRIMARY KEY (id)); INSERT INTO oracle SELECT * FROM patients;
        CREATE TABLE ledger (writer int PRIMARY KEY, step bigint NOT NULL);
        INSERT INTO ledger SELECT i, 0 FROM generate_series(0, \(count - 1)) i;
        ANALYZE patients;
        """
    }

    private let location: StoreLocation
    private let scope: Scope
    private let rows: Int
    private let phase: Int
    private let hasEnded = Atomic(false)
    private let figures = Mutex(Figures())
    private let writers: [OracleWriter]

    /// - Parameters:
    ///   - rows: how many there were at first.
    ///   - phase: another one for each set of writers at a table: it makes their values and new rows other ones.
    init(_ server: PostgreSQLServer, rows: Int, phase: Int, seed: UInt64) throws {
        location = try StoreLocation("postgresql://\(server.user)@\(server.host):\(server.port)/\(server.database)")
        scope = Scope(networks: [CIDR(server.host)].compactMap(\.self))
        self.rows = rows
        self.phase = phase
        writers = (0..<Self.count).map { OracleWriter(number: $0, phase: phase, rows: rows, seed: seed &+ UInt64(phase * 10 + $0)) }
    }

    var total: Figures { writers.map(\.figures).reduce(Figures(), +) }

    /// Runs `body` while the writers are at work.
    func during<R>(isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> R) async throws -> R {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in writers { group.addTask { try await self.write(writer) } }
            defer { hasEnded.store(true, ordering: .relaxed) }
            let result = try await body()
            hasEnded.store(true, ordering: .relaxed)
            try await group.waitForAll()
            return result
        }
    }

    private func write(_ writer: OracleWriter) async throws {
        while !hasEnded.load(ordering: .relaxed) {
            do {
                try await withPostgreSQL(location, scope: scope) { session in
                    try writer.work(session) { !self.hasEnded.load(ordering: .relaxed) }
                }
            } catch let failure as PostgreSQLFailure where failure.sqlState == nil || failure.sqlState?.hasPrefix("57P") == true {
                try await writer.reconnect()
            } catch is DatastoreError { try await writer.reconnect() }
        }
    }
}

/// One of them. Its state outlives its connection.
private final class OracleWriter: Sendable {
    private struct State {
        var random: SeededGenerator
        var figures = OracleWriters.Figures()
        var step = 0
        /// The last transaction that the server said was committed.
        var acknowledged = 0
    }

    private let number: Int
    private let phase: Int
    private let rows: Int
    private let state: Mutex<State>

    init(number: Int, phase: Int, rows: Int, seed: UInt64) {
        self.number = number
        self.phase = phase
        self.rows = rows
        state = Mutex(State(random: SeededGenerator(seed: seed)))
    }

    var figures: OracleWriters.Figures { state.withLock { $0.figures } }

    func reconnect() async throws {
        state.withLock { $0.figures.reconnections += 1 }
        try await Task.sleep(for: .milliseconds(20))
    }

    /// Blocks, until `goesOn` says no or the connection breaks.
    func work(_ session: PostgreSQLSession, while goesOn: () -> Bool) throws {
        try session.execute("SET application_name = 'writer'")
        try state.withLock { state in
            let known = try session.rows("SELECT step FROM public.ledger WHERE writer = $1::int", [String(number)]).first?[0].flatMap(Int.init) ?? 0
            if known < state.acknowledged { state.figures.lost += 1 }
            state.step = max(state.step, known)
            state.acknowledged = known
            while goesOn() {
                try change(session, &state)
                // Four of them, and a run, and the server share the machine.
                usleep(1_000)
            }
        }
    }

    private func change(_ session: PostgreSQLSession, _ state: inout State) throws {
        state.step += 1
        let change = try next(session, &state)
        // Statements sent together are one transaction, and each sees what was committed before it.
        let locks = change.ids.sorted().map { "SELECT pg_advisory_xact_lock(\($0))" }
        let ledger = "UPDATE public.ledger SET step = \(state.step) WHERE writer = \(number)"
        do {
            try session.execute((locks + change.statements + [ledger]).joined(separator: "; "))
        } catch let failure as PostgreSQLFailure where failure.sqlState == "40P01" {
            state.figures.deadlocks += 1
            return
        } catch let failure as PostgreSQLFailure where failure.sqlState == "23514" {
            state.figures.refused += 1
            return
        }
        state.acknowledged = state.step
        state.figures[keyPath: change.figure] += 1
    }

    private struct Change {
        var ids: [Int]
        var statements: [String]
        var figure: WritableKeyPath<OracleWriters.Figures, Int>
    }

    private func next(_ session: PostgreSQLSession, _ state: inout State) throws -> Change {
        let tables = ["public.patients", "public.oracle"]
        func both(_ id: Int, _ figure: WritableKeyPath<OracleWriters.Figures, Int>, _ statement: (String) -> String) -> Change {
            Change(ids: [id], statements: tables.map(statement), figure: figure)
        }
        // At most 18 characters, and nobody else's.
        let tag = "\(phase)\(number)" + String(String(10_000_000 + state.step).dropFirst())
        let values = "'名\(tag)', 'X\(tag)', '139\(tag)', '\\x\(tag)0'"
        let dice = Int.random(in: 0..<100, using: &state.random)
        if dice < 15 {
            let id = 10_000_000 * (1 + phase * 10 + number) + state.step
            return both(id, \.inserts) { "INSERT INTO \($0) (id, name, id_card, mobile, photo) VALUES (\(id), \(values))" }
        }
        if dice < 25 {
            // A row that was deleted comes back under its old number.
            let id = hot(&state)
            return both(id, \.inserts) {
                """
                INSERT INTO \($0) (id, name, id_card, mobile, photo) VALUES (\(id), \(values)) ON CONFLICT (id) DO UPDATE SET
                name = excluded.name, id_card = excluded.id_card, mobile = excluded.mobile, photo = excluded.photo
                """
            }
        }
        let ids = try rows(session, &state)
        let id = ids[0]
        switch dice {
        case ..<45:
            return both(id, \.updates) { "UPDATE \($0) SET (name, id_card, mobile, photo) = ROW(\(values)) WHERE id = \(id)" }
        case ..<55: return both(id, \.updates) { "UPDATE \($0) SET name = '名\(tag)' WHERE id = \(id)" }
        case ..<62: return both(id, \.updates) { "UPDATE \($0) SET mobile = NULL, photo = NULL WHERE id = \(id)" }
        case ..<80: return both(id, \.updates) { "UPDATE \($0) SET visits = visits + 1 WHERE id = \(id)" }
        case ..<84:
            // Holds its locks for a while, and takes them in another order than a run does.
            let order = Set(ids).sorted(by: >)
            let updates = tables.map { table in
                order.map { "UPDATE \(table) SET name = '名\(tag)', visits = visits + 1 WHERE id = \($0)" }.joined(
                    separator: "; SELECT pg_sleep(0.01); ")
            }
            return Change(ids: order, statements: updates, figure: \.updates)
        default: return both(id, \.deletes) { "DELETE FROM \($0) WHERE id = \(id)" }
        }
    }

    private func hot(_ state: inout State) -> Int { Int.random(in: 1...40, using: &state.random) * rows / 41 }

    /// Rows that a run is about to come to, hot ones, or any.
    private func rows(_ session: PostgreSQLSession, _ state: inout State) throws -> [Int] {
        switch Int.random(in: 0..<10, using: &state.random) {
        case 0..<4:
            let ahead = Int.random(in: 0...2, using: &state.random)
            let found = try near(session, ahead: ahead)
            if !found.isEmpty { return found.shuffled(using: &state.random) }
        case 4..<6: return [hot(&state), hot(&state)]
        default: break
        }
        return [Int.random(in: 1...rows, using: &state.random), Int.random(in: 1...rows, using: &state.random)]
    }

    private func near(_ session: PostgreSQLSession, ahead: Int) throws -> [Int] {
        do {
            return try session.rows(
                """
                SELECT id FROM public.patients WHERE ctid = ANY (ARRAY(SELECT format('(%s,%s)', page + $1::int, item)::tid
                FROM (SELECT next_page AS page FROM suwen.seal_progress WHERE next_page < end_page ORDER BY random() LIMIT 1) AS place,
                generate_series(1, 60) AS item)) ORDER BY random() LIMIT 3
                """, [String(ahead)]
            ).compactMap { $0[0].flatMap(Int.init) }
        } catch let failure as PostgreSQLFailure where ["42P01", "3F000"].contains(failure.sqlState) {
            // No run has begun yet, or unsealing is through.
            return []
        }
    }
}
