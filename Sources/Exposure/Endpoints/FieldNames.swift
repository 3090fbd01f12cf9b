import Probes

/// Picks, of the names that a reply uses, those that may be shown: names of fields, never what might be a value.
///
/// Interfaces do use values as names: `{"13812345678": {…}}`, `{"张三": {…}}`.
enum FieldNames {
    private static let most = 20
    /// Of an object with more members than this, the names are likelier values.
    private static let mostMembers = 80

    /// - Parameter records: the objects that the reply lists. Names that only some of them have are likelier values.
    static func of(_ records: [JSON]) -> [String] {
        let sample = records.prefix(50)
        var counts: [String: Int] = [:]
        var order: [String] = []
        for case .object(let members) in sample {
            guard members.count <= mostMembers else { return [] }
            for name in Set(members.map(\.key)) { counts[name, default: 0] += 1 }
            for member in members where !order.contains(member.key) { order.append(member.key) }
        }
        // A name outside ASCII could be a person's: it is a field's when several records have it.
        return show(order.filter { isIdentifier($0) || sample.count > 2 && isShortWord($0) }.filter { (counts[$0] ?? 0) * 2 > sample.count })
    }

    /// Of a table's heading: a line that nothing proves to be one, so only identifiers are shown.
    static func ofHeading(_ cells: [String]) -> [String] { show(cells.filter(isIdentifier)) }

    private static func show(_ names: [String]) -> [String] { Array(names.prefix(most)) }

    /// ASCII letters, digits, `_`, `-`, `.`; begins with a letter or `_`; at most 40 long with at most 3 digits.
    static func isIdentifier(_ name: String) -> Bool {
        guard let first = name.utf8.first, isLetter(first) || first == UInt8(ascii: "_"), name.utf8.count <= 40 else { return false }
        var digits = 0
        for byte in name.utf8 {
            if (0x30...0x39).contains(byte) { digits += 1 } else if !isLetter(byte), !"_-.".utf8.contains(byte) { return false }
        }
        return digits <= 3
    }

    private static func isShortWord(_ name: String) -> Bool { name.count <= 12 && name.allSatisfy(\.isLetter) }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) }
}
