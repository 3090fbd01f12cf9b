/// Finds the fields of delimited text by RFC 4180, read the way that spreadsheets read it: any one-byte delimiter; records end with LF, CRLF
/// or CR; a quotation mark within an unquoted field stands for itself, and so does whatever follows a closing one.
struct DelimitedScanner {
    enum Failure: Error, Hashable {
        case fieldTooLong(line: Int)
        case recordTooLong(line: Int)
    }

    /// In bytes. What is longer is no table: a quotation mark that is never closed, or another kind of file.
    static let fieldLimit = 1 << 20
    static let recordLimit = 16 << 20

    let delimiter: UInt8
    /// Of the record that comes next; the first is 1.
    private(set) var line: Int
    /// Records whose fields are more or fewer than those of the index.
    private(set) var unevenCount = 0
    /// Of the record that was read last.
    private(set) var lastFieldCount = 0
    /// What ended the last ``scan(_:isEnd:rowLimit:into:)``; the records before it are in the index.
    private(set) var failure: Failure?

    init(delimiter: UInt8, line: Int = 1) {
        self.delimiter = delimiter
        self.line = line
    }

    /// What is known of the record that is being read.
    private struct Record {
        var start = 0
        var fieldStart = 0
        var fieldCount = 0
        var lineBreaks = 0
        var isQuoted = false
        /// Between quotation marks.
        var isOpen = false
        var hasDoubledQuote = false
        /// Of the closing quotation mark.
        var close = 0
    }

    /// Fills `index` with the complete records of `text`, at most `rowLimit` of them. Blank lines are none, unless records have one field.
    /// - Parameters:
    ///   - text: from the beginning of a record on, with ``TextWindow/slack`` bytes behind it; at most 1 GiB.
    ///   - isEnd: nothing follows: the last record needs no line break.
    /// - Returns: how many bytes the records take.
    mutating func scan(_ text: UnsafeRawBufferPointer, isEnd: Bool, rowLimit: Int, into index: inout FieldIndex) -> Int {
        index.rowCount = 0
        failure = nil
        guard let base = text.baseAddress, rowLimit > 0 else { return 0 }
        let rowLimit = min(rowLimit, index.rowCapacity)
        let masks = StructuralMask(delimiter: delimiter)
        var record = Record()
        /// Bytes before it were dealt with already.
        var next = 0
        var block = 0
        while block < text.count {
            var mask = masks.load(base + block)
            if text.count - block < 64 { mask &= 1 << UInt64(text.count - block) &- 1 }
            while mask != 0 {
                let at = block &+ mask.trailingZeroBitCount
                mask &= mask &- 1
                guard at >= next else { continue }
                let byte = text[unchecked: at]
                if record.isOpen {
                    if byte == 0x22 {
                        guard at + 1 < text.count else {
                            if isEnd { (record.isOpen, record.close) = (false, at) }
                            continue
                        }
                        if text[unchecked: at + 1] == 0x22 {
                            record.hasDoubledQuote = true
                            next = at + 2
                        } else {
                            (record.isOpen, record.close) = (false, at)
                        }
                    } else if byte == 0x0A {
                        record.lineBreaks += 1
                    }
                } else if byte == delimiter {
                    guard endField(&record, at, &index) else { return record.start }
                    record.fieldStart = at + 1
                } else if byte == 0x22 {
                    if at == record.fieldStart { (record.isQuoted, record.isOpen) = (true, true) }
                } else {
                    if byte == 0x0D {
                        // The LF that belongs to it may be in the next block.
                        guard at + 1 < text.count || isEnd else { return record.start }
                        if at + 1 < text.count, text[unchecked: at + 1] == 0x0A { next = at + 2 }
                    }
                    guard endField(&record, at, &index) else { return record.start }
                    endRecord(&record, &index)
                    record = Record(start: max(at + 1, next), fieldStart: max(at + 1, next))
                    if index.rowCount == rowLimit { return record.start }
                }
            }
            block += 64
        }
        return finish(&record, text.count, isEnd: isEnd, &index)
    }

    private mutating func finish(_ record: inout Record, _ count: Int, isEnd: Bool, _ index: inout FieldIndex) -> Int {
        if isEnd, record.start < count {
            guard endField(&record, count, &index) else { return record.start }
            endRecord(&record, &index)
            return count
        }
        if count - record.fieldStart > Self.fieldLimit {
            failure = .fieldTooLong(line: line)
        } else if count - record.start > Self.recordLimit {
            failure = .recordTooLong(line: line)
        }
        return record.start
    }

    /// False when the field or its record is too long.
    @inline(__always)
    private mutating func endField(_ record: inout Record, _ end: Int, _ index: inout FieldIndex) -> Bool {
        let length = end &- record.fieldStart
        guard length <= Self.fieldLimit, end &- record.start <= Self.recordLimit else {
            failure = length > Self.fieldLimit ? .fieldTooLong(line: line) : .recordTooLong(line: line)
            return false
        }
        if record.fieldCount < index.fieldCount {
            let place = index.places + (index.rowCount &* index.fieldCount &+ record.fieldCount)
            if !record.isQuoted {
                place.initialize(to: FieldIndex.Place(start: record.fieldStart, length: length))
            } else if !record.isOpen, !record.hasDoubledQuote, record.close == end &- 1 {
                place.initialize(to: FieldIndex.Place(start: record.fieldStart &+ 1, length: length &- 2, isQuoted: true))
            } else {
                place.initialize(to: FieldIndex.Place(start: record.fieldStart, length: length, isQuoted: true, isEscaped: true))
            }
        }
        (record.isQuoted, record.isOpen, record.hasDoubledQuote) = (false, false, false)
        record.fieldCount &+= 1
        return true
    }

    @inline(__always)
    private mutating func endRecord(_ record: inout Record, _ index: inout FieldIndex) {
        line &+= 1 &+ record.lineBreaks
        lastFieldCount = record.fieldCount
        if record.fieldCount != index.fieldCount {
            let row = index.places + index.rowCount &* index.fieldCount
            // A blank line is no record.
            if record.fieldCount == 1, row[0].isNull { return }
            unevenCount += 1
            for missing in min(record.fieldCount, index.fieldCount)..<index.fieldCount { (row + missing).initialize(to: .null) }
        }
        index.rowCount &+= 1
    }
}

/// Which of 64 bytes are a delimiter, a quotation mark, LF or CR.
struct StructuralMask {
    private let delimiter: SIMD16<UInt8>

    init(delimiter: UInt8) { self.delimiter = SIMD16<UInt8>(repeating: delimiter) }

    /// The lowest bit is the first byte's.
    @inline(__always)
    func load(_ bytes: UnsafeRawPointer) -> UInt64 {
        word(bytes) | word(bytes + 16) << 16 | word(bytes + 32) << 32 | word(bytes + 48) << 48
    }

    @inline(__always)
    private func word(_ bytes: UnsafeRawPointer) -> UInt64 {
        let vector = bytes.loadUnaligned(as: SIMD16<UInt8>.self)
        let isStructural =
            (vector .== delimiter) .| (vector .== SIMD16<UInt8>(repeating: 0x22)) .| (vector .== SIMD16<UInt8>(repeating: 0x0A))
            .| (vector .== SIMD16<UInt8>(repeating: 0x0D))
        return Self.mask(isStructural)
    }

    @inline(__always)
    static func mask(_ lanes: SIMDMask<SIMD16<Int8>>) -> UInt64 {
        // A lane is all ones or all zeros: of each one bit is kept, and the eight of a word are added up in its highest byte.
        let words = unsafeBitCast(lanes, to: SIMD2<UInt64>.self)
        let low = ((words[0] & 0x8040_2010_0804_0201) &* 0x0101_0101_0101_0101) >> 56
        let high = ((words[1] & 0x8040_2010_0804_0201) &* 0x0101_0101_0101_0101) >> 56
        return low | high << 8
    }
}

extension UnsafeRawBufferPointer {
    @inline(__always)
    subscript(unchecked index: Int) -> UInt8 { unsafe baseAddress.unsafelyUnwrapped.load(fromByteOffset: index, as: UInt8.self) }
}
