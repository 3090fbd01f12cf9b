import Datastores
import ReferenceData

/// Which columns of a table tell its persons apart.
package struct PersonPlan: Sendable, Hashable, Codable {
    package enum Role: String, Hashable, Sendable, Codable {
        /// Clear numbers; what isn't one is passed over.
        case idCard
        case mobile
        case name
        /// Any value stands for a person.
        case opaque
        case birthDate
    }

    package struct Entry: Hashable, Sendable, Codable {
        var column: String
        var role: Role
        /// Opaque values that come out of the person's own (a hash, a mask, a record number), as opposed to ciphertexts, which may
        /// differ for the same person.
        var isFunctionOfPerson = true
    }

    private(set) var entries: [Entry] = []

    /// Nil when the table has no such column.
    init?(_ columns: [ColumnExamination]) {
        func clear(_ kind: DataKind) -> [ColumnExamination] { columns.filter { $0.verdict.kind == kind && $0.verdict.isInClear } }
        let numbers = clear(.idCard)
        entries = numbers.map { Entry(column: $0.column.name, role: .idCard) }
        // Several telephones of one row are mostly one person's: one column only.
        let mobile = clear(.mobile).max { $0.verdict.clearShare < $1.verdict.clearShare }
        // Where most rows have no number, more people may have a telephone.
        if let mobile, (numbers.map(\.verdict.clearShare).max() ?? 0) < 0.5 {
            entries.append(Entry(column: mobile.column.name, role: .mobile))
        }
        if numbers.isEmpty {
            if mobile == nil, let name = clear(.name).first {
                entries.append(Entry(column: name.column.name, role: .name))
            }
            for column in columns
            where !column.verdict.isInClear && [.idCard, .mobile].contains(column.verdict.kind) && column.verdict.protection != .empty {
                entries.append(
                    Entry(column: column.column.name, role: .opaque, isFunctionOfPerson: !column.verdict.protection.mayBeRandomised))
            }
            for column in clear(.medicalRecordNumber) { entries.append(Entry(column: column.column.name, role: .opaque)) }
        }
        guard !entries.isEmpty, entries.contains(where: { $0.role != .birthDate }) else { return nil }
        if numbers.isEmpty, let birth = clear(.birthDate).first { entries.append(Entry(column: birth.column.name, role: .birthDate)) }
    }
}

extension Protection {
    fileprivate var mayBeRandomised: Bool {
        switch self {
        case .encrypted, .sealed: true
        case .mixed(let shares): shares.encrypted + shares.sealed > 0
        default: false
        }
    }
}
