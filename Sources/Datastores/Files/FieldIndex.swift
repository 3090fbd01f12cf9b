/// Where the fields of some records stand in a text: a table with a place for each field of each record.
struct FieldIndex: ~Copyable {
    /// Where a field stands: its first byte, its length and what it is, in one word.
    struct Place {
        let bits: UInt64

        private static let quotedBit: UInt64 = 1 << 63
        private static let escapedBit: UInt64 = 1 << 62
        /// Nothing between two delimiters.
        static let null = Place(bits: 0)

        @inline(__always)
        init(bits: UInt64) { self.bits = bits }

        /// - Parameters:
        ///   - isQuoted: an empty one is no null.
        ///   - isEscaped: the bytes are those of the file, quotation marks and all, and not yet the value.
        @inline(__always)
        init(start: Int, length: Int, isQuoted: Bool = false, isEscaped: Bool = false) {
            bits =
                UInt64(truncatingIfNeeded: start) | UInt64(truncatingIfNeeded: length) << 32 | (isQuoted ? Self.quotedBit : 0)
                | (isEscaped ? Self.escapedBit : 0)
        }

        @inline(__always)
        var start: Int { Int(bits & 0xFFFF_FFFF) }
        @inline(__always)
        var length: Int { Int(bits >> 32 & 0x3FFF_FFFF) }
        @inline(__always)
        var isNull: Bool { bits >> 32 == 0 }
        @inline(__always)
        var isEscaped: Bool { bits & Self.escapedBit != 0 }
    }

    /// Of a record; more are left out, fewer are filled up with nulls.
    let fieldCount: Int
    let rowCapacity: Int
    let places: UnsafeMutablePointer<Place>
    var rowCount = 0

    init(fieldCount: Int, placeCapacity: Int = 48 << 10) {
        self.fieldCount = max(1, fieldCount)
        rowCapacity = max(1, placeCapacity / self.fieldCount)
        places = .allocate(capacity: rowCapacity * self.fieldCount)
    }

    deinit { places.deallocate() }
}

extension ColumnBatch {
    /// Appends the field at `field` of each record of `index`, whose text begins at `text` and has ``TextWindow/slack`` bytes behind it.
    mutating func append(_ index: borrowing FieldIndex, field: Int, of text: UnsafeRawPointer) {
        let places = index.places + field
        let stride = index.fieldCount
        let rows = index.rowCount
        let before = bytes.count
        var end = before
        var marks: UInt64 = 0
        offsets.append(addingCapacity: rows) { span in
            span.withUnsafeMutableBufferPointer { ends, count in
                guard let ends = ends.baseAddress else { return }
                for row in 0..<rows {
                    let place = places[row &* stride]
                    marks |= place.bits
                    end &+= place.length
                    (ends + row).initialize(to: end)
                }
                count = rows
            }
        }
        isNull.append(addingCapacity: rows) { span in
            span.withUnsafeMutableBufferPointer { nulls, count in
                guard let nulls = nulls.baseAddress else { return }
                for row in 0..<rows { (nulls + row).initialize(to: places[row &* stride].isNull) }
                count = rows
            }
        }
        guard !FieldIndex.Place(bits: marks).isEscaped else {
            offsets.removeLast(rows)
            appendUnescaped(places, stride: stride, rows: rows, of: text)
            return
        }
        let total = end - before
        bytes.append(addingCapacity: total + TextWindow.slack) { span in
            span.withUnsafeMutableBufferPointer { buffer, count in
                guard var target = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
                for row in 0..<rows {
                    let place = places[row &* stride]
                    Self.copy(text + place.start, place.length, to: target)
                    target += place.length
                }
                count = total
            }
        }
    }

    /// Copies a few bytes more than asked for, where a call of `memcpy` would cost more than they do.
    @inline(__always)
    private static func copy(_ source: UnsafeRawPointer, _ length: Int, to target: UnsafeMutableRawPointer) {
        if length <= 32 {
            target.storeBytes(of: source.loadUnaligned(as: SIMD16<UInt8>.self), as: SIMD16<UInt8>.self)
            guard length > 16 else { return }
            target.storeBytes(of: source.loadUnaligned(fromByteOffset: 16, as: SIMD16<UInt8>.self), toByteOffset: 16, as: SIMD16<UInt8>.self)
        } else {
            target.copyMemory(from: source, byteCount: length)
        }
    }

    /// The slow way, for columns with doubled quotation marks. ``isNull`` is up to date.
    private mutating func appendUnescaped(
        _ places: UnsafePointer<FieldIndex.Place>, stride: Int, rows: Int, of text: UnsafeRawPointer
    ) {
        for row in 0..<rows {
            let place = places[row * stride]
            let field = UnsafeRawBufferPointer(start: text + place.start, count: place.length)
            if place.isEscaped { QuotedField.unescape(field) { bytes.append(contentsOf: $0) } } else { bytes.append(contentsOf: field) }
            offsets.append(bytes.count)
        }
    }
}

/// A field that begins with a quotation mark.
enum QuotedField {
    /// Hands on the value piece by piece: what stands between the quotation marks, of which two in a row are one; behind the closing one
    /// everything stands for itself.
    static func unescape(_ field: UnsafeRawBufferPointer, _ piece: (UnsafeRawBufferPointer) -> Void) {
        var index = 1
        while index < field.count {
            var close = index
            while close < field.count, field[close] != 0x22 { close += 1 }
            if close > index { piece(UnsafeRawBufferPointer(rebasing: field[index..<close])) }
            guard close + 1 < field.count else { return }
            guard field[close + 1] == 0x22 else {
                piece(UnsafeRawBufferPointer(rebasing: field[(close + 1)...]))
                return
            }
            piece(UnsafeRawBufferPointer(rebasing: field[close...close]))
            index = close + 2
        }
    }
}
