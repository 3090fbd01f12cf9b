package import Cryptography

/// Seals and opens the cells of one column, whatever generation of its key they name, and computes its companions. Serves one thread.
package final class ColumnCipher {
    package let column: SealColumn
    package let form: ColumnForm
    private let logicalName: String
    private let keys: SealingKeys
    private let current: CellSealer
    private let digests: [IndexDigest]
    private var generations: [UInt32: CellSealer] = [:]
    private var clear: [UInt8] = []

    package init(_ column: SealColumn, form: ColumnForm, logicalName: String, keys: SealingKeys) throws {
        guard let key = keys.current[column.name] else { throw SealingError.noKey(column: column.name) }
        self.column = column
        self.form = form
        self.logicalName = logicalName
        self.keys = keys
        current = try CellSealer(key: key, column: logicalName, form: form == .text ? .text : .binary)
        digests = try column.indexes.map { try IndexDigest($0, key: key, column: logicalName) }
    }

    package var keyID: UInt32 { current.keyID }

    package func seal(_ value: UnsafeRawBufferPointer, primaryKey: UnsafeRawBufferPointer, into output: inout [UInt8]) throws {
        try current.seal(value, primaryKey: primaryKey, into: &output)
    }

    /// Lends the value in an envelope.
    /// - Throws: ``SealingFailure``, or ``SealingError/keyMissing(column:id:)``.
    package func withOpened<R>(_ envelope: UnsafeRawBufferPointer, primaryKey: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws -> R)
        throws -> R
    {
        clear.removeAll(keepingCapacity: true)
        try sealer(for: envelope).open(envelope, primaryKey: primaryKey, into: &clear)
        return try clear.withUnsafeBytes(body)
    }

    private func sealer(for envelope: UnsafeRawBufferPointer) throws -> CellSealer {
        guard let id = CellSealer.keyID(of: envelope), id != current.keyID else { return current }
        if let known = generations[id] { return known }
        guard let key = keys.named(id) else { throw SealingError.keyMissing(column: column.name, id: id) }
        let sealer = try CellSealer(key: key, column: logicalName, form: form == .text ? .text : .binary)
        generations[id] = sealer
        return sealer
    }

    package func companions(of value: UnsafeRawBufferPointer) throws -> [IndexDigest.Value] {
        try digests.map { try $0.value(of: value) }
    }

    /// Whether a cell counts as sealed, by its first bytes, as the conditions in SQL (``SealedCondition``) have it.
    package static func isSealed(_ value: UnsafeRawBufferPointer, _ form: ColumnForm) -> Bool {
        switch form {
        case .text: value.starts(with: SealedCondition.textPrefix.utf8)
        case .binary: value.starts(with: [0x53, 0x57, 0x01])
        }
    }
}
