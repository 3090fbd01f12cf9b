import Datastores

/// Names of columns for people. A file without header may pass its first record off as one: then the "names" are a person's values, and
/// positions
/// stand for all of them.
enum SafeNames {
    static func of(_ table: Table) -> [String] {
        let names = table.columns.map(\.name)
        guard names.contains(where: isValue) else { return names.map { String($0.prefix(128)) } }
        return names.indices.map { "#\($0 + 1)" }
    }

    private static func isValue(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { !ValueReading($0).kinds.isDisjoint(with: [.idCard, .mobile, .email, .bankCard, .birthDate]) }
    }
}
