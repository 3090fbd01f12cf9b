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

    /// A comment, made fit to be shown: people write telephone numbers into them.
    static func comment(_ text: String?) -> String? {
        guard let text, !text.isEmpty else { return nil }
        return isValue(text) ? nil : String(withoutLongNumbers(text).prefix(200))
    }

    /// Seven digits in a row or more may be somebody's number: asterisks stand for them.
    static func withoutLongNumbers(_ text: String) -> String {
        var result = ""
        var digits = ""
        for character in text + "\n" {
            if character.isNumber {
                digits.append(character)
                continue
            }
            result += digits.count >= 7 ? "***" : digits
            digits = ""
            result.append(character)
        }
        return String(result.dropLast())
    }

    private static func isValue(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { !ValueReading($0).kinds.isDisjoint(with: [.idCard, .mobile, .email, .bankCard, .birthDate]) }
    }
}
