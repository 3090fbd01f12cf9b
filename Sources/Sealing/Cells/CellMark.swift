import Cryptography

/// The mark of a format-preserving cell, in a companion of its own: the key's id (4 bytes, big-endian) and the first 16 bytes of an HMAC-SHA-256 over
/// what the cell holds, its primary key and the key's id, length-prefixed, under a sub-key of the column's key.
///
/// A sealed mobile number looks like any other: the mark tells whether a cell still holds what a run has put there. A writer's plaintext doesn't have
/// one, nor has a cell that was moved or changed. Serves one thread.
final class CellMark {
    static let length = 20

    let keyID: UInt32
    private let mac: HMAC
    private var message: [UInt8] = []
    private let digest = UnsafeMutableRawBufferPointer.allocate(byteCount: HMAC.length, alignment: 8)

    init(key: DataKey, column: String, format: FormatPreservingCipher.Format) throws {
        keyID = key.id
        mac = try HMAC(key: key.subkey(for: .formatPreserving, [column, format.name, "mark"], count: HMAC.length))
    }

    deinit { digest.deallocate() }

    /// The key that a mark names; nil when it isn't one.
    static func keyID(of mark: UnsafeRawBufferPointer) -> UInt32? {
        mark.count == length ? UInt32(bigEndian: mark.loadUnaligned(as: UInt32.self)) : nil
    }

    func mark(_ cell: UnsafeRawBufferPointer, primaryKey: UnsafeRawBufferPointer) throws -> [UInt8] {
        try compute(cell, primaryKey)
        var mark = withUnsafeBytes(of: keyID.bigEndian) { Array($0) }
        mark.append(contentsOf: digest.prefix(16))
        return mark
    }

    /// Whether the mark is this cell's, in constant time.
    func isValid(_ mark: UnsafeRawBufferPointer, for cell: UnsafeRawBufferPointer, primaryKey: UnsafeRawBufferPointer) throws -> Bool {
        guard Self.keyID(of: mark) == keyID else { return false }
        try compute(cell, primaryKey)
        return (0..<16).reduce(0) { $0 | (mark[4 + $1] ^ digest[$1]) } == 0
    }

    private func compute(_ cell: UnsafeRawBufferPointer, _ primaryKey: UnsafeRawBufferPointer) throws {
        message.removeAll(keepingCapacity: true)
        for part in [cell, primaryKey] {
            withUnsafeBytes(of: UInt32(truncatingIfNeeded: part.count).bigEndian) { message.append(contentsOf: $0) }
            message.append(contentsOf: part)
        }
        withUnsafeBytes(of: keyID.bigEndian) { message.append(contentsOf: $0) }
        try message.withUnsafeBytes { try mac.authenticate($0, into: digest) }
    }
}
