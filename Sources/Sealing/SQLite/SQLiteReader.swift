import Cryptography
package import Datastores

/// Reads rows of a sealed table, opened.
package enum SQLiteReader {
    static func read(
        _ session: SQLiteSession, _ request: SealRequest, _ selection: SealSelection, _ keys: SealingKeys, _ body: (OpenedRow) throws -> Void
    ) throws -> OpenSummary {
        let table = try SQLiteTable.read(session, request)
        let sealed = table.recorded.map(\.column)
        guard !sealed.isEmpty else { throw SealingError.notSealed(request.displayName) }
        try keys.require(sealed)
        let query = try Query(table, request, selection, keys)
        let ciphers = try sealed.map {
            try SQLiteColumnCipher($0, logicalName: request.logicalName(of: $0.name), keys: keys, isUTF16: table.isUTF16)
        }
        let cells = query.columns.map { name in ciphers.firstIndex { $0.column.name == name } }
        var reader = SQLiteRowReader(table)
        let statement = try session.prepare(query.sql)
        defer { statement.reset() }
        try statement.bind(query.parameters)
        var summary = OpenSummary()
        while try statement.step() {
            try reader.readKey(statement)
            var row = OpenedRow(columns: query.columns, values: [])
            var isMatch = true
            for (index, name) in query.columns.enumerated() {
                let cell = statement.cell(reader.width + index)
                guard let cipher = cells[index].map({ ciphers[$0] }) else {
                    row.values.append(text(cell))
                    continue
                }
                let (value, bytes) = try open(statement, cell, cipher, query, reader)
                row.values.append(value)
                if let search = query.search, search.column.name == name { isMatch = bytes.map(search.matches) ?? false }
            }
            guard isMatch else {
                summary.falseMatches += 1
                continue
            }
            try body(row)
            summary.rows += 1
        }
        return summary
    }

    private static func open(
        _ statement: SQLiteStatement, _ cell: SQLiteCell, _ cipher: SQLiteColumnCipher, _ query: Query, _ reader: SQLiteRowReader
    ) throws -> (String?, [UInt8]?) {
        var mark: UnsafeRawBufferPointer?
        if let place = query.marks[cipher.column.name], case .blob(let bytes) = statement.cell(reader.width + place) { mark = bytes }
        do {
            if let opened = try cipher.opened(cell, mark: mark, key: reader.key) { return (opened.text, opened.bytes) }
        } catch let error as SealingFailure {
            throw SealingError.cell(reader.place(statement, cipher.column.name), error.description)
        } catch let error as FormatPreservingCipher.Failure {
            throw SealingError.cell(reader.place(statement, cipher.column.name), error.description)
        } catch SealingError.keyMissing(_, let id, let reason) {
            throw SealingError.cell(reader.place(statement, cipher.column.name), "key \(id) can't be had: \(reason)")
        }
        // A writer's, not sealed yet.
        if case .blob(let bytes) = cell { return (text(cell), Array(bytes)) }
        let value = text(cell)
        return (value, value.map { Array($0.utf8) })
    }

    private static func text(_ cell: SQLiteCell) -> String? {
        switch cell {
        case .null: nil
        case .integer(let number): "\(number)"
        case .real(let number): "\(number)"
        case .text(let bytes): String(decoding: bytes, as: UTF8.self)
        case .blob(let bytes): Hex.shown(bytes)
        }
    }

    /// What is asked of the file.
    package struct Query {
        package let sql: String
        package let parameters: [SQLiteValue]
        /// The table's, without companions.
        let columns: [String]
        /// Places of the marks behind the columns.
        let marks: [String: Int]
        fileprivate let search: SealSearch?

        init(_ table: SQLiteTable, _ request: SealRequest, _ selection: SealSelection, _ keys: SealingKeys) throws {
            let sealed = table.recorded.map(\.column)
            let companions = Set(sealed.flatMap(\.companions).map(\.name))
            columns = table.columns.filter { !$0.isHidden && !companions.contains($0.name) }.map(\.name)
            let marked = sealed.filter(\.hasMark)
            let offset = columns.count
            marks = Dictionary(marked.enumerated().map { ($1.name, offset + $0) }, uniquingKeysWith: { first, _ in first })
            let quoted = SQLiteSession.identifier
            var conditions: [String] = []
            var parameters: [SQLiteValue] = []
            var limit = ""
            var search: SealSearch?
            switch selection {
            case .all(let count): limit = count.map { " LIMIT \(max(0, $0))" } ?? ""
            case .key(let parts):
                let key = table.primaryKey
                guard parts.count == key.count else {
                    throw SealingError.unsupported(
                        "the primary key is (\(key.map(\.name).joined(separator: ", "))): give \(key.count) values, in this order")
                }
                for (column, part) in zip(key, parts) {
                    let values = Self.values(part, of: column)
                    conditions.append("\(quoted(column.name)) IN (\(values.map { _ in "?" }.joined(separator: ", ")))")
                    parameters += values
                }
            case .value(let column, let text, let part):
                let found = try SealSearch(column, text, part, in: sealed, request: request, keys: keys)
                let name: String
                switch found.lookup {
                case .companion(let companion, let values): (name, parameters) = (companion.name, values.map(Self.value))
                case .cell(let values): (name, parameters) = (column, values.map { .text($0) })
                }
                conditions.append("\(quoted(name)) IN (\(parameters.map { _ in "?" }.joined(separator: ", ")))")
                search = found
            }
            self.search = search
            self.parameters = parameters
            let reader = SQLiteRowReader(table)
            let selected = reader.selected + columns.map(quoted) + marked.compactMap { $0.companions.first.map { quoted($0.name) } }
            let filter = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
            let order = table.primaryKey.map { quoted($0.name) }.joined(separator: ", ")
            sql = "SELECT \(selected.joined(separator: ", ")) FROM \(quoted(table.name))\(filter) ORDER BY \(order)\(limit)"
        }

        /// A key's part as it may be kept: SQLite makes a number of a text by itself only where the column is one of numbers.
        private static func values(_ part: String, of column: SQLiteTable.Column) -> [SQLiteValue] {
            guard column.keepsEveryType else { return [.text(part)] }
            var values: [SQLiteValue] = [.text(part)]
            if let number = Int64(part) { values.append(.integer(number)) } else if let number = Double(part) { values.append(.real(number)) }
            let digits = Array(part.utf8.dropFirst(2))
            if part.hasPrefix("\\x"), digits.count % 2 == 0 {
                let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
                    UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
                }
                if bytes.count * 2 == digits.count { values.append(.blob(bytes)) }
            }
            return values
        }

        private static func value(_ companion: CompanionValue) -> SQLiteValue {
            switch companion {
            case .null: .null
            case .integer(let number): .integer(number)
            case .text(let bytes): .text(String(decoding: bytes, as: UTF8.self))
            case .bytes(let bytes): .blob(bytes)
            }
        }
    }

    /// The statement that a reading takes, to be looked at with EXPLAIN.
    package static func query(_ session: SQLiteSession, _ request: SealRequest, _ selection: SealSelection, _ keys: SealingKeys) throws -> Query {
        try Query(try SQLiteTable.read(session, request), request, selection, keys)
    }
}
