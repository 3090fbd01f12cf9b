import Datastores
import Foundation
import PatientData
import ReferenceData
import Testing

@Suite("The journal of a scan")
struct ScanJournalTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("suwen-journal-\(UUID().uuidString)")
    private var file: URL { folder.appendingPathComponent("scan.journal") }
    private let key = ScanJournal.TableKey(store: "s", table: "t")
    private let chunks = (0..<4).map { TableChunk(lower: Int64($0), upper: Int64($0 + 1)) }

    private func plan(_ kind: DataKind = .idCard) throws -> ScanPlan {
        var verdict = ColumnClassifier().verdict(on: Column(name: "id_card"), ColumnTally())
        verdict.kind = kind
        verdict.protection = .plaintext
        verdict.clearShare = 1
        let column = ColumnExamination(column: Column(name: "id_card"), displayName: "id_card", verdict: verdict)
        return try #require(ScanPlan([column], isFull: true))
    }

    /// A chunk whose rows hold the numbers of so many synthetic people.
    private func scanner(_ journal: ScanJournal, people: Range<Int>) throws -> ChunkScanner {
        let today = try #require(CivilDate(year: 2026, month: 11, day: 24))
        var scanner = ChunkScanner(try plan(), hash: journal.hash, today: today)
        var column = ColumnBatch()
        for person in people { column.append(SyntheticPeople.idCard(person).utf8) }
        scanner.add(Batch(rowCount: people.count, columns: [column]))
        return scanner
    }

    @Test("what was recorded is there when the scan goes on: the same key, the chunks left over, the counts and the persons")
    func resumes() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            let journal = try ScanJournal(at: file, subject: "a", resumes: false)
            #expect(try journal.begin(key, plan(), chunks: chunks) == chunks)
            try journal.record(key, chunks[0], scanner(journal, people: 0..<300))
            try journal.record(key, chunks[2], scanner(journal, people: 200..<400))
        }
        let journal = try ScanJournal(at: file, subject: "a", resumes: true)
        #expect(journal.isResumed)
        #expect(try journal.begin(key, plan(), chunks: []) == [chunks[1], chunks[3]])
        #expect(journal.table(key)?.counts.first?.confirmed == 500)
        #expect(try journal.persons(of: [(key, 0)]).persons == 400)
        #expect((try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int) == 0o600)
        journal.finish()
        #expect(!FileManager.default.fileExists(atPath: file.path))
    }

    @Test("cut anywhere, the journal gives what stands before the cut, and goes on from there")
    func torn() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            let journal = try ScanJournal(at: file, subject: "a", resumes: false)
            _ = try journal.begin(key, plan(), chunks: chunks)
            for (index, chunk) in chunks.enumerated() { try journal.record(key, chunk, scanner(journal, people: index * 10..<index * 10 + 10)) }
        }
        let whole = try Data(contentsOf: file)
        var seen: Set<Int> = []
        for length in stride(from: whole.count - 1, to: 0, by: -997) {
            try whole.prefix(length).write(to: file)
            let journal = try ScanJournal(at: file, subject: "a", resumes: true)
            let left = try journal.begin(key, plan(), chunks: chunks)
            seen.insert(left.count)
            for chunk in left {
                let index = Int(chunk.lower)
                try journal.record(key, chunk, scanner(journal, people: index * 10..<index * 10 + 10))
            }
            #expect(try journal.persons(of: [(key, 0)]).persons == 40, "cut at \(length)")
        }
        #expect(seen == [1, 2, 3, 4])
    }

    @Test("changed bytes end the journal where they stand", arguments: [10, 30, 200, 4_000])
    func changed(place: Int) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            let journal = try ScanJournal(at: file, subject: "a", resumes: false)
            _ = try journal.begin(key, plan(), chunks: chunks)
            try journal.record(key, chunks[0], scanner(journal, people: 0..<10))
        }
        var bytes = try Data(contentsOf: file)
        bytes[place] ^= 0x40
        try bytes.write(to: file)
        let journal = try ScanJournal(at: file, subject: "a", resumes: true)
        #expect(try journal.begin(key, plan(), chunks: chunks) == chunks)
    }

    @Test("another subject, or a scan that isn't to go on, begins anew; another plan forgets the table")
    func anew() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for (subject, resumes) in [("a", false), ("b", true), ("b", false)] {
            let journal = try ScanJournal(at: file, subject: subject, resumes: resumes)
            #expect(!journal.isResumed)
            _ = try journal.begin(key, plan(), chunks: chunks)
            try journal.record(key, chunks[0], scanner(journal, people: 0..<10))
        }
        let journal = try ScanJournal(at: file, subject: "b", resumes: true)
        #expect(try journal.begin(key, plan(.mobile), chunks: chunks) == chunks)
        #expect(journal.table(key)?.rows == 0)
    }

    @Test("two scans can't use one journal at once")
    func locked() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let first = try ScanJournal(at: file, subject: "a", resumes: false)
        #expect(throws: ScanJournalError.self) { try ScanJournal(at: file, subject: "a", resumes: true) }
        withExtendedLifetime(first) {}
    }

    @Test("no number of a person stands in the file")
    func holdsNobody() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let journal = try ScanJournal(at: file, subject: "a", resumes: false)
        _ = try journal.begin(key, plan(), chunks: chunks)
        try journal.record(key, chunks[0], scanner(journal, people: 0..<50))
        let bytes = try Data(contentsOf: file)
        for person in 0..<50 {
            #expect(bytes.range(of: Data(SyntheticPeople.idCard(person).utf8)) == nil)
            // Nor as a number.
            var number = UInt64(SyntheticPeople.idCard(person).prefix(17)) ?? 0
            #expect(bytes.range(of: Data(bytes: &number, count: 8)) == nil)
        }
    }
}

@Suite("Counting distinct persons")
struct PersonSieveTests {
    private func marks(_ people: Range<Int>, _ age: PersonMark.Age) -> [UInt64] {
        let hash = KeyedHash(key: (1, 2))
        return people.map { PersonMark(hash.hash(UInt64($0)), age).word }
    }

    @Test("is exact, in one pass or in many, whatever comes twice", arguments: [1 << 20, 5_000, 700, 64])
    func exact(capacity: Int) {
        let all = marks(0..<3_000, .adult) + marks(2_000..<4_000, .unknown) + marks(100..<150, .adult)
        let numbers = PersonSieve.count(marks: all.count, capacity: capacity) { sieve in all.withUnsafeBufferPointer { sieve.add($0) } }
        #expect(numbers.persons == 4_000)
        #expect(numbers.marks == all.count)
        #expect(numbers.under18 == 0 && numbers.knowsAges)
    }

    @Test("a person is as young as the youngest mark says", arguments: [1 << 20, 500])
    func ages(capacity: Int) {
        let all = marks(0..<1_000, .adult) + marks(0..<30, .under18) + marks(10..<15, .under14) + marks(1_000..<1_002, .under14)
        let numbers = PersonSieve.count(marks: all.count, capacity: capacity) { sieve in all.withUnsafeBufferPointer { sieve.add($0) } }
        #expect(numbers.persons == 1_002)
        #expect(numbers.under18 == 32)
        #expect(numbers.under14 == 7)
    }

    @Test("nobody is nobody")
    func nobody() { #expect(PersonSieve.count(marks: 0) { _ in } == PersonNumbers()) }
}

@Suite("The sketch of distinct values")
struct DistinctSketchTests {
    private func sketch(_ values: Range<Int>) -> DistinctSketch {
        var sketch = DistinctSketch()
        for value in values { Array("value \(value)".utf8).withUnsafeBufferPointer { sketch.insert(ValueHash.hash($0)) } }
        return sketch
    }

    @Test("is within 4 % of the truth, and nearly exact where there are few", arguments: [1, 2, 30, 700, 9_000, 40_000, 300_000])
    func estimates(count: Int) {
        let estimate = Double(sketch(0..<count).estimate)
        #expect(abs(estimate - Double(count)) <= max(Double(count) * (count < 1_000 ? 0.02 : 0.04), 0.5))
    }

    @Test("of parts, merged, is the sketch of the whole; what comes twice changes nothing")
    func merges() {
        var parts = sketch(0..<5_000)
        parts.merge(sketch(3_000..<9_000))
        #expect(parts == sketch(0..<9_000))
    }

    @Test("hashes differ with every byte and length", arguments: 0..<40)
    func hashes(length: Int) {
        let base = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var seen = Set([base.withUnsafeBufferPointer { ValueHash.hash($0) }])
        for index in base.indices {
            var other = base
            other[index] ^= 1
            seen.insert(other.withUnsafeBufferPointer { ValueHash.hash($0) })
        }
        seen.insert((base + [0]).withUnsafeBufferPointer { ValueHash.hash($0) })
        #expect(seen.count == length + 2)
    }
}

/// People whom nobody knows.
enum SyntheticPeople {
    /// A valid resident number; a different one for each of ten million.
    static func idCard(_ index: Int) -> String {
        let birth = CivilDate(daysSince1970: index % 12_000)
        let digits = "110105" + String(format: "%04d%02d%02d%03d", birth.year, birth.month, birth.day, index / 12_000 % 1_000)
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(digits.utf8, weights).reduce(0) { $0 + Int($1.0 - 0x30) * $1.1 }
        return digits + String(Array("10X98765432")[sum % 11])
    }
}
