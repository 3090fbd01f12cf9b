/// A file of delimited text (CSV, TSV and their like).
final class DelimitedFile: TabularFile {
    private let context: FileContext
    let path: String
    private let name: String
    private var ledger = RemarkLedger()
    private var known: DelimitedLayout?

    init(_ context: FileContext, path: String, name: String) {
        self.context = context
        self.path = path
        self.name = name
    }

    var product: String { "CSV" }
    var remarks: [DatastoreRemark] { ledger.remarks }

    func table() throws -> Table {
        let (source, window) = try context.open(path, .whole(context.encoding))
        let layout = try layout(window)
        var rows: Int?
        if source.compression == .none, window.encoding == nil || window.encoding == .utf8, let length = layout.bytesPerRecord, length > 0 {
            rows = Int(Double(source.size) / length)
        }
        return Table(name: name, columns: layout.names.map { Column(name: $0) }, estimatedRows: rows)
    }

    // MARK: The layout

    private func layout() throws -> DelimitedLayout {
        if let known { return known }
        return try layout(try context.open(path, .whole(context.encoding)).1)
    }

    /// By the beginning of the file, which the window shows afterwards.
    private func layout(_ window: TextWindow) throws -> DelimitedLayout {
        while window.text.count < 64 << 10, try context.more(window) {}
        let delimiter = DelimitedLayout.delimiter(of: window.text)
        let (fields, headerLength) = try firstRecord(window, delimiter)
        guard fields.contains(where: { !$0.isEmpty }) else {
            throw context.error(.badFile(window.isTruncated ? "is cut off or damaged" : "is empty", line: nil))
        }
        ledger.note(window)
        let names = HeaderRow.names(of: fields)
        ledger.isHeaderMissing = names == nil
        var layout = DelimitedLayout(delimiter: delimiter, names: names ?? HeaderRow.numbered(fields.count), hasHeader: names != nil)
        layout.bytesPerRecord = bytesPerRecord(window.text, from: names == nil ? 0 : headerLength, layout)
        known = layout
        return layout
    }

    /// The first record that isn't blank, and how many bytes it and what comes before it take. The window still shows them.
    private func firstRecord(_ window: TextWindow, _ delimiter: UInt8) throws -> ([String], Int) {
        // One place more than is allowed: so a blank line is told from a record, and a record that is too wide is too.
        var index = FieldIndex(fieldCount: DelimitedLayout.columnLimit + 1, placeCapacity: 1)
        while true {
            var scanner = DelimitedScanner(delimiter: delimiter)
            let length = scanner.scan(window.text, isEnd: window.isAtEnd && !window.isTruncated, rowLimit: 1, into: &index)
            if index.rowCount > 0 {
                guard scanner.lastFieldCount <= DelimitedLayout.columnLimit else {
                    let why = "has \(scanner.lastFieldCount) columns; at most \(DelimitedLayout.columnLimit) are read"
                    throw context.error(.badFile(why, line: 1))
                }
                return (strings(index, scanner.lastFieldCount, window.text), length)
            }
            if let failure = scanner.failure { throw context.error(failure) }
            guard try context.more(window) else { return ([], length) }
        }
    }

    private func strings(_ index: borrowing FieldIndex, _ count: Int, _ text: UnsafeRawBufferPointer) -> [String] {
        (0..<count).map { field in
            var column = ColumnBatch()
            if let base = text.baseAddress { column.append(index, field: field, of: base) }
            return String(decoding: column.bytes, as: UTF8.self)
        }
    }

    private func bytesPerRecord(_ text: UnsafeRawBufferPointer, from start: Int, _ layout: DelimitedLayout) -> Double? {
        let sample = UnsafeRawBufferPointer(rebasing: text[..<min(text.count, 64 << 10)].dropFirst(start))
        var index = FieldIndex(fieldCount: layout.names.count)
        var scanner = DelimitedScanner(delimiter: layout.delimiter)
        let length = scanner.scan(sample, isEnd: false, rowLimit: .max, into: &index)
        return index.rowCount > 0 ? Double(length) / Double(index.rowCount) : nil
    }

    // MARK: Reading

    func scan(columns: [String], chunk: TableChunk, limit: Int?, _ body: (Batch) throws -> Bool) throws {
        let layout = try layout()
        let wanted = try ColumnPlaces.of(columns, among: layout.names, context)
        let window = try context.open(path, chunk: chunk)
        var scanner = DelimitedScanner(delimiter: layout.delimiter)
        var builder = BatchBuilder(columnCount: columns.count, limit: limit)
        var figures = RemarkLedger.Figures()
        defer {
            figures.invalidBytes = window.replacedCount
            figures.unevenRecords = scanner.unevenCount
            if window.isTruncated { figures.truncation = scanner.line + linesBefore(chunk) }
            ledger.note(window)
            ledger.note(figures, of: chunk)
        }
        if chunk == .whole, layout.hasHeader { scanner = try afterHeader(window, layout.delimiter) }
        try read(window, &scanner, wanted, layout.names.count, &builder, body)
        if let failure = scanner.failure { throw context.error(failure, linesBefore: linesBefore(chunk)) }
    }

    /// Leaves the first record out.
    private func afterHeader(_ window: TextWindow, _ delimiter: UInt8) throws -> DelimitedScanner {
        while try context.more(window), window.text.count < 4_096 {}
        let length = try firstRecord(window, delimiter).1
        let lines = LineBreaks.count(UnsafeRawBufferPointer(rebasing: window.text[..<length]))
        window.consume(length)
        return DelimitedScanner(delimiter: delimiter, line: 1 + lines)
    }

    private func read(
        _ window: TextWindow, _ scanner: inout DelimitedScanner, _ wanted: [Int], _ fieldCount: Int, _ builder: inout BatchBuilder,
        _ body: (Batch) throws -> Bool
    ) throws {
        var index = FieldIndex(fieldCount: fieldCount)
        while !builder.isComplete {
            let text = window.text
            let length = scanner.scan(text, isEnd: window.isAtEnd && !window.isTruncated, rowLimit: builder.room, into: &index)
            var isFull = false
            if index.rowCount > 0, let base = text.baseAddress {
                for (column, field) in wanted.enumerated() { builder.batch.columns[column].append(index, field: field, of: base) }
                isFull = builder.endRows(index.rowCount, bytes: length)
            }
            window.consume(length)
            if isFull, try !builder.flush(body) { return }
            if scanner.failure != nil { break }
            guard length == 0 || window.text.isEmpty else { continue }
            guard try context.more(window) else { break }
        }
        _ = try builder.flush(body)
    }

    private func linesBefore(_ chunk: TableChunk) -> Int {
        chunk == .whole ? 0 : LineBreaks.count(path: path, before: chunk.lower, context)
    }

    func chunks() throws -> [TableChunk] {
        let layout = try layout()
        let (source, window) = try context.open(path, .unchecked)
        let length = context.tuning.chunkLength
        guard source.compression == .none, source.size >= 2 * length else { return [.whole] }
        // Whether it is UTF-8 all over is seen when it is read; here it must not be known to be something else.
        guard try isUTF8() else { return [.whole] }
        let splitter = RecordSplitter(delimiter: layout.delimiter, chunkLength: length)
        return try splitter.chunks(window, skipsFirst: layout.hasHeader) { try self.context.more($0) } ?? [.whole]
    }

    /// Reads as far as it takes to know the encoding.
    private func isUTF8() throws -> Bool {
        let (_, window) = try context.open(path, .whole(context.encoding))
        while window.encoding == nil, try context.more(window) { window.consume(window.text.count) }
        return window.encoding == nil || window.encoding == .utf8
    }
}

/// Which fields of a file make up the columns of a batch.
enum ColumnPlaces {
    static func of(_ columns: [String], among names: [String], _ context: FileContext) throws(DatastoreError) -> [Int] {
        let places = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
        var result: [Int] = []
        for column in columns {
            guard let place = places[column] else { throw context.error(.failed("has no such column")) }
            result.append(place)
        }
        return result
    }
}

extension FileContext {
    func error(_ failure: DelimitedScanner.Failure, linesBefore lines: Int = 0) -> DatastoreError {
        switch failure {
        case .fieldTooLong(let line):
            error(.badFile("a field is longer than 1 MiB; is a quotation mark left open?", line: line + lines))
        case .recordTooLong(let line): error(.badFile("a record is longer than 16 MiB; this is no table", line: line + lines))
        }
    }
}
