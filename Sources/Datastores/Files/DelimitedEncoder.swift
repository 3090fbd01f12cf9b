import Glibc

/// Writes rows as delimited text by RFC 4180. Null is nothing, an empty text is quoted: so they stay apart.
///
/// It goes column by column: a column without anything to quote, which one wide pass tells, is copied value by value.
struct DelimitedEncoder {
    private let delimiter: UInt8
    private let masks: StructuralMask

    init(delimiter: UInt8) {
        self.delimiter = delimiter
        masks = StructuralMask(delimiter: delimiter)
    }

    func header(_ names: [String]) -> [UInt8] {
        var text: [UInt8] = []
        for (index, name) in names.enumerated() {
            if index > 0 { text.append(delimiter) }
            var name = name
            name.withUTF8 { utf8 in
                let name = UnsafeRawBufferPointer(utf8)
                let length = encodedLength(name)
                text.append(addingCapacity: length) { span in
                    span.withUnsafeMutableBufferPointer { buffer, count in
                        if let target = UnsafeMutableRawPointer(buffer.baseAddress) { encode(name, length, to: target) }
                        count = length
                    }
                }
            }
        }
        text.append(0x0A)
        return text
    }

    /// Appends the rows of `batch` to `text`.
    func append(_ batch: Batch, to text: inout [UInt8]) {
        let rows = batch.rowCount
        guard rows > 0 else { return }
        // What separates the fields, and ends the row.
        var places = Array(repeating: max(1, batch.columns.count), count: rows)
        let isPlain = batch.columns.map { column in column.bytes.withUnsafeBytes { self.isPlain($0) } }
        for (column, isPlain) in zip(batch.columns, isPlain) { measure(column, isPlain: isPlain, &places) }
        // From lengths to places.
        var total = 0
        for row in 0..<rows {
            let length = places[row]
            places[row] = total
            total += length
        }
        text.append(addingCapacity: total) { span in
            span.withUnsafeMutableBufferPointer { buffer, count in
                guard let target = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
                for index in batch.columns.indices {
                    let end = index == batch.columns.count - 1 ? 0x0A : delimiter
                    write(batch.columns[index], isPlain: isPlain[index], end: end, &places, to: target)
                }
                if batch.columns.isEmpty { target.initializeMemory(as: UInt8.self, repeating: 0x0A, count: total) }
                count = total
            }
        }
    }

    private func measure(_ column: ColumnBatch, isPlain: Bool, _ lengths: inout [Int]) {
        column.bytes.withUnsafeBytes { bytes in
            for row in lengths.indices where !column.isNull[row] {
                let (start, end) = (column.offsets[row], column.offsets[row + 1])
                if isPlain, end > start {
                    lengths[row] += end - start
                } else {
                    lengths[row] += encodedLength(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
                }
            }
        }
    }

    /// Writes each value to its row's place, which moves behind it.
    private func write(_ column: ColumnBatch, isPlain: Bool, end: UInt8, _ places: inout [Int], to target: UnsafeMutableRawPointer) {
        places.withUnsafeMutableBufferPointer { places in
            column.bytes.withUnsafeBytes { bytes in
                for row in places.indices {
                    var place = places[row]
                    if !column.isNull[row] {
                        let value = UnsafeRawBufferPointer(rebasing: bytes[column.offsets[row]..<column.offsets[row + 1]])
                        if isPlain, let source = value.baseAddress, !value.isEmpty {
                            Self.copy(source, value.count, to: target + place)
                            place += value.count
                        } else {
                            let length = encodedLength(value)
                            encode(value, length, to: target + place)
                            place += length
                        }
                    }
                    target.storeBytes(of: end, toByteOffset: place, as: UInt8.self)
                    places[row] = place + 1
                }
            }
        }
    }

    // MARK: One value

    /// With quotation marks where it needs them.
    private func encodedLength(_ value: UnsafeRawBufferPointer) -> Int {
        guard value.isEmpty || !isPlain(value) else { return value.count }
        return value.count + 2 + value.count { $0 == 0x22 }
    }

    private func encode(_ value: UnsafeRawBufferPointer, _ length: Int, to target: UnsafeMutableRawPointer) {
        guard length != value.count else {
            if let source = value.baseAddress { target.copyMemory(from: source, byteCount: length) }
            return
        }
        var place = 1
        target.storeBytes(of: 0x22, as: UInt8.self)
        for byte in value {
            if byte == 0x22 {
                target.storeBytes(of: byte, toByteOffset: place, as: UInt8.self)
                place += 1
            }
            target.storeBytes(of: byte, toByteOffset: place, as: UInt8.self)
            place += 1
        }
        target.storeBytes(of: 0x22, toByteOffset: place, as: UInt8.self)
    }

    /// Whether nothing in it has to be quoted.
    private func isPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let base = bytes.baseAddress else { return true }
        var index = 0
        while index + 64 <= bytes.count {
            if masks.load(base + index) != 0 { return false }
            index += 64
        }
        return !bytes[index...].contains { $0 == delimiter || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
    }

    /// Copies not a byte more than asked for, with two overlapping moves where a call would cost more.
    @inline(__always)
    private static func copy(_ source: UnsafeRawPointer, _ count: Int, to target: UnsafeMutableRawPointer) {
        switch count {
        case 4...7: overlapping(UInt32.self, source, count, to: target)
        case 8...15: overlapping(UInt64.self, source, count, to: target)
        case 16...32: overlapping(SIMD16<UInt8>.self, source, count, to: target)
        default: target.copyMemory(from: source, byteCount: count)
        }
    }

    @inline(__always)
    private static func overlapping<Word: BitwiseCopyable>(
        _: Word.Type, _ source: UnsafeRawPointer, _ count: Int, to target: UnsafeMutableRawPointer
    ) {
        let last = count - MemoryLayout<Word>.size
        target.storeBytes(of: source.loadUnaligned(as: Word.self), as: Word.self)
        target.storeBytes(of: source.loadUnaligned(fromByteOffset: last, as: Word.self), toByteOffset: last, as: Word.self)
    }
}
