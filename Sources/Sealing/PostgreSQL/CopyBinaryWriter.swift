/// Rows in COPY's binary format, for `COPY … FROM STDIN (FORMAT binary)`.
struct CopyBinaryWriter {
    private(set) var bytes: [UInt8]

    init() {
        bytes = [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00] + [UInt8](repeating: 0, count: 8)
    }

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    mutating func beginRow(fields: Int) {
        let count = Int16(truncatingIfNeeded: fields)
        withUnsafeBytes(of: count.bigEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func appendNull() { appendLength(-1) }

    mutating func append(_ value: UnsafeRawBufferPointer) {
        appendLength(Int32(truncatingIfNeeded: value.count))
        bytes.append(contentsOf: value)
    }

    mutating func append(_ companion: CompanionValue) {
        switch companion {
        case .null: appendNull()
        case .integer(let number):
            appendLength(8)
            withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
        case .text(let value), .bytes(let value): value.withUnsafeBytes { append($0) }
        }
    }

    /// Appends what `write` appends to the bytes, as one field.
    mutating func appendField<R>(_ write: (inout [UInt8]) throws -> R) throws -> R {
        let start = bytes.count
        appendLength(0)
        let result = try write(&bytes)
        let length = UInt32(truncatingIfNeeded: bytes.count - start - 4)
        bytes.withUnsafeMutableBytes { $0.storeBytes(of: length.bigEndian, toByteOffset: start, as: UInt32.self) }
        return result
    }

    mutating func finish() { withUnsafeBytes(of: Int16(-1).bigEndian) { bytes.append(contentsOf: $0) } }

    private mutating func appendLength(_ length: Int32) { withUnsafeBytes(of: length.bigEndian) { bytes.append(contentsOf: $0) } }
}
