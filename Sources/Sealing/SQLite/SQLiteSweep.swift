import Cryptography
import Datastores
import Foundation

/// Where a row is found and what it is bound to, and the cells of the columns, as they are read.
struct SQLiteRowReader {
    let table: SQLiteTable
    let locator: [String]
    let keyColumns: [SQLiteTable.Column]
    private(set) var key = PrimaryKeyBytes()

    init(_ table: SQLiteTable) {
        self.table = table
        locator = table.locator
        keyColumns = table.primaryKey
    }

    /// The first columns to select: the locator, then the key's parts.
    var selected: [String] { locator + keyColumns.map { SQLiteSession.identifier($0.name) } }
    var width: Int { locator.count + keyColumns.count }

    mutating func readKey(_ statement: SQLiteStatement) throws {
        key.removeAll()
        for (index, column) in keyColumns.enumerated() {
            let cell = statement.cell(locator.count + index)
            if case .null = cell { throw SealingError.cell(place(statement, column.name), "is NULL, though it is part of the primary key") }
            try key.append(cell, isTyped: column.keepsEveryType)
        }
    }

    func place(_ statement: SQLiteStatement, _ column: String) -> CellPlace {
        if case .integer(let number) = statement.cell(0), table.isLocatedByNumber {
            return CellPlace(column: column, row: .number(number, of: table.rowIDColumn ?? locator[0]))
        }
        let parts = keyColumns.indices.map { index in
            switch statement.value(locator.count + index) {
            case .null: ""
            case .integer(let number): "\(number)"
            case .real(let number): "\(number)"
            case .text(let text): text
            case .blob(let bytes): Hex.shown(bytes)
            }
        }
        let condition = "sha256(\(keyColumns.map(\.name).joined(separator: " || char(10) || ")))"
        return CellPlace(column: column, row: .digest(String(SHA256.hex(parts.joined(separator: "\n")).prefix(16)), condition: condition))
    }
}

/// One pass over a table in the order of its locator, a batch at a time. A batch is read and written within one transaction that nobody else writes
/// beside (BEGIN IMMEDIATE): what was read is what is there when it is written, so nothing has to be compared again.
final class SQLiteSweep {
    private let session: SQLiteSession
    private let table: SQLiteTable
    private let operation: SealOperation
    private let ciphers: [SQLiteColumnCipher]
    private let batchRows: Int
    private let checkpoint: Checkpoint?
    private var reader: SQLiteRowReader
    private var buffer: SQLiteRowBuffer

    /// Values on the way at most, in bytes: long texts make batches of fewer rows.
    private static let bufferSize = 16 << 20

    init(
        _ session: SQLiteSession, _ table: SQLiteTable, _ request: SealRequest, _ operation: SealOperation, _ keys: SealingKeys,
        _ checkpoint: Checkpoint?
    ) throws {
        self.session = session
        self.table = table
        self.operation = operation
        self.checkpoint = checkpoint
        batchRows = request.batch
        ciphers = try request.columns.map {
            try SQLiteColumnCipher($0, logicalName: request.logicalName(of: $0.name), keys: keys, isUTF16: table.isUTF16)
        }
        reader = SQLiteRowReader(table)
        buffer = SQLiteRowBuffer(width: ciphers.reduce(reader.locator.count) { $0 + 1 + $1.column.written(operation).count })
        keyIDs = keys.current.mapValues(\.id)
    }

    private let keyIDs: [String: UInt32]

    private func quoted(_ name: String) -> String { SQLiteSession.identifier(name) }
    private var name: String { quoted(table.name) }

    private func condition(_ make: (SealColumn) -> String?) -> String? {
        let conditions = ciphers.compactMap { make($0.column) }.map { "(\($0))" }
        return conditions.isEmpty ? nil : conditions.joined(separator: " OR ")
    }

    /// What SQL knows to be pending.
    var pending: String { condition { SQLiteCondition.isPending($0, operation, keyID: keyIDs[$0.name] ?? 0) } ?? "0" }

    /// What is read: also the rows of which only a mark tells.
    private var candidates: String {
        [pending, condition { SQLiteCondition.mayBePending($0, operation) }].compactMap(\.self).joined(separator: " OR ")
    }

    var isAnyPending: Bool {
        get throws { try session.rows("SELECT EXISTS (SELECT 1 FROM \(name) WHERE \(pending))").first?[0] == .integer(1) }
    }

    /// Takes the unique companions from cells that a writer has replaced by plaintext: the value that they belong to may be another row's by now.
    func releaseUnique() throws {
        for cipher in ciphers {
            for companion in cipher.column.companions where companion.isUnique {
                let own = quoted(companion.name)
                try session.execute(
                    "UPDATE \(name) SET \(own) = NULL WHERE \(own) IS NOT NULL AND NOT (\(SQLiteCondition.isSealed(cipher.column.name)))")
            }
        }
    }

    private var position: String { reader.locator.count == 1 ? reader.locator[0] : "(\(reader.locator.joined(separator: ", ")))" }
    private var marks: String {
        let marks = reader.locator.map { _ in "?" }.joined(separator: ", ")
        return reader.locator.count == 1 ? marks : "(\(marks))"
    }
    private var order: String { reader.locator.joined(separator: ", ") }

    /// The first row behind `last` that is to be looked at; nil: there is none. Takes no lock that would stop a writer.
    func next(after last: [SQLiteValue]?) throws -> [SQLiteValue]? {
        try checkpoint?()
        let behind = last == nil ? "" : "\(position) > \(marks) AND "
        return try session.rows("SELECT \(order) FROM \(name) WHERE \(behind)(\(candidates)) ORDER BY \(order) LIMIT 1", last ?? []).first
    }

    /// Works on a batch that begins with the row `first`. Within a transaction.
    /// - Returns: the last row that was looked at, and how many rows were written.
    func batch(from first: [SQLiteValue]) throws -> (last: [SQLiteValue], counts: SealCounts) {
        try checkpoint?()
        let bound = try session.rows(
            "SELECT \(order) FROM \(name) WHERE \(position) >= \(marks) ORDER BY \(order) LIMIT 1 OFFSET \(batchRows - 1)", first
        ).first
        buffer.removeAll()
        var counts = SealCounts()
        let last = try read(from: first, through: bound, &counts)
        try checkpoint?()
        try write()
        counts.rows = buffer.rowCount
        return (last, counts)
    }

    private func read(from first: [SQLiteValue], through bound: [SQLiteValue]?, _ counts: inout SealCounts) throws -> [SQLiteValue] {
        let cells = ciphers.map { quoted($0.column.name) }
        let marked = ciphers.filter(\.column.hasMark).compactMap { $0.column.companions.first.map { quoted($0.name) } }
        let statement = try session.prepare(
            """
            SELECT \((reader.selected + cells + marked + [pending]).joined(separator: ", ")) FROM \(name)
            WHERE \(position) >= \(marks)\(bound == nil ? "" : " AND \(position) <= \(marks)") AND (\(candidates)) ORDER BY \(order)
            """)
        defer { statement.reset() }
        try statement.bind(first + (bound ?? []))
        var last = bound ?? first
        while try statement.step() {
            try append(statement, &counts)
            guard buffer.bytes.count > Self.bufferSize || bound == nil else { continue }
            last = reader.locator.indices.map(statement.value)
            if buffer.bytes.count > Self.bufferSize { break }
        }
        return last
    }

    private func append(_ statement: SQLiteStatement, _ counts: inout SealCounts) throws {
        try reader.readKey(statement)
        let before = (buffer.rowCount, counts)
        var markPlace = reader.width + ciphers.count
        for (index, cipher) in ciphers.enumerated() {
            let cell = statement.cell(reader.width + index)
            var mark: UnsafeRawBufferPointer?
            if cipher.column.hasMark {
                if case .blob(let bytes) = statement.cell(markPlace) { mark = bytes }
                markPlace += 1
            }
            let isChanged: Bool
            do {
                isChanged = try cipher.change(cell, mark: mark, key: reader.key, operation, into: &buffer)
            } catch let error as SealingFailure {
                throw SealingError.cell(reader.place(statement, cipher.column.name), error.description)
            } catch let error as FormatPreservingCipher.Failure {
                throw SealingError.cell(reader.place(statement, cipher.column.name), error.description)
            } catch is SQLiteColumnCipher.NotUnicode {
                throw SealingError.cell(reader.place(statement, cipher.column.name), "holds U+FFFD, or UTF-16 that is broken: mend it first")
            }
            if case .null = cell { counts.nulls += 1 } else if isChanged { counts.changed += 1 }
            let written = cipher.column.written(operation).count
            for companion in cipher.companions.prefix(written) { buffer.append(companion) }
        }
        for index in reader.locator.indices { buffer.append(statement.cell(index)) }
        let isPending = if case .integer(let flag) = statement.cell(markPlace) { flag != 0 } else { false }
        if counts.changed == before.1.changed, !isPending {
            buffer.cut(to: before.0)
            counts = before.1
        }
    }

    private func write() throws {
        guard buffer.rowCount > 0 else { return }
        let targets = ciphers.flatMap { [$0.column.name] + $0.column.written(operation).map(\.name) }
        let update = try session.prepare(
            "UPDATE \(name) SET \(targets.map { quoted($0) + " = ?" }.joined(separator: ", ")) WHERE \(reader.locator.map { $0 + " = ?" }.joined(separator: " AND "))"
        )
        for row in 0..<buffer.rowCount {
            try buffer.bind(row, to: update)
            _ = try update.step()
            guard session.changes == 1 else { throw SealingError.malformedAnswer }
        }
    }
}
