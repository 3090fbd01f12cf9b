import Datastores
import ReferenceData

/// Counts the persons of one table over all of its rows.
struct PersonCounter {
    private let plan: PersonPlan
    private let hash: KeyedHash
    private let today: CivilDate
    private var sets: [PersonSet]
    private var values: [Int]
    private let birthColumn: Int?

    init(plan: PersonPlan, hash: KeyedHash, today: CivilDate) {
        self.plan = plan
        self.hash = hash
        self.today = today
        sets = plan.entries.map { _ in PersonSet() }
        values = plan.entries.map { _ in 0 }
        birthColumn = plan.entries.firstIndex { $0.role == .birthDate }
    }

    var columns: [String] { plan.entries.map(\.column) }

    /// - Parameter batch: with ``columns``, in that order.
    mutating func add(_ batch: Batch) {
        guard batch.columns.count == plan.entries.count else { return }
        let ages = birthColumn.map { column in batch.columns[column].mapValues { age(from: $0) } }
        for (index, entry) in plan.entries.enumerated() where entry.role != .birthDate {
            let column = batch.columns[index]
            column.bytes.withUnsafeBufferPointer { bytes in
                for row in 0..<column.count where !column.isNull[row] {
                    let value = UnsafeBufferPointer(rebasing: bytes[column.offsets[row]..<column.offsets[row + 1]]).trimmed
                    guard !value.isEmpty else { continue }
                    add(value, entry.role, to: index, age: ages?[row])
                }
            }
        }
    }

    private mutating func add(_ value: UnsafeBufferPointer<UInt8>, _ role: PersonPlan.Role, to index: Int, age: Int?) {
        switch role {
        case .idCard:
            guard let person = DigitRun.with(value, ResidentIDValidator.personNumber) ?? nil else { return }
            sets[index].insert(hash.hash(person.number), age: person.birth.age(on: today))
        case .mobile:
            guard let number = DigitRun.with(value, MobileValidator.number) ?? nil else { return }
            sets[index].insert(hash.hash(number), age: age)
        case .name:
            guard TextScalars.with(value, { PersonNameValidator.reading($0) != nil }) ?? false else { return }
            sets[index].insert(hash.hash(value), age: age)
        case .opaque:
            values[index] += 1
            sets[index].insert(hash.hash(value), age: age)
        case .birthDate: break
        }
    }

    private func age(from value: UnsafeBufferPointer<UInt8>) -> Int? {
        DateValidator.reading(value).map { $0.date.age(on: today) }
    }

    /// What the rows so far came to.
    var tally: PersonTally {
        var tally = PersonTally()
        for (entry, set) in zip(plan.entries, sets) {
            switch entry.role {
            case .idCard: tally.add(set, by: .idCard)
            case .mobile: tally.add(set, by: .mobile)
            case .name: tally.add(set, by: .name)
            case .opaque, .birthDate: break
            }
        }
        // Ciphertexts that never repeat may hide one person many times: they count only where nothing better is there.
        let opaque = plan.entries.indices.filter { plan.entries[$0].role == .opaque && !sets[$0].all.isEmpty }
        let functions = opaque.filter { plan.entries[$0].isFunctionOfPerson || sets[$0].all.count < values[$0] }
        for index in functions.isEmpty ? opaque : functions { tally.add(sets[index], by: .protectedValue) }
        return tally
    }
}

extension ColumnBatch {
    /// One result per row; nil for nulls.
    fileprivate func mapValues<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result?) -> [Result?] {
        bytes.withUnsafeBufferPointer { bytes in
            (0..<count).map { row in
                isNull[row] ? nil : body(UnsafeBufferPointer(rebasing: bytes[offsets[row]..<offsets[row + 1]]))
            }
        }
    }
}
