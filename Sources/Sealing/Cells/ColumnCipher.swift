import Cryptography

/// What stands in a companion beside a cell.
package enum CompanionValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text([UInt8])
    case bytes([UInt8])
}

/// Seals and opens the cells of one column, whatever generation of its key they name, and computes their companions. Serves one thread.
package final class ColumnCipher {
    package let column: SealColumn
    package let form: ColumnForm
    private let logicalName: String
    private let keys: SealingKeys
    private let current: CellCipher
    private let indexes: [BlindIndex]
    private var generations: [UInt32: CellCipher] = [:]
    private var clear: [UInt8] = []
    /// Of the cell that was changed or checked last, in the order of ``SealColumn/companions``.
    package private(set) var companions: [CompanionValue]

    package init(_ column: SealColumn, form: ColumnForm, logicalName: String, keys: SealingKeys) throws {
        guard let key = keys.current[column.name] else { throw SealingError.noKey(column: column.name) }
        self.column = column
        self.form = form
        self.logicalName = logicalName
        self.keys = keys
        current = try CellCipher(column, form: form, logicalName: logicalName, key: key)
        indexes = try column.indexes.map { try BlindIndex(key: key, column: logicalName, definition: $0) }
        companions = [CompanionValue](repeating: .null, count: column.companions.count)
    }

    deinit { wipe() }

    package var keyID: UInt32 { current.keyID }

    /// Appends to `output` what `operation` makes of a cell, and computes ``companions``.
    /// - Parameters:
    ///   - cell: nil for NULL, of which nothing is appended.
    ///   - mark: what stands in the mark's column, for format-preserving columns.
    /// - Returns: whether the cell is another now.
    /// - Throws: ``SealingFailure``, ``FormatPreservingCipher/Failure``, ``SealingError/keyMissing(column:id:)``.
    package func change(
        _ cell: UnsafeRawBufferPointer?, mark: UnsafeRawBufferPointer? = nil, primaryKey: UnsafeRawBufferPointer, _ operation: SealOperation,
        into output: inout [UInt8]
    ) throws -> Bool {
        guard let cell else {
            setCompanionsNull()
            return false
        }
        let sealer = try sealer(of: cell, mark, primaryKey)
        switch (operation, sealer) {
        case (.seal, nil):
            try seal(cell, primaryKey, into: &output)
            return true
        case (.rotate, let sealer?) where sealer.keyID != keyID:
            try open(cell, sealer, primaryKey)
            try clear.withUnsafeBytes { try seal($0, primaryKey, into: &output) }
            return true
        case (.unseal, let sealer?):
            try sealer.open(cell, primaryKey: primaryKey, into: &output)
            setCompanionsNull()
            return true
        default:
            // Nothing to do in this cell of the row: it is written as it was read.
            output.append(contentsOf: cell)
            try keepCompanions(cell, sealer, mark, primaryKey)
            return false
        }
    }

    /// Lends what a sealed cell holds; nil when it isn't sealed.
    package func withOpened<R>(
        _ cell: UnsafeRawBufferPointer, mark: UnsafeRawBufferPointer? = nil, primaryKey: UnsafeRawBufferPointer,
        _ body: (UnsafeRawBufferPointer) throws -> R
    ) throws -> R? {
        guard let sealer = try sealer(of: cell, mark, primaryKey) else { return nil }
        try open(cell, sealer, primaryKey)
        return try clear.withUnsafeBytes(body)
    }

    /// What is the matter with a cell and the companions that were read beside it, in the order of ``SealColumn/companions``.
    func check(_ cell: UnsafeRawBufferPointer?, companions found: [CompanionValue], primaryKey: UnsafeRawBufferPointer) throws -> CellFinding {
        guard let cell else { return found.allSatisfy { $0 == .null } ? .null : .wrongCompanion(isNull: true) }
        do {
            return try withMark(found) { mark in
                guard let sealer = try sealer(of: cell, mark, primaryKey) else { return .plaintext }
                try open(cell, sealer, primaryKey)
                // Under an older generation's key the companions are others: rotation hasn't come there yet.
                guard sealer.keyID == keyID else { return .opened }
                try clear.withUnsafeBytes { try computeIndexes(of: $0) }
                let offset = column.hasMark ? 1 : 0
                return found.dropFirst(offset).elementsEqual(companions.dropFirst(offset)) ? .opened : .wrongCompanion(isNull: false)
            }
        } catch let error as SealingFailure {
            return .failed(error.description)
        } catch let error as FormatPreservingCipher.Failure {
            return .failed(error.description)
        } catch let error as SealingError {
            return .failed(error.description)
        }
    }

    private func withMark<R>(_ found: [CompanionValue], _ body: (UnsafeRawBufferPointer?) throws -> R) throws -> R {
        guard column.hasMark, case .bytes(let mark)? = found.first else { return try body(nil) }
        return try mark.withUnsafeBytes { try body($0) }
    }

    private func seal(_ value: UnsafeRawBufferPointer, _ primaryKey: UnsafeRawBufferPointer, into output: inout [UInt8]) throws {
        let start = output.count
        try current.seal(value, primaryKey: primaryKey, into: &output)
        if column.hasMark { companions[0] = try output[start...].withUnsafeBytes { .bytes(try current.mark($0, primaryKey: primaryKey)) } }
        try computeIndexes(of: value)
    }

    private func open(_ cell: UnsafeRawBufferPointer, _ sealer: CellCipher, _ primaryKey: UnsafeRawBufferPointer) throws {
        wipe()
        try sealer.open(cell, primaryKey: primaryKey, into: &clear)
    }

    private func wipe() {
        for index in clear.indices { clear[index] = 0 }
        clear.removeAll(keepingCapacity: true)
    }

    private func keepCompanions(
        _ cell: UnsafeRawBufferPointer, _ sealer: CellCipher?, _ mark: UnsafeRawBufferPointer?, _ primaryKey: UnsafeRawBufferPointer
    ) throws {
        guard !companions.isEmpty else { return }
        if column.hasMark { companions[0] = mark.map { .bytes(Array($0)) } ?? .null }
        guard !indexes.isEmpty else { return }
        guard let sealer else { return try computeIndexes(of: cell) }
        try open(cell, sealer, primaryKey)
        // The companions belong to the cell's own generation: rotation is what moves both on.
        guard sealer.keyID == keyID else { return try computeIndexes(sealer) }
        try clear.withUnsafeBytes { try computeIndexes(of: $0) }
    }

    private func computeIndexes(of value: UnsafeRawBufferPointer) throws { try compute(indexes, value) }

    private func computeIndexes(_ sealer: CellCipher) throws {
        let older = try column.indexes.map { try BlindIndex(key: sealer.key, column: logicalName, definition: $0) }
        try clear.withUnsafeBytes { try compute(older, $0) }
    }

    private func compute(_ indexes: [BlindIndex], _ value: UnsafeRawBufferPointer) throws {
        let offset = column.hasMark ? 1 : 0
        for (place, index) in indexes.enumerated() { companions[offset + place] = try Self.value(index, of: value) }
    }

    private static func value(_ index: BlindIndex, of value: UnsafeRawBufferPointer) throws -> CompanionValue {
        guard case .full = index.definition.width else { return .integer(try index.integer(of: value)) }
        var text: [UInt8] = []
        text.reserveCapacity(32)
        try index.appendHexadecimal(of: value, to: &text)
        return .text(text)
    }

    private func setCompanionsNull() { for place in companions.indices { companions[place] = .null } }

    /// What opens a cell; nil when it isn't sealed.
    private func sealer(of cell: UnsafeRawBufferPointer, _ mark: UnsafeRawBufferPointer?, _ primaryKey: UnsafeRawBufferPointer) throws -> CellCipher?
    {
        if column.hasMark {
            guard let mark, let id = CellMark.keyID(of: mark) else { return nil }
            let sealer = try sealer(id)
            return try sealer.isMarked(cell, mark, primaryKey: primaryKey) ? sealer : nil
        }
        guard Self.isSealed(cell, form) else { return nil }
        return try CellSealer.keyID(of: cell).map { try sealer($0) } ?? current
    }

    private func sealer(_ id: UInt32) throws -> CellCipher {
        if id == current.keyID { return current }
        if let known = generations[id] { return known }
        let key = try keys.key(id, of: column.name)
        let sealer = try CellCipher(column, form: form, logicalName: logicalName, key: key)
        generations[id] = sealer
        return sealer
    }

    /// Whether a cell counts as an envelope, by its first bytes, as the conditions in SQL have it.
    package static func isSealed(_ value: UnsafeRawBufferPointer, _ form: ColumnForm) -> Bool {
        switch form {
        case .text: value.starts(with: EnvelopePrefix.text.utf8)
        case .binary: value.starts(with: EnvelopePrefix.binary)
        }
    }
}

/// What every envelope begins with.
package enum EnvelopePrefix {
    /// The text form's prefix, and base64url of magic and version.
    package static let text = "suwen:1:U1cB"
    package static let binary: [UInt8] = [0x53, 0x57, 0x01]
}

/// One generation of a column's key at work. Serves one thread.
final class CellCipher {
    let key: DataKey
    private enum Way {
        case envelope(CellSealer)
        case formatPreserving(FormatPreservingCipher, CellMark)
    }
    private let way: Way

    init(_ column: SealColumn, form: ColumnForm, logicalName: String, key: DataKey) throws {
        self.key = key
        way =
            switch column.protection {
            case .envelope: .envelope(try CellSealer(key: key, column: logicalName, form: form == .text ? .text : .binary))
            case .formatPreserving(let format):
                .formatPreserving(
                    try FormatPreservingCipher(key: key, column: logicalName, format: format),
                    try CellMark(key: key, column: logicalName, format: format))
            }
    }

    var keyID: UInt32 { key.id }

    func seal(_ value: UnsafeRawBufferPointer, primaryKey: UnsafeRawBufferPointer, into output: inout [UInt8]) throws {
        switch way {
        case .envelope(let sealer): try sealer.seal(value, primaryKey: primaryKey, into: &output)
        case .formatPreserving(let cipher, _): try cipher.encrypt(value, into: &output)
        }
    }

    func open(_ cell: UnsafeRawBufferPointer, primaryKey: UnsafeRawBufferPointer, into output: inout [UInt8]) throws {
        switch way {
        case .envelope(let sealer): try sealer.open(cell, primaryKey: primaryKey, into: &output)
        case .formatPreserving(let cipher, _): try cipher.decrypt(cell, into: &output)
        }
    }

    func mark(_ cell: UnsafeRawBufferPointer, primaryKey: UnsafeRawBufferPointer) throws -> [UInt8] {
        guard case .formatPreserving(_, let mark) = way else { return [] }
        return try mark.mark(cell, primaryKey: primaryKey)
    }

    func isMarked(_ cell: UnsafeRawBufferPointer, _ mark: UnsafeRawBufferPointer, primaryKey: UnsafeRawBufferPointer) throws -> Bool {
        guard case .formatPreserving(_, let own) = way else { return false }
        return try own.isValid(mark, for: cell, primaryKey: primaryKey)
    }
}
