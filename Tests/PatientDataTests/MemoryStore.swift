import Datastores
import Estate
import Findings
import Foundation
import Logging
import Network
import PatientData

/// A table in memory: columns, and rows of texts.
struct MemoryTable: Sendable {
    var table: Table
    var rows: [[String?]]
    /// Thrown instead of the rows behind this one.
    var failure: (row: Int, problem: DatastoreError.Problem)?

    init(_ name: String, _ columns: [Column], rows: [[String?]], failure: (row: Int, problem: DatastoreError.Problem)? = nil) {
        table = Table(schema: nil, name: name, columns: columns, estimatedRows: rows.count)
        self.rows = rows
        self.failure = failure
    }
}

/// What a store in memory does when it is opened.
struct MemoryStore: Sendable {
    var tables: [MemoryTable] = []
    var remarks: [DatastoreRemark] = []
    var refusal: DatastoreError.Problem?
    /// Nil: a store without accounts.
    var rights: AccessRights?
    /// Thrown instead of the rights.
    var rightsRefusal: DatastoreError.Problem?
}

/// Opens stores in memory by their declared names.
struct MemoryOpener: StoreOpener {
    var stores: [String: MemoryStore]

    func with<Result: Sendable>(
        _ store: Store, scope: Scope, _ body: @escaping @Sendable (any Datastore) throws -> Result
    ) async throws -> Result {
        guard let memory = stores[store.name] else { throw DatastoreError(store: store.url, problem: .unreachable("no such store")) }
        if let refusal = memory.refusal { throw DatastoreError(store: store.url, problem: refusal) }
        return try body(OpenMemoryStore(memory))
    }
}

private final class OpenMemoryStore: Datastore, AccessControlled {
    private let memory: MemoryStore
    let product = "Memory"
    var remarks: [DatastoreRemark] { memory.remarks }

    init(_ memory: MemoryStore) { self.memory = memory }

    func tables() throws(DatastoreError) -> [Table] { memory.tables.map(\.table) }

    func scan(_ table: Table, columns: [String], chunk: TableChunk, limit: Int?, _ body: (Batch) throws -> Bool) throws {
        guard let source = memory.tables.first(where: { $0.table.name == table.name }) else { return }
        let indices = columns.compactMap { name in source.table.columns.firstIndex { $0.name == name } }
        let end = min(limit ?? .max, source.failure?.row ?? .max, source.rows.count)
        for start in stride(from: 0, to: end, by: 700) {
            let rows = source.rows[start..<min(start + 700, end)]
            let batch = Batch(
                rowCount: rows.count,
                columns: indices.map { index in
                    var column = ColumnBatch()
                    for row in rows {
                        if let value = row[index] { column.append(value.utf8) } else { column.appendNull() }
                    }
                    return column
                })
            guard try body(batch) else { return }
        }
        if let failure = source.failure, end == failure.row { throw DatastoreError(store: "memory", problem: failure.problem) }
    }

    func readAccessRights() throws(DatastoreError) -> AccessRights {
        if let problem = memory.rightsRefusal { throw DatastoreError(store: "memory", problem: problem) }
        return memory.rights ?? .noAccounts
    }

    func create(_ table: Table) throws(DatastoreError) -> any TableWriter {
        throw DatastoreError(store: "memory", problem: .failed("read-only"))
    }
}

/// Examines stores in memory, each declared under its name, in production unless `environments` says otherwise.
func inspect(
    _ stores: [(String, MemoryStore)], environments: [String: Store.Environment] = [:], sampleRows: Int = 20_000,
    undeclared: Set<String> = []
) async -> Inspection {
    let opener = MemoryOpener(stores: Dictionary(uniqueKeysWithValues: stores.filter { !undeclared.contains($0.0) }))
    let estate = Estate(
        file: URL(fileURLWithPath: "/estate.yaml"), organisation: Organisation(name: "测试"),
        stores: stores.map { Store(name: $0.0, url: "file:/\($0.0).csv", environment: environments[$0.0] ?? .production) },
        history: URL(fileURLWithPath: "/estate.history.sqlite"))
    // 2026-11-24
    let context = InspectionContext(
        now: Date(timeIntervalSince1970: 1_795_500_000), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    return await PatientDataInspector(opener: opener, sampleRows: sampleRows).inspect(estate, context)
}

extension Inspection {
    func check(_ id: CheckID) -> CheckResult? { checks.first { $0.check == id } }
    /// The checks that are about columns, in the order of the inspector.
    var columnChecks: [CheckResult] { checks.filter { PatientDataInspector.columnChecks.contains($0.check) } }
    func assets(_ id: CheckID) -> [String] { (check(id)?.findings ?? []).map(\.asset).sorted() }
}
