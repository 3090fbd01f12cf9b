import Cryptography
package import Datastores

/// Reads rows of a sealed table, opened, over one connection. Serves one thread.
package final class PostgreSQLReader {
    private let session: PostgreSQLSession
    private let request: SealRequest
    private let keys: SealingKeys
    private let sealed: [PostgreSQLState.SealedColumn]
    private let table: TableSnapshot
    private let ciphers: [String: ColumnCipher]

    package init(_ session: PostgreSQLSession, _ request: SealRequest, _ keys: SealingKeys) throws {
        self.session = session
        self.request = request
        self.keys = keys
        sealed = try PostgreSQLState.sealedColumns(session, schema: request.schema, table: request.table)
        guard !sealed.isEmpty else { throw SealingError.notSealed(request.displayName) }
        guard let table = try PostgreSQLSnapshot.read(session, schema: request.schema, table: request.table, columns: []) else {
            throw SealingError.noSuchTable(request.displayName)
        }
        self.table = table
        try keys.require(sealed.map(\.column))
        var ciphers: [String: ColumnCipher] = [:]
        for known in sealed {
            let name = known.column.name
            ciphers[name] = try ColumnCipher(known.column, form: known.form, logicalName: request.logicalName(of: name), keys: keys)
        }
        self.ciphers = ciphers
    }

    func read(_ selection: SealSelection, _ body: (OpenedRow) throws -> Void) throws -> OpenSummary {
        let query = try query(selection)
        var opener = Opener(query, ciphers)
        if query.parameters.isEmpty {
            // As many as the table has: they are streamed.
            var copy = CopyBinary()
            var fields = [Range<Int>?](repeating: nil, count: query.fieldCount)
            try session.copyOut("COPY (\(query.sql)) TO STDOUT (FORMAT binary)") { message in
                guard try copy.row(message, into: &fields) else { return }
                try opener.take(fields.map { $0.map { String(decoding: message[$0], as: UTF8.self) } }, body)
            }
        } else {
            for row in try session.rows(query.sql, query.parameters) { try opener.take(row, body) }
        }
        return opener.summary
    }

    /// What is asked of the server: the row's place, the key's parts, the columns, the marks; all as text.
    package struct Query {
        package let sql: String
        package let parameters: [String?]
        fileprivate let sealed: [PostgreSQLState.SealedColumn]
        /// The table's, without companions.
        fileprivate let columns: [String]
        fileprivate let keyParts: Int
        fileprivate let search: SealSearch?

        fileprivate var fieldCount: Int { 1 + keyParts + columns.count + sealed.count { $0.column.hasMark } }
    }

    /// The statement that a reading takes, to be looked at with EXPLAIN.
    package func query(_ selection: SealSelection) throws -> Query {
        let quoted = PostgreSQLSession.identifier
        var (conditions, parameters, limit): ([String], [String?], String) = ([], [], "")
        var search: SealSearch?
        switch selection {
        case .all(let count): limit = count.map { " LIMIT \(max(0, $0))" } ?? ""
        case .key(let parts):
            guard parts.count == table.primaryKey.count else {
                throw SealingError.unsupported(
                    "the primary key is (\(table.primaryKey.joined(separator: ", "))): give \(table.primaryKey.count) values, in this order")
            }
            // The server gives each parameter the type of the column that it is compared with.
            conditions = table.primaryKey.enumerated().map { "t.\(quoted($1)) = $\($0 + 1)" }
            parameters = parts
        case .value(let column, let text, let part):
            let found = try SealSearch(column, text, part, in: sealed.map(\.column), request: request, keys: keys)
            let (name, type): (String, String)
            switch found.lookup {
            case .companion(let companion, let values): (name, type, parameters) = (companion.name, companion.postgreSQLType.name, values.map(\.text))
            case .cell(let values): (name, type, parameters) = (column, table.column(column)?.declaration ?? "text", values)
            }
            conditions = ["t.\(quoted(name)) IN (\(parameters.indices.map { "$\($0 + 1)::\(type)" }.joined(separator: ", ")))"]
            search = found
        }
        let companions = Set(sealed.flatMap(\.column.companions).map(\.name))
        let columns = table.columns.map(\.name).filter { !companions.contains($0) }
        let marks = sealed.filter(\.column.hasMark).compactMap(\.column.companions.first?.name)
        let selected = ["ctid"] + (table.primaryKey + columns + marks).map(quoted)
        let filter = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
        let sql = """
            SELECT \(selected.map { "t.\($0)::text" }.joined(separator: ", ")) FROM ONLY \(request.qualifiedName) AS t\(filter)
            ORDER BY \(table.primaryKey.map { "t." + quoted($0) }.joined(separator: ", "))\(limit)
            """
        return Query(sql: sql, parameters: parameters, sealed: sealed, columns: columns, keyParts: table.primaryKey.count, search: search)
    }

    private struct Opener {
        private let query: Query
        private let ciphers: [String: ColumnCipher]
        private let marks: [String: Int]
        private(set) var summary = OpenSummary()

        init(_ query: Query, _ ciphers: [String: ColumnCipher]) {
            self.query = query
            self.ciphers = ciphers
            var marks: [String: Int] = [:]
            for known in query.sealed where known.column.hasMark {
                marks[known.column.name] = 1 + query.keyParts + query.columns.count + marks.count
            }
            self.marks = marks
        }

        mutating func take(_ fields: [String?], _ body: (OpenedRow) throws -> Void) throws {
            guard fields.count == query.fieldCount else { throw SealingError.malformedAnswer }
            let key = PrimaryKeyBytes(fields[1...query.keyParts].map { $0 ?? "" })
            var row = OpenedRow(columns: query.columns, values: Array(fields[(1 + query.keyParts)...].prefix(query.columns.count)))
            var isMatch = true
            for (index, name) in query.columns.enumerated() {
                guard let cipher = ciphers[name] else { continue }
                let value = try row.values[index].map { try open($0, marks[name].flatMap { fields[$0] }, cipher, key, fields[0]) }
                row.values[index] = value.map { cipher.form == .binary ? Hex.shown($0) : String(decoding: $0, as: UTF8.self) }
                if let search = query.search, search.column.name == name { isMatch = value.map(search.matches) ?? false }
            }
            guard isMatch else {
                summary.falseMatches += 1
                return
            }
            try body(row)
            summary.rows += 1
        }

        /// What a cell holds; what a writer has brought in, as it is.
        private func open(_ text: String, _ mark: String?, _ cipher: ColumnCipher, _ key: PrimaryKeyBytes, _ ctid: String?) throws -> [UInt8] {
            let cell = cipher.form == .binary ? try Self.bytes(text) : Array(text.utf8)
            let mark = try mark.map(Self.bytes)
            do {
                return try cell.withUnsafeBytes { cell in
                    try (mark ?? []).withUnsafeBytes { bytes in
                        try key.withBytes { try cipher.withOpened(cell, mark: mark == nil ? nil : bytes, primaryKey: $0) { Array($0) } }
                            ?? Array(cell)
                    }
                }
            } catch let error as SealingFailure {
                throw SealingError.cell(Self.place(ctid, cipher.column.name), error.description)
            } catch let error as FormatPreservingCipher.Failure {
                throw SealingError.cell(Self.place(ctid, cipher.column.name), error.description)
            } catch SealingError.keyMissing(_, let id, let reason) {
                throw SealingError.cell(Self.place(ctid, cipher.column.name), "key \(id) can't be had: \(reason)")
            }
        }

        /// As the server writes them with bytea_output = hex.
        private static func bytes(_ text: String) throws -> [UInt8] {
            guard text.hasPrefix("\\x"), let bytes = Hex.bytes(text.dropFirst(2)) else { throw SealingError.malformedAnswer }
            return bytes
        }

        /// - Parameter ctid: `(page,item)`.
        private static func place(_ ctid: String?, _ column: String) -> CellPlace {
            let numbers = (ctid ?? "").dropFirst().dropLast().split(separator: ",")
            let (page, item) = (numbers.first.flatMap { UInt32($0) }, numbers.last.flatMap { UInt16($0) })
            return CellPlace(column: column, row: .heap(page: page ?? 0, item: item ?? 0))
        }
    }
}

extension CompanionValue {
    fileprivate var text: String? {
        switch self {
        case .null: nil
        case .integer(let number): String(number)
        case .text(let bytes): String(decoding: bytes, as: UTF8.self)
        case .bytes: nil
        }
    }
}
