import Exposure

/// A stand-in for the detectors of patient data, which belong to another capability: goes by the names of fields alone.
struct FieldNamesOfPersons: PersonDataExaminer {
    func kinds(in content: BodyContent) -> [PersonDataKind] {
        let known: [(String, String, PersonDataKind.Weight)] = [
            ("idCard", "kind.idCard", .identity), ("phone", "kind.mobile", .contact), ("name", "kind.name", .name),
            ("diagnosis", "kind.diagnosis", .health),
        ]
        return known.compactMap { name, term, weight in
            let values = content.tables.flatMap(\.fields).filter { $0.name == name }.flatMap(\.values)
            return values.isEmpty ? nil : PersonDataKind(term, weight, count: values.count, fields: [name])
        }
    }
}
