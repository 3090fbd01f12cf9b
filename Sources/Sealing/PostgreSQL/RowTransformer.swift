import Cryptography

/// Turns a row as it was read into the elements of the arrays that an UPDATE takes. Serves one thread.
final class RowTransformer {
    private let operation: SealOperation
    private let columns: [ColumnCipher]
    /// By column: how many of its companions are written.
    private let written: [Int]
    private let keyParts: Int
    /// Whether the last field tells that a row is pending though none of its cells changes.
    private let hasUndecidedRows: Bool
    private var primaryKey = PrimaryKeyBytes()
    /// tid, xid, the key's parts, then each column and its companions.
    private(set) var arrays: [BinaryArray]
    private(set) var counts = SealCounts()

    init(_ operation: SealOperation, columns: [ColumnCipher], keyParts: Int, hasUndecidedRows: Bool) {
        self.operation = operation
        self.columns = columns
        self.keyParts = keyParts
        self.hasUndecidedRows = hasUndecidedRows
        written = columns.map { $0.column.written(operation).count }
        arrays = Self.types(operation, columns.map { ($0.column, $0.form) }, keyParts: keyParts).map { BinaryArray(element: $0) }
    }

    /// The element types of ``arrays``.
    static func types(_ operation: SealOperation, _ columns: [(SealColumn, ColumnForm)], keyParts: Int) -> [PostgreSQLType] {
        [.tid, .xid] + [PostgreSQLType](repeating: .text, count: keyParts)
            + columns.flatMap { column, form -> [PostgreSQLType] in
                [form == .text ? .text : .bytea] + column.written(operation).map(\.postgreSQLType)
            }
    }

    func removeAll() {
        for index in arrays.indices { arrays[index].removeAll() }
        counts = SealCounts()
    }

    func parameters() -> [[UInt8]] { arrays.indices.map { arrays[$0].finished() } }

    /// - Parameter fields: as ``HeapStatements/read(pages:)`` has them.
    func append(_ row: UnsafeRawBufferPointer, _ fields: [Range<Int>?]) throws {
        let before = (counts, hasUndecidedRows ? arrays.map(\.end) : [])
        primaryKey.removeAll()
        for index in 0..<2 + keyParts {
            guard let range = fields[index] else { throw SealingError.malformedAnswer }
            let value = UnsafeRawBufferPointer(rebasing: row[range])
            arrays[index].append(value)
            if index >= 2 { primaryKey.append(value) }
        }
        counts.rows += 1
        var array = 2 + keyParts
        var markField = 2 + keyParts + columns.count
        for (index, cipher) in columns.enumerated() {
            func field(_ number: Int) -> UnsafeRawBufferPointer? { fields[number].map { UnsafeRawBufferPointer(rebasing: row[$0]) } }
            var mark: UnsafeRawBufferPointer?
            if cipher.column.hasMark {
                mark = field(markField)
                markField += 1
            }
            do {
                try append(field(2 + keyParts + index), mark, cipher, written[index], &array)
            } catch let error as SealingFailure {
                throw SealingError.cell(Self.place(row, fields, cipher.column.name), error.description)
            } catch let error as FormatPreservingCipher.Failure {
                throw SealingError.cell(Self.place(row, fields, cipher.column.name), error.description)
            }
        }
        if hasUndecidedRows, counts.changed == before.0.changed, fields.last.flatMap(\.self).map({ row[$0.lowerBound] }) == 0 {
            counts = before.0
            for index in arrays.indices { arrays[index].cut(to: before.1[index]) }
        }
    }

    private func append(
        _ value: UnsafeRawBufferPointer?, _ mark: UnsafeRawBufferPointer?, _ cipher: ColumnCipher, _ companions: Int, _ array: inout Int
    ) throws {
        let own = array
        array += 1 + companions
        let isChanged = try primaryKey.withBytes { key in
            guard let value else {
                arrays[own].appendNull()
                var nothing: [UInt8] = []
                return try cipher.change(nil, primaryKey: key, operation, into: &nothing)
            }
            return try arrays[own].appendElement { try cipher.change(value, mark: mark, primaryKey: key, operation, into: &$0) }
        }
        if value == nil { counts.nulls += 1 } else if isChanged { counts.changed += 1 } else { counts.kept += 1 }
        for index in 0..<companions { arrays[own + 1 + index].append(cipher.companions[index]) }
    }

    /// - Parameter fields: tid first.
    static func place(_ row: UnsafeRawBufferPointer, _ fields: [Range<Int>?], _ column: String) -> CellPlace {
        guard let range = fields.first.flatMap(\.self), range.count == 6 else { return CellPlace(column: column, row: .heap(page: 0, item: 0)) }
        return CellPlace(
            column: column,
            row: .heap(
                page: UInt32(bigEndian: row.loadUnaligned(fromByteOffset: range.lowerBound, as: UInt32.self)),
                item: UInt16(bigEndian: row.loadUnaligned(fromByteOffset: range.lowerBound + 4, as: UInt16.self))))
    }
}
