import Cryptography
import Datastores

/// A table's primary key: how its values are read, bound and written into SQL.
///
/// Values are the server's text in UTF-8 (the bytes themselves, of columns of bytes). Before they are compared they get the column's own type,
/// character set and collation, so that the server finds them by the index.
struct MySQLKey: Sendable {
    private enum Kind {
        case integer(isUnsigned: Bool)
        case text(characterSet: String, collation: String)
        case bytes
        case cast(String)
    }

    struct Part: Sendable {
        let name: String
        private let kind: Kind

        /// Nil for a type that can't be compared with its text.
        init?(_ column: MySQLTable.Column) {
            name = column.name
            switch column.type {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "year":
                kind = .integer(isUnsigned: column.declaration.contains("unsigned") || column.type == "year")
            case "char", "varchar", "tinytext", "text", "mediumtext", "longtext":
                guard let set = column.characterSet, let collation = column.collation, Self.isName(set), Self.isName(collation) else { return nil }
                kind = .text(characterSet: set, collation: collation)
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob": kind = .bytes
            case "decimal": kind = .cast("DECIMAL(65,30)")
            case "date": kind = .cast("DATE")
            case "datetime", "timestamp": kind = .cast("DATETIME(6)")
            case "time": kind = .cast("TIME(6)")
            case "uuid": kind = .cast("UUID")
            default: return nil
            }
        }

        private static func isName(_ text: String) -> Bool {
            !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        }

        var isInteger: Bool { if case .integer = kind { true } else { false } }

        var valueKind: MySQLValues.Kind {
            switch kind {
            case .integer(let isUnsigned): isUnsigned ? .unsigned : .integer
            case .text, .cast: .text
            case .bytes: .bytes
            }
        }

        /// - Parameter value: a parameter's mark, or a literal.
        private func typed(_ value: String) -> String {
            switch kind {
            case .integer, .bytes: value
            case .text(let set, let collation): "CONVERT(\(value) USING \(set)) COLLATE \(collation)"
            case .cast(let type): "CAST(\(value) AS \(type))"
            }
        }

        var parameter: String { typed("?") }

        func literal(_ value: [UInt8]) -> String {
            switch kind {
            case .integer: String(decoding: value, as: UTF8.self)
            case .bytes: "x'\(Hex.text(value))'"
            case .text, .cast: typed("_utf8mb4 x'\(Hex.text(value))'")
            }
        }

        func append(_ value: UnsafeRawBufferPointer, to values: inout MySQLValues) throws {
            guard case .integer(let isUnsigned) = kind else { return values.append(value) }
            let text = String(decoding: value, as: UTF8.self)
            let number = isUnsigned ? UInt64(text).map { Int64(bitPattern: $0) } : Int64(text)
            guard let number else { throw SealingError.malformedAnswer }
            values.append(number)
        }
    }

    let parts: [Part]

    init?(_ table: MySQLTable) {
        let parts = table.primaryKey.compactMap { table.column($0).flatMap(Part.init) }
        guard !parts.isEmpty, parts.count == table.primaryKey.count else { return nil }
        self.parts = parts
    }

    var names: [String] { parts.map { MySQLSession.identifier($0.name) } }
    var list: String { names.joined(separator: ", ") }

    /// A row's key as it was read: its parts.
    typealias Value = [[UInt8]]

    static func value(_ row: MySQLRow, count: Int) throws -> Value {
        try (0..<count).map { index in
            guard let part = row[index] else { throw SealingError.malformedAnswer }
            return Array(part)
        }
    }

    /// Compares part for part, which the optimizer makes ranges of the index of (of `(a, b) > (x, y)` it doesn't).
    private func compare(_ value: Value, _ sign: String, orEqual: Bool) -> String {
        var alternatives: [String] = []
        for index in parts.indices {
            let equal = (0..<index).map { "\(names[$0]) = \(parts[$0].literal(value[$0]))" }
            let sign = orEqual && index == parts.count - 1 ? sign + "=" : sign
            alternatives.append("(" + (equal + ["\(names[index]) \(sign) \(parts[index].literal(value[index]))"]).joined(separator: " AND ") + ")")
        }
        return "(" + alternatives.joined(separator: " OR ") + ")"
    }

    func isAfter(_ value: Value) -> String { compare(value, ">", orEqual: false) }
    func isUpTo(_ value: Value) -> String { compare(value, "<", orEqual: true) }

    func isOneOf(_ values: [Value]) -> String {
        if parts.count == 1 { return "\(names[0]) IN (\(values.map { parts[0].literal($0[0]) }.joined(separator: ", ")))" }
        let rows = values.map { value in "(" + parts.indices.map { parts[$0].literal(value[$0]) }.joined(separator: ", ") + ")" }
        return "(\(list)) IN (\(rows.joined(separator: ", ")))"
    }

    /// For parameters.
    var isEqual: String { parts.map { "\(MySQLSession.identifier($0.name)) = \($0.parameter)" }.joined(separator: " AND ") }

    /// A place by which an operator finds the row.
    func place(_ column: String, _ value: Value) -> CellPlace {
        if parts.count == 1, parts[0].isInteger, let number = Int64(String(decoding: value[0], as: UTF8.self)) {
            return CellPlace(column: column, row: .number(number, of: parts[0].name))
        }
        let text = String(decoding: Array(value.joined(separator: [0x0A])), as: UTF8.self)
        let joined = parts.map { part -> String in
            let name = MySQLSession.identifier(part.name)
            return part.valueKind == .bytes ? name : "CONVERT(\(name) USING utf8mb4)"
        }
        return CellPlace(
            column: column,
            row: .digest(String(SHA256.hex(text).prefix(16)), condition: "LEFT(SHA2(CONCAT_WS('\\n', \(joined.joined(separator: ", "))), 256), 16)"))
    }
}
