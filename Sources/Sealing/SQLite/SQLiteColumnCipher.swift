import Cryptography
import Datastores

/// Seals and opens the cells of one column, whatever their types are (``SQLiteForm``). Serves one thread.
final class SQLiteColumnCipher {
    let column: SealColumn
    private let text: ColumnCipher
    private let binary: ColumnCipher
    private let isUTF16: Bool
    private var companionsAreText = true
    private var scratch: [UInt8] = []

    init(_ column: SealColumn, logicalName: String, keys: SealingKeys, isUTF16: Bool) throws {
        self.column = column
        self.isUTF16 = isUTF16
        text = try ColumnCipher(column, form: .text, logicalName: logicalName, keys: keys)
        binary = column.hasMark ? text : try ColumnCipher(column, form: .binary, logicalName: logicalName, keys: keys)
    }

    /// Of the cell that was changed last.
    var companions: [CompanionValue] { companionsAreText ? text.companions : binary.companions }

    /// Appends to `buffer` what `operation` makes of a cell, as one value.
    /// - Returns: whether the cell is another now.
    func change(
        _ cell: SQLiteCell, mark: UnsafeRawBufferPointer?, key: PrimaryKeyBytes, _ operation: SealOperation, into buffer: inout SQLiteRowBuffer
    ) throws -> Bool {
        switch cell {
        case .null:
            buffer.append(SQLiteCell.null)
            companionsAreText = true
            return try key.withBytes { try text.change(nil, primaryKey: $0, operation, into: &scratch) }
        case .text(let value):
            if operation == .seal, isUTF16, Self.holdsReplacement(value) { throw NotUnicode() }
            companionsAreText = true
            return try buffer.appendText { output in
                try key.withBytes { try text.change(value, mark: mark, primaryKey: $0, operation, into: &output) }
            }
        case _ where column.hasMark: throw FormatPreservingCipher.Failure.notOfTheFormat
        case .blob(let value) where value.starts(with: SQLiteForm.numberPrefix): return try changeSealedNumber(value, key, operation, into: &buffer)
        case .blob(let value):
            companionsAreText = false
            return try buffer.appendBlob { output in try key.withBytes { try binary.change(value, primaryKey: $0, operation, into: &output) } }
        case .integer(let number): return try changeNumber(cell, "\(number)", key, operation, into: &buffer)
        case .real(let number): return try changeNumber(cell, "\(number)", key, operation, into: &buffer)
        }
    }

    private func changeNumber(
        _ cell: SQLiteCell, _ number: String, _ key: PrimaryKeyBytes, _ operation: SealOperation, into buffer: inout SQLiteRowBuffer
    ) throws -> Bool {
        companionsAreText = false
        scratch.removeAll(keepingCapacity: true)
        scratch.append(SQLiteForm.number)
        let isChanged = try Array(number.utf8).withUnsafeBytes { value in
            try Self.bound(key).withBytes { try binary.change(value, primaryKey: $0, operation, into: &scratch) }
        }
        if isChanged { scratch.withUnsafeBytes { buffer.append(SQLiteCell.blob($0)) } } else { buffer.append(cell) }
        return isChanged
    }

    private func changeSealedNumber(
        _ value: UnsafeRawBufferPointer, _ key: PrimaryKeyBytes, _ operation: SealOperation, into buffer: inout SQLiteRowBuffer
    ) throws -> Bool {
        companionsAreText = false
        scratch.removeAll(keepingCapacity: true)
        let isChanged = try Self.bound(key).withBytes {
            try binary.change(UnsafeRawBufferPointer(rebasing: value.dropFirst()), primaryKey: $0, operation, into: &scratch)
        }
        guard isChanged, operation == .unseal else {
            _ = try buffer.appendBlob { output in
                output.append(SQLiteForm.number)
                output += scratch
            }
            return isChanged
        }
        defer { wipe() }
        let number = String(decoding: scratch, as: UTF8.self)
        if let integer = Int64(number) {
            buffer.append(SQLiteCell.integer(integer))
        } else if let real = Double(number) {
            buffer.append(SQLiteCell.real(real))
        } else {
            throw SealingError.malformedAnswer
        }
        return true
    }

    /// What is the matter with a cell and its companions.
    func check(_ cell: SQLiteCell, companions found: [CompanionValue], key: PrimaryKeyBytes) throws -> CellFinding {
        switch cell {
        case .null: try key.withBytes { try text.check(nil, companions: found, primaryKey: $0) }
        case .text(let value): try key.withBytes { try text.check(value, companions: found, primaryKey: $0) }
        case .blob(let value) where value.starts(with: SQLiteForm.numberPrefix) && !column.hasMark:
            try Self.bound(key).withBytes {
                try binary.check(UnsafeRawBufferPointer(rebasing: value.dropFirst()), companions: found, primaryKey: $0)
            }
        case .blob(let value): try key.withBytes { try binary.check(value, companions: found, primaryKey: $0) }
        case .integer, .real: .plaintext
        }
    }

    /// What a sealed cell holds, as text; bytes as `\x` and hexadecimal. Nil when it isn't sealed.
    func opened(_ cell: SQLiteCell, mark: UnsafeRawBufferPointer?, key: PrimaryKeyBytes) throws -> (text: String, bytes: [UInt8])? {
        func string(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
        switch cell {
        case .null, .integer, .real: return nil
        case .text(let value):
            return try key.withBytes { try text.withOpened(value, mark: mark, primaryKey: $0) { Array($0) } }.map { (string($0), $0) }
        case .blob(let value) where value.starts(with: SQLiteForm.numberPrefix):
            return try Self.bound(key).withBytes {
                try binary.withOpened(UnsafeRawBufferPointer(rebasing: value.dropFirst()), primaryKey: $0) { Array($0) }
            }.map { (string($0), $0) }
        case .blob(let value):
            return try key.withBytes { try binary.withOpened(value, primaryKey: $0) { Array($0) } }.map { (Hex.shown($0), $0) }
        }
    }

    private static func bound(_ key: PrimaryKeyBytes) -> PrimaryKeyBytes {
        var key = key
        key.append(SQLiteForm.numberPart)
        return key
    }

    private func wipe() {
        for index in scratch.indices { scratch[index] = 0 }
        scratch.removeAll(keepingCapacity: true)
    }

    /// U+FFFD, which also stands where UTF-16 was broken: it couldn't be given back.
    private static func holdsReplacement(_ value: UnsafeRawBufferPointer) -> Bool {
        value.count > 2 && (0..<value.count - 2).contains { value[$0] == 0xEF && value[$0 + 1] == 0xBF && value[$0 + 2] == 0xBD }
    }

    struct NotUnicode: Error {}
}

extension PrimaryKeyBytes {
    /// Appends a part as text. Where a column keeps every type as it is, the type stands before it: 1 and '1' are two keys.
    mutating func append(_ cell: SQLiteCell, isTyped: Bool) throws {
        switch cell {
        case .null: throw SealingError.malformedAnswer
        case .integer(let number): append(Array(((isTyped ? "i" : "") + "\(number)").utf8))
        case .real(let number): append(Array(((isTyped ? "r" : "") + "\(number)").utf8))
        case .text(let bytes): if isTyped { append([0x74] + Array(bytes)) } else { append(bytes) }
        case .blob(let bytes): append((isTyped ? [0x62] : []) + Array(Hex.shown(bytes).utf8))
        }
    }
}
