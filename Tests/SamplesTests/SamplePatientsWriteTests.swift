import Datastores
import ReferenceData
import Samples
import Testing

/// A store that keeps what is written, and is full after so many rows.
private final class MemoryStore: Datastore, TableWriter {
    let product = "memory"
    let remarks: [DatastoreRemark] = []
    let capacity: Int
    private(set) var table: Table?
    private(set) var rowCount = 0
    private(set) var numbers: [UInt8] = []
    private(set) var isFinished = false

    init(capacity: Int = .max) { self.capacity = capacity }

    func tables() -> [Table] { table.map { [$0] } ?? [] }

    func scan(_ table: Table, columns: [String], chunk: TableChunk, limit: Int?, _ body: (Batch) throws -> Bool) throws {}

    func create(_ table: Table) -> any TableWriter {
        self.table = table
        return self
    }

    func append(_ batch: Batch) throws(DatastoreError) {
        guard rowCount + batch.rowCount <= capacity else { throw DatastoreError(store: product, problem: .failed("full")) }
        rowCount += batch.rowCount
        numbers += batch.columns[0].bytes
    }

    func finish() { isFinished = true }
}

@Suite struct SamplePatientsWriteTests {
    private let reference = CivilDate(daysSince1970: 20_000)

    @Test("all rows are written in order, and progress is told", arguments: [0, 1, 1_024, 20_000])
    func complete(_ rows: Int) throws {
        let store = MemoryStore()
        var told: [Int] = []
        try SamplePatients(rows: rows, seed: 1, referenceDate: reference).write(into: store, table: "p") { told.append($0) }
        #expect(store.isFinished)
        #expect(store.rowCount == rows)
        #expect(store.table?.name == "p")
        #expect(told.last ?? 0 == rows)
        #expect(told == told.sorted())
        let width = 9
        #expect(store.numbers.count == rows * width)
        for row in 0..<rows {
            #expect(Int(String(decoding: store.numbers[row * width + 1..<(row + 1) * width], as: UTF8.self)) == row + 1)
        }
    }

    @Test("a store that fails ends the work with its error, whenever it does", arguments: [0, 1_024, 10_000])
    func failing(_ capacity: Int) throws {
        let store = MemoryStore(capacity: capacity)
        #expect(throws: DatastoreError.self) {
            try SamplePatients(rows: 100_000, seed: 1, referenceDate: reference).write(into: store)
        }
        #expect(!store.isFinished)
        #expect(store.rowCount <= capacity)
    }

    @Test("many short writes follow each other, whether they succeed or fail")
    func many() throws {
        for seed in 0..<200 {
            let store = MemoryStore(capacity: seed.isMultiple(of: 2) ? .max : 0)
            try? SamplePatients(rows: 3, seed: UInt64(seed), referenceDate: reference).write(into: store)
            #expect(store.isFinished == seed.isMultiple(of: 2))
        }
    }
}
