import Exposure
import PatientData

/// Counts kinds of person data over one table, or over a whole reply.
struct PersonDataTally {
    private struct Entry {
        var count = 0
        var fields: [String] = []
        /// Proved by itself; the rest counts only beside something that is.
        var isSure = false
        var weight = PersonDataKind.Weight.attribute
    }

    private var entries: [DataKind: Entry] = [:]

    mutating func add(_ kind: DataKind, count: Int, field: String, isSure: Bool) {
        var entry = entries[kind] ?? Entry()
        entry.count += count
        entry.isSure = entry.isSure || isSure
        if !field.isEmpty, !entry.fields.contains(field), entry.fields.count < 32 { entry.fields.append(field) }
        entries[kind] = entry
    }

    /// With the weights that the neighbours give: the telephone, address or e-mail of a shop stands beside no person, a word that looks like a name
    /// beside none either.
    var settled: PersonDataTally {
        let hasPerson = entries.contains { kind, entry in entry.isSure && (kind == .name || kind == .mobile || kind.weight == .identity) }
        var settled = self
        for (kind, entry) in entries {
            let isOfPerson = hasPerson && (entry.isSure || kind != .name) || kind.weight == .identity && entry.isSure
            settled.entries[kind]?.weight =
                switch kind.weight {
                case .name, .contact, .identity: isOfPerson ? kind.weight : .attribute
                case .health, .attribute: kind.weight
                }
        }
        return settled
    }

    mutating func merge(_ other: PersonDataTally) {
        for (kind, entry) in other.entries {
            var sum = entries[kind] ?? Entry()
            sum.count += entry.count
            sum.fields += entry.fields.filter { !sum.fields.contains($0) }
            sum.isSure = sum.isSure || entry.isSure
            sum.weight = max(sum.weight, entry.weight)
            entries[kind] = sum
        }
    }

    /// The heaviest first.
    var kinds: [PersonDataKind] {
        entries.map { PersonDataKind($0.key.term, $0.value.weight, count: $0.value.count, fields: $0.value.fields) }
            .sorted { ($1.weight, $0.term) < ($0.weight, $1.term) }
    }
}

extension DataKind {
    /// What a value of the kind says of a person by itself.
    var weight: PersonDataKind.Weight {
        switch self {
        case .name: .name
        case .socialSecurity, .medicalInsurance, .biometric: .identity
        default: isIdentityDocument ? .identity : isContact ? .contact : isHealth ? .health : .attribute
        }
    }
}
