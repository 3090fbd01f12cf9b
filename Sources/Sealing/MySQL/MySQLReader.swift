import Cryptography
import Datastores

/// Reads rows of a sealed table, opened, in one snapshot.
enum MySQLReader {
    static func read(
        _ target: SealTarget, _ request: SealRequest, _ selection: SealSelection, keys: SealingKeys,
        body: @escaping @Sendable (OpenedRow) throws -> Void
    ) async throws -> OpenSummary {
        try await target.connectMySQL { session in
            guard let table = try MySQLSnapshot.read(session, request) else { throw SealingError.noSuchTable(request.displayName) }
            guard !table.sealed.isEmpty else { throw SealingError.notSealed(request.displayName) }
            guard let key = MySQLKey(table) else { throw SealingError.blocked([.noPrimaryKey]) }
            try keys.require(table.sealed.map(\.column))
            let run = try Run(request: request, table: table, key: key, selection: selection, keys: keys)
            try session.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            try session.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT")
            try session.stream(try run.sql()) { row in if let opened = try run.open(row) { try body(opened) } }
            try session.execute("COMMIT")
            return run.summary
        }
    }

    private final class Run {
        private let request: SealRequest
        private let table: MySQLTable
        private let key: MySQLKey
        private let selection: SealSelection
        private let columns: [MySQLTable.Column]
        /// By column of ``columns``; nil for those that aren't sealed.
        private let ciphers: [ColumnCipher?]
        private let search: SealSearch?
        private var primaryKey = PrimaryKeyBytes()
        private(set) var summary = OpenSummary()

        init(request: SealRequest, table: MySQLTable, key: MySQLKey, selection: SealSelection, keys: SealingKeys) throws {
            self.request = request
            self.table = table
            self.key = key
            self.selection = selection
            let companions = Set(table.sealed.flatMap { $0.column.companions.map(\.name) })
            columns = table.columns.filter { !companions.contains($0.name) }
            ciphers = try columns.map { column in
                try table.sealed.first { $0.column.name == column.name }.map {
                    try ColumnCipher($0.column, form: $0.form, logicalName: request.logicalName(of: column.name), keys: keys)
                }
            }
            search =
                if case .value(let column, let text, let part) = selection {
                    try SealSearch(column, text, part, in: table.sealed.map(\.column), request: request, keys: keys)
                } else { nil }
        }

        private var marks: [String] { columns.indices.filter { ciphers[$0]?.column.hasMark ?? false }.map { columns[$0].name + "_suwen_mark" } }

        func sql() throws -> String {
            let list = key.names + columns.map { MySQLSealedColumn.reading($0) } + marks.map { MySQLSession.identifier($0) }
            var sql = "SELECT \(list.joined(separator: ", ")) FROM \(table.qualifiedName)"
            switch selection {
            case .all(let limit): return sql + " ORDER BY \(key.list)" + (limit.map { " LIMIT \(max(0, $0))" } ?? "")
            case .key(let parts):
                guard parts.count == key.parts.count else {
                    throw SealingError.unsupported(
                        "the primary key is (\(key.parts.map(\.name).joined(separator: ", "))): give \(key.parts.count) values, in this order")
                }
                for (part, text) in zip(key.parts, parts) where part.isInteger && Int64(text) == nil && UInt64(text) == nil {
                    throw SealingError.unsupported("\(part.name) is a whole number")
                }
                sql += " WHERE " + key.isOneOf([parts.map { Array($0.utf8) }])
            case .value:
                guard let search else { throw SealingError.malformedAnswer }
                sql += " WHERE " + condition(search)
            }
            return sql + " ORDER BY \(key.list)"
        }

        /// By an index; ``SealSearch/matches(_:)`` drops what else it finds.
        private func condition(_ search: SealSearch) -> String {
            switch search.lookup {
            case .companion(let companion, let values):
                let literals = values.map { value in
                    switch value {
                    case .null: "NULL"
                    case .integer(let number): "\(number)"
                    case .text(let bytes): MySQLSession.literal(String(decoding: bytes, as: UTF8.self))
                    case .bytes(let bytes): "x'\(Hex.text(bytes))'"
                    }
                }
                return "\(MySQLSession.identifier(companion.name)) IN (\(literals.joined(separator: ", ")))"
            case .cell(let values):
                return "\(MySQLSession.identifier(search.column.name)) IN (\(values.map(MySQLSession.literal).joined(separator: ", ")))"
            }
        }

        func open(_ row: MySQLRow) throws -> OpenedRow? {
            primaryKey.removeAll()
            for index in key.parts.indices {
                guard let part = row[index] else { throw SealingError.malformedAnswer }
                primaryKey.append(part)
            }
            var values: [String?] = []
            var markField = key.parts.count + columns.count
            for (index, column) in columns.enumerated() {
                let cell = row[key.parts.count + index]
                var mark: UnsafeRawBufferPointer?
                if ciphers[index]?.column.hasMark ?? false {
                    mark = row[markField]
                    markField += 1
                }
                guard let cell else {
                    values.append(nil)
                    continue
                }
                guard let cipher = ciphers[index] else {
                    values.append(column.isBinary ? Hex.shown(cell) : String(decoding: cell, as: UTF8.self))
                    continue
                }
                let isHex = cipher.form == .binary
                let (value, isMatch) = try opened(cell, mark, cipher, row, isHex)
                if column.name == search?.column.name, !isMatch {
                    summary.falseMatches += 1
                    return nil
                }
                values.append(value)
            }
            summary.rows += 1
            return OpenedRow(columns: columns.map(\.name), values: values)
        }

        private func opened(
            _ cell: UnsafeRawBufferPointer, _ mark: UnsafeRawBufferPointer?, _ cipher: ColumnCipher, _ row: MySQLRow, _ isHex: Bool
        ) throws -> (String, Bool) {
            func use(_ value: UnsafeRawBufferPointer) throws -> (String, Bool) {
                let isMatch = cipher.column.name == search?.column.name ? search?.matches(Array(value)) ?? true : true
                return (isHex ? Hex.shown(value) : String(decoding: value, as: UTF8.self), isMatch)
            }
            do {
                return try primaryKey.withBytes { key in try cipher.withOpened(cell, mark: mark, primaryKey: key) { try use($0) } } ?? use(cell)
            } catch let error as SealingFailure {
                throw SealingError.cell(key.place(cipher.column.name, try MySQLKey.value(row, count: key.parts.count)), error.description)
            } catch let error as FormatPreservingCipher.Failure {
                throw SealingError.cell(key.place(cipher.column.name, try MySQLKey.value(row, count: key.parts.count)), error.description)
            } catch SealingError.keyMissing(_, let id, let reason) {
                throw SealingError.cell(
                    key.place(cipher.column.name, try MySQLKey.value(row, count: key.parts.count)), "key \(id) can't be had: \(reason)")
            }
        }
    }
}
