import Datastores
import ReferenceData

/// Marks the persons of one table's rows. Marks of several parts of the table are put together by whoever keeps them.
struct PersonCounter {
    private let plan: PersonPlan
    private let hash: KeyedHash
    private let today: CivilDate
    private let birthColumn: Int?
    /// By entry of the plan: one mark for each value that tells a person.
    private(set) var marks: [[UInt64]]

    init(plan: PersonPlan, hash: KeyedHash, today: CivilDate) {
        self.plan = plan
        self.hash = hash
        self.today = today
        marks = plan.entries.map { _ in [] }
        birthColumn = plan.entries.firstIndex { $0.role == .birthDate }
    }

    /// - Parameter columns: those of ``PersonPlan/entries``, in that order.
    mutating func add(_ columns: [ColumnBatch]) {
        guard columns.count == plan.entries.count else { return }
        let ages = birthColumn.map { index in columns[index].mapValues { age(from: $0) } }
        for (index, entry) in plan.entries.enumerated() where entry.role != .birthDate {
            let column = columns[index]
            column.bytes.withUnsafeBufferPointer { bytes in
                for row in 0..<column.count where !column.isNull[row] {
                    let value = UnsafeBufferPointer(rebasing: bytes[column.offsets[row]..<column.offsets[row + 1]]).trimmed
                    guard !value.isEmpty else { continue }
                    if let mark = mark(value, entry.role, age: ages?[row]) { marks[index].append(mark.word) }
                }
            }
        }
    }

    private func mark(_ value: UnsafeBufferPointer<UInt8>, _ role: PersonPlan.Role, age: Int?) -> PersonMark? {
        switch role {
        case .idCard:
            guard let person = DigitRun.with(value, ResidentIDValidator.personNumber) ?? nil else { return nil }
            return PersonMark(hash.hash(person.number), PersonMark.Age(years: person.birth.age(on: today)))
        case .mobile:
            guard let number = DigitRun.with(value, MobileValidator.number) ?? nil else { return nil }
            return PersonMark(hash.hash(number), PersonMark.Age(years: age))
        case .name:
            guard TextScalars.with(value, { PersonNameValidator.reading($0) != nil }) ?? false else { return nil }
            return PersonMark(hash.hash(value), PersonMark.Age(years: age))
        case .opaque: return PersonMark(hash.hash(value), PersonMark.Age(years: age))
        case .birthDate: return nil
        }
    }

    private func age(from value: UnsafeBufferPointer<UInt8>) -> Int? {
        DateValidator.reading(value).map { $0.date.age(on: today) }
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
