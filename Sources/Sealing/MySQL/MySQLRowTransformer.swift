import Cryptography
import Datastores

/// Turns a row as it was read into the values that an UPDATE binds. Serves one thread.
final class MySQLRowTransformer {
    private let operation: SealOperation
    private let columns: [MySQLSealedColumn]
    private let ciphers: [ColumnCipher]
    private let key: MySQLKey
    private var primaryKey = PrimaryKeyBytes()
    /// Each column and its companions, then the key's parts.
    private(set) var values: [MySQLValues]
    private(set) var counts = SealCounts()
    /// Bytes read since ``removeAll()``.
    private(set) var size = 0

    init(_ operation: SealOperation, _ columns: [MySQLSealedColumn], ciphers: [ColumnCipher], key: MySQLKey) {
        self.operation = operation
        self.columns = columns
        self.ciphers = ciphers
        self.key = key
        values =
            columns.flatMap { column in
                [MySQLValues(column.form == .text ? .text : .bytes)] + column.column.written(operation).map { MySQLValues($0.valueKind) }
            } + key.parts.map { MySQLValues($0.valueKind) }
    }

    func removeAll() {
        for index in values.indices { values[index].removeAll() }
        counts = SealCounts()
        size = 0
    }

    /// What a row's fields are: the key's parts, the columns, whether each comes through UTF-8 unchanged, the marks.
    static func fields(_ columns: [MySQLSealedColumn], _ key: MySQLKey) -> String {
        let marks = columns.filter(\.column.hasMark).map { MySQLSession.identifier($0.column.name + "_suwen_mark") }
        return (key.names + columns.map(\.expression) + columns.map(\.isLossless) + marks).joined(separator: ", ")
    }

    /// - Parameter always: takes the row although none of its cells changes.
    /// - Returns: whether the row was taken.
    @discardableResult
    func append(_ row: MySQLRow, always: Bool) throws -> Bool {
        let before = counts
        let keyCount = key.parts.count
        primaryKey.removeAll()
        for index in 0..<keyCount {
            guard let part = row[index] else { throw SealingError.malformedAnswer }
            primaryKey.append(part)
        }
        var place = 0
        var markField = keyCount + 2 * columns.count
        for (index, column) in columns.enumerated() {
            let cell = row[keyCount + index]
            size += cell?.count ?? 0
            var mark: UnsafeRawBufferPointer?
            if column.column.hasMark {
                mark = row[markField]
                markField += 1
            }
            do {
                if cell != nil, row[keyCount + columns.count + index]?.first == UInt8(ascii: "0") {
                    throw SealingError.cell(try self.place(row, column), "holds bytes that aren't text of its character set")
                }
                try append(cell, mark, column, ciphers[index], at: &place)
                if let cell, values[place - 1 - column.column.written(operation).count].lastLength > max(column.capacity, cell.count) {
                    throw SealingError.cell(try self.place(row, column), "is too long: sealed, it has no room in its column")
                }
            } catch let error as SealingFailure {
                throw SealingError.cell(try self.place(row, column), error.description)
            } catch let error as FormatPreservingCipher.Failure {
                throw SealingError.cell(try self.place(row, column), error.description)
            }
        }
        guard always || counts.changed > before.changed else {
            counts = before
            for index in 0..<place { values[index].removeLast() }
            return false
        }
        for index in 0..<keyCount { if let part = row[index] { try key.parts[index].append(part, to: &values[place + index]) } }
        counts.rows += 1
        return true
    }

    private func append(
        _ cell: UnsafeRawBufferPointer?, _ mark: UnsafeRawBufferPointer?, _ column: MySQLSealedColumn, _ cipher: ColumnCipher, at place: inout Int
    ) throws {
        let own = place
        let isChanged = try primaryKey.withBytes { key in
            guard let cell else {
                values[own].appendNull()
                var nothing: [UInt8] = []
                return try cipher.change(nil, primaryKey: key, operation, into: &nothing)
            }
            return try values[own].appendValue { try cipher.change(cell, mark: mark, primaryKey: key, operation, into: &$0) }
        }
        if cell == nil { counts.nulls += 1 } else if isChanged { counts.changed += 1 } else { counts.kept += 1 }
        for index in 0..<column.column.written(operation).count { values[own + 1 + index].append(cipher.companions[index]) }
        place += 1 + column.column.written(operation).count
    }

    private func place(_ row: MySQLRow, _ column: MySQLSealedColumn) throws -> CellPlace {
        key.place(column.column.name, try MySQLKey.value(row, count: key.parts.count))
    }
}

extension MySQLValues {
    mutating func append(_ companion: CompanionValue) {
        switch companion {
        case .null: appendNull()
        case .integer(let number): append(number)
        case .text(let bytes), .bytes(let bytes): bytes.withUnsafeBytes { append($0) }
        }
    }
}

extension CompanionColumn {
    var valueKind: MySQLValues.Kind {
        switch type {
        case .bytes: .bytes
        case .integer: .integer
        case .text: .text
        }
    }

    /// A companion's value as it was read.
    func value(_ field: UnsafeRawBufferPointer?) throws -> CompanionValue {
        guard let field else { return .null }
        switch type {
        case .bytes: return .bytes(Array(field))
        case .text: return .text(Array(field))
        case .integer:
            guard let number = Int64(String(decoding: field, as: UTF8.self)) else { throw SealingError.malformedAnswer }
            return .integer(number)
        }
    }
}

/// A column at work, as its table has it now.
struct MySQLSealedColumn: Sendable {
    var column: SealColumn
    var form: ColumnForm
    /// What a SELECT reads of it.
    var expression: String
    /// Whether a cell's text comes back from UTF-8 byte for byte, in SQL.
    var isLossless: String
    var capacity: Int

    /// - Parameter form: as it was recorded; nil before.
    init(_ wanted: SealColumn, _ column: MySQLTable.Column, form: ColumnForm?) {
        self.column = wanted
        self.form = form ?? column.form
        let name = MySQLSession.identifier(column.name)
        expression = Self.reading(column)
        if column.isText, let set = column.characterSet, !["utf8mb4", "utf8mb3", "utf8"].contains(set) {
            isLossless = "CAST(CONVERT(CONVERT(\(name) USING utf8mb4) USING \(set)) AS BINARY) = CAST(\(name) AS BINARY)"
        } else {
            isLossless = "1"
        }
        capacity = column.isText || column.isBinary ? column.capacity : 0
    }

    /// The value as text that gives the same value again.
    static func reading(_ column: MySQLTable.Column) -> String {
        let name = MySQLSession.identifier(column.name)
        // A float's text has fewer digits than the number.
        return column.type == "float" ? "CAST(\(name) AS DOUBLE)" : name
    }
}
