/// Gathers rows and hands them on in batches, whose memory it uses again.
struct BatchBuilder {
    /// As many rows make a batch, or as many bytes of values.
    static let rowLimit = 5_000
    static let byteLimit = 8 << 20
    /// A wide table makes batches of fewer rows.
    private static let cellLimit = 400_000

    var batch: Batch
    private let rowsPerBatch: Int
    /// How many rows are wanted yet.
    private(set) var remaining: Int

    init(columnCount: Int, limit: Int?) {
        batch = Batch(rowCount: 0, columns: Array(repeating: ColumnBatch(), count: columnCount))
        rowsPerBatch = min(Self.rowLimit, max(1, Self.cellLimit / max(1, columnCount)))
        remaining = max(0, limit ?? .max)
    }

    /// How many rows the batch still takes; 0 only when it is complete or has to be flushed.
    var room: Int { min(remaining, max(0, rowsPerBatch - batch.rowCount)) }

    /// Whether no further row is wanted.
    var isComplete: Bool { remaining <= 0 }

    /// After the last value of a row. True when the batch is to be handed on.
    mutating func endRow(bytes: Int) -> Bool { endRows(1, bytes: bytes) }

    /// After the last values of some rows, at most ``room`` of them. True when the batch is to be handed on.
    mutating func endRows(_ count: Int, bytes: Int) -> Bool {
        batch.rowCount += count
        remaining -= count
        byteCount += bytes
        return batch.rowCount >= rowsPerBatch || byteCount >= Self.byteLimit || remaining <= 0
    }

    private var byteCount = 0

    /// Hands the batch on unless it is empty. False when the scan is to end.
    mutating func flush(_ body: (Batch) throws -> Bool) throws -> Bool {
        guard batch.rowCount > 0 else { return true }
        let goesOn = try body(batch)
        batch.rowCount = 0
        byteCount = 0
        for index in batch.columns.indices { batch.columns[index].removeAll() }
        return goesOn
    }
}

extension ColumnBatch {
    /// The bytes as `\x` and lower-case hexadecimal.
    mutating func appendHexadecimal(_ value: UnsafeRawBufferPointer) {
        bytes.reserveCapacity(bytes.count + 2 + 2 * value.count)
        bytes.append(0x5C)
        bytes.append(0x78)
        for byte in value {
            bytes.append(Self.digit(byte >> 4))
            bytes.append(Self.digit(byte & 15))
        }
        close(isNull: false)
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

    /// Ends a value whose bytes were appended piece by piece.
    @inline(__always)
    mutating func close(isNull null: Bool) {
        offsets.append(bytes.count)
        isNull.append(null)
    }

    /// Lends a value's bytes; an empty buffer for a null.
    @inline(__always)
    func withValue<Result>(_ row: Int, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try bytes.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[offsets[row]..<offsets[row + 1]])) }
    }
}

/// `\x` and hexadecimal digits as bytes; nil when it is something else.
enum Hexadecimal {
    static func decode(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
        guard text.count >= 2, text.count % 2 == 0, text[0] == 0x5C, text[1] == 0x78 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 2 - 1)
        for index in stride(from: 2, to: text.count, by: 2) {
            guard let high = value(text[index]), let low = value(text[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x41...0x46: digit - 0x41 + 10
        case 0x61...0x66: digit - 0x61 + 10
        default: nil
        }
    }
}
