/// What the parser finds.
protocol DelimitedSink {
    /// A part of the current field's text.
    mutating func text(_ bytes: UnsafeRawBufferPointer)
    mutating func endField(isQuoted: Bool) throws
    /// False ends the parsing.
    mutating func endRecord() throws -> Bool
}

/// Delimited text by RFC 4180, read the way that spreadsheets read it: any one-byte delimiter; records end with LF, CRLF or CR; a quotation mark
/// within an unquoted field stands for itself, and so does whatever follows a closing one. Takes the text in pieces that may be cut anywhere.
struct DelimitedParser {
    enum Failure: Error, Hashable {
        case fieldTooLong(line: Int)
        case recordTooLong(line: Int)
    }

    /// In bytes. What is longer is no table: a quotation mark that is never closed, or another kind of file.
    static let fieldLimit = 1 << 20
    static let recordLimit = 16 << 20

    private enum State {
        case fieldStart, unquoted, quoted, quoteInQuoted
        /// After a CR that ended a record: a LF belongs to it.
        case carriageReturn
    }

    let delimiter: UInt8
    private var state = State.fieldStart
    private var isQuoted = false
    private var fieldLength = 0
    private var recordLength = 0
    private var fieldCount = 0
    /// Of the record that is being read; the first is 1.
    private(set) var line = 1
    private var lineBreaks = 0

    init(delimiter: UInt8) { self.delimiter = delimiter }

    /// Whether the text so far ends within a record.
    var isWithinRecord: Bool { fieldCount > 0 || fieldLength > 0 || isQuoted || state == .quoted || state == .unquoted }

    /// False when the sink wants no more.
    mutating func parse(_ bytes: UnsafeRawBufferPointer, into sink: inout some DelimitedSink) throws -> Bool {
        var index = 0
        while index < bytes.count {
            switch state {
            case .carriageReturn:
                state = .fieldStart
                if bytes[index] == 0x0A { index += 1 }
            case .fieldStart where bytes[index] == 0x22:
                state = .quoted
                isQuoted = true
                index += 1
            case .fieldStart, .unquoted:
                let start = index
                while index < bytes.count {
                    let byte = bytes[index]
                    if byte == delimiter || byte == 0x0A || byte == 0x0D { break }
                    index += 1
                }
                if index > start {
                    try take(UnsafeRawBufferPointer(rebasing: bytes[start..<index]), into: &sink)
                    state = .unquoted
                }
                guard index < bytes.count else { break }
                guard try endField(with: bytes[index], into: &sink) else { return false }
                index += 1
            case .quoted:
                let start = index
                while index < bytes.count, bytes[index] != 0x22 {
                    if bytes[index] == 0x0A { lineBreaks += 1 }
                    index += 1
                }
                if index > start { try take(UnsafeRawBufferPointer(rebasing: bytes[start..<index]), into: &sink) }
                guard index < bytes.count else { break }
                state = .quoteInQuoted
                index += 1
            case .quoteInQuoted:
                if bytes[index] == 0x22 {
                    try take(UnsafeRawBufferPointer(rebasing: bytes[index...index]), into: &sink)
                    state = .quoted
                    index += 1
                } else {
                    state = .unquoted
                }
            }
        }
        return true
    }

    /// Ends the last record, unless the text ended with a line break.
    mutating func finish(into sink: inout some DelimitedSink) throws {
        guard isWithinRecord else { return }
        _ = try endField(with: 0x0A, into: &sink)
    }

    private mutating func take(_ bytes: UnsafeRawBufferPointer, into sink: inout some DelimitedSink) throws(Failure) {
        fieldLength += bytes.count
        recordLength += bytes.count
        guard fieldLength <= Self.fieldLimit else { throw .fieldTooLong(line: line) }
        guard recordLength <= Self.recordLimit else { throw .recordTooLong(line: line) }
        sink.text(bytes)
    }

    /// Ends a field, and its record unless `byte` is the delimiter.
    private mutating func endField(with byte: UInt8, into sink: inout some DelimitedSink) throws -> Bool {
        try sink.endField(isQuoted: isQuoted)
        isQuoted = false
        fieldLength = 0
        // A delimiter costs a byte as well: a line of nothing but commas is endless too.
        recordLength += 1
        guard recordLength <= Self.recordLimit else { throw Failure.recordTooLong(line: line) }
        if byte == delimiter {
            fieldCount += 1
            state = .fieldStart
            return true
        }
        state = byte == 0x0D ? .carriageReturn : .fieldStart
        fieldCount = 0
        recordLength = 0
        let goesOn = try sink.endRecord()
        line += 1 + lineBreaks
        lineBreaks = 0
        return goesOn
    }
}
