import Cryptography

/// Turns a row as it was read into the elements of the arrays that an UPDATE takes. Serves one thread.
final class RowTransformer {
    struct Counts {
        var changed = 0
        var kept = 0
        var nulls = 0
        var rows = 0
    }

    private let operation: SealOperation
    private let columns: [ColumnCipher]
    private let keyParts: Int
    private var primaryKey = PrimaryKeyBytes()
    /// tid, xid, the key's parts, then each column and its companions.
    private(set) var arrays: [BinaryArray]
    private(set) var counts = Counts()

    init(_ operation: SealOperation, columns: [ColumnCipher], keyParts: Int) {
        self.operation = operation
        self.columns = columns
        self.keyParts = keyParts
        arrays = Self.types(operation, columns.map { ($0.column, $0.form) }, keyParts: keyParts).map { BinaryArray(element: $0) }
    }

    /// The element types of ``arrays``.
    static func types(_ operation: SealOperation, _ columns: [(SealColumn, ColumnForm)], keyParts: Int) -> [PostgreSQLType] {
        [.tid, .xid] + [PostgreSQLType](repeating: .text, count: keyParts)
            + columns.flatMap { column, form -> [PostgreSQLType] in
                let value: PostgreSQLType = form == .text ? .text : .bytea
                return [value] + (operation == .unseal ? [] : column.indexes.map { $0 == .unique ? .bytea : .int8 })
            }
    }

    func removeAll() {
        for index in arrays.indices { arrays[index].removeAll() }
        counts = Counts()
    }

    func parameters() -> [[UInt8]] { arrays.indices.map { arrays[$0].finished() } }

    /// - Parameter fields: tid, xid, the key's parts, the columns.
    func append(_ row: UnsafeRawBufferPointer, _ fields: [Range<Int>?]) throws {
        primaryKey.removeAll()
        for index in 0..<2 + keyParts {
            guard let range = fields[index] else { throw SealingError.malformedAnswer }
            let value = UnsafeRawBufferPointer(rebasing: row[range])
            arrays[index].append(value)
            if index >= 2 { primaryKey.append(value) }
        }
        counts.rows += 1
        var array = 2 + keyParts
        for (index, cipher) in columns.enumerated() {
            let value = fields[2 + keyParts + index].map { UnsafeRawBufferPointer(rebasing: row[$0]) }
            do {
                try append(value, cipher, &array)
            } catch let error as SealingFailure {
                throw SealingError.cell(Self.place(row, fields, cipher.column.name), error.description)
            }
        }
    }

    private func append(_ value: UnsafeRawBufferPointer?, _ cipher: ColumnCipher, _ array: inout Int) throws {
        let own = array
        let companions = operation == .unseal ? 0 : cipher.column.indexes.count
        array += 1 + companions
        guard let value else {
            counts.nulls += 1
            for index in own..<array { arrays[index].appendNull() }
            return
        }
        let isSealed = ColumnCipher.isSealed(value, cipher.form)
        try primaryKey.withBytes { key in
            switch (operation, isSealed) {
            case (.seal, false):
                try arrays[own].appendElement { try cipher.seal(value, primaryKey: key, into: &$0) }
                try appendCompanions(of: value, cipher, own, companions)
                counts.changed += 1
            case (.rotate, true) where CellSealer.keyID(of: value) != cipher.keyID:
                try cipher.withOpened(value, primaryKey: key) { clear in
                    try arrays[own].appendElement { try cipher.seal(clear, primaryKey: key, into: &$0) }
                    try appendCompanions(of: clear, cipher, own, companions)
                }
                counts.changed += 1
            case (.unseal, true):
                try cipher.withOpened(value, primaryKey: key) { arrays[own].append($0) }
                counts.changed += 1
            default:
                // Nothing to do in this cell of the row: it is written as it was read.
                arrays[own].append(value)
                counts.kept += 1
                guard companions > 0 else { return }
                if isSealed {
                    try cipher.withOpened(value, primaryKey: key) { try appendCompanions(of: $0, cipher, own, companions) }
                } else {
                    try appendCompanions(of: value, cipher, own, companions)
                }
            }
        }
    }

    private func appendCompanions(of clear: UnsafeRawBufferPointer, _ cipher: ColumnCipher, _ own: Int, _ count: Int) throws {
        guard count > 0 else { return }
        for (index, companion) in try cipher.companions(of: clear).enumerated() {
            switch companion {
            case .number(let number): arrays[own + 1 + index].append(number)
            case .bytes(let bytes): bytes.withUnsafeBytes { arrays[own + 1 + index].append($0) }
            }
        }
    }

    /// - Parameter fields: tid first.
    static func place(_ row: UnsafeRawBufferPointer, _ fields: [Range<Int>?], _ column: String) -> CellPlace {
        guard let range = fields.first.flatMap(\.self), range.count == 6 else { return CellPlace(column: column, page: 0, item: 0) }
        return CellPlace(
            column: column, page: UInt32(bigEndian: row.loadUnaligned(fromByteOffset: range.lowerBound, as: UInt32.self)),
            item: UInt16(bigEndian: row.loadUnaligned(fromByteOffset: range.lowerBound + 4, as: UInt16.self)))
    }
}
