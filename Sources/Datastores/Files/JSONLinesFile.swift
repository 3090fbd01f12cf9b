import Glibc

/// A file of JSON objects: one a line (JSON Lines, NDJSON), one after the other, or the elements of one array.
final class JSONLinesFile: TabularFile {
    private struct Layout {
        var framing: JSONWalk.Framing
        var paths: JSONPaths
        var names: [String]
        var bytesPerRecord: Double
    }

    /// So many objects, in so many bytes, tell the columns.
    private static let learntRecords = 1_000
    private static let learntBytes = 8 << 20

    private let context: FileContext
    let path: String
    private let name: String
    private var ledger = RemarkLedger()
    private var known: Layout?

    init(_ context: FileContext, path: String, name: String) {
        self.context = context
        self.path = path
        self.name = name
    }

    var product: String { "JSON Lines" }
    var remarks: [DatastoreRemark] { ledger.remarks }

    func table() throws -> Table {
        let (source, window) = try context.open(path, .whole(context.encoding))
        let layout = try layout(window)
        let isPlain = source.compression == .none && (window.encoding == nil || window.encoding == .utf8)
        let rows = isPlain && layout.bytesPerRecord > 0 ? Int(Double(source.size) / layout.bytesPerRecord) : nil
        return Table(name: name, columns: layout.names.map { Column(name: $0) }, estimatedRows: rows)
    }

    /// Whether the text, from the beginning of a file, looks like objects of JSON rather than a delimited table.
    static func isLikely(_ text: UnsafeRawBufferPointer) -> Bool {
        var rest = text.drop { $0 <= 0x20 }
        if rest.first == 0x5B { rest = rest.dropFirst().drop { $0 <= 0x20 } }
        guard rest.first == 0x7B, let next = rest.dropFirst().first(where: { $0 > 0x20 }) else { return false }
        return next == 0x22 || next == 0x7D
    }

    // MARK: The layout

    private func layout() throws -> Layout {
        if let known { return known }
        return try layout(try context.open(path, .whole(context.encoding)).1)
    }

    private func layout(_ window: TextWindow) throws -> Layout {
        let framing = try framing(window)
        var walk = JSONWalk(framing: framing, recordLimit: Self.learntRecords, byteLimit: Self.learntBytes)
        var reader = JSONRecordReader()
        var batch = Batch(rowCount: 0, columns: [])
        try self.walk(window, &walk, .whole) { text in (reader.read(text, into: &batch, room: .max).outcome, true) }
        ledger.note(window)
        guard walk.records > 0 else {
            guard walk.unreadable > 0 else {
                throw context.error(.badFile(window.isTruncated ? "is cut off or damaged" : "is empty", line: nil))
            }
            throw context.error(.badFile("holds no JSON object; write one object a line (JSON Lines)", line: 1))
        }
        var paths = reader.paths
        let names = paths.makeColumns()
        let layout = Layout(framing: framing, paths: paths, names: names, bytesPerRecord: Double(walk.bytes) / Double(walk.records))
        known = layout
        return layout
    }

    /// By the first line that isn't blank: it is an object, or else an object has more lines than one.
    private func framing(_ window: TextWindow) throws -> JSONWalk.Framing {
        while true {
            let text = window.text
            let first = text.firstIndex { $0 > 0x20 } ?? text.count
            let end = text[first...].firstIndex(of: 0x0A)
            if let end = end ?? (window.isAtEnd ? text.count : nil), first < end {
                if text[first] != 0x7B { return text[first] == 0x5B ? .values : .lines }
                var reader = JSONRecordReader()
                var batch = Batch(rowCount: 0, columns: [])
                let line = UnsafeRawBufferPointer(rebasing: text[first..<end])
                if case .incomplete = reader.read(line, into: &batch, room: .max).outcome { return .values }
                return .lines
            }
            guard text.count <= JSONWalk.recordLength, try context.more(window) else { return .lines }
        }
    }

    // MARK: Reading

    func scan(columns: [String], chunk: TableChunk, limit: Int?, _ body: (Batch) throws -> Bool) throws {
        let layout = try layout()
        let wanted = try ColumnPlaces.of(columns, among: layout.names, context)
        let window = try context.open(path, chunk: chunk)
        var reader = JSONRecordReader(paths: layout.paths, columnCount: layout.names.count, wanted: wanted)
        var builder = BatchBuilder(columnCount: columns.count, limit: limit)
        var walk = JSONWalk(framing: layout.framing)
        defer {
            var figures = reader.figures
            figures.invalidBytes = window.replacedCount
            figures.unreadableRecords = walk.unreadable
            if window.isTruncated { figures.truncation = walk.line + linesBefore(chunk) }
            ledger.note(window)
            ledger.note(figures, of: chunk)
        }
        guard !builder.isComplete else { return }
        do {
            try self.walk(window, &walk, chunk) { text in
                let (outcome, rows) = reader.read(text, into: &builder.batch, room: builder.remaining)
                guard case .record(let length) = outcome, builder.endRows(rows, bytes: length) else { return (outcome, true) }
                return (outcome, try builder.flush(body) && !builder.isComplete)
            }
        } catch let error as DatastoreError {
            // What was read before counts.
            _ = try builder.flush(body)
            throw error
        }
        _ = try builder.flush(body)
    }

    /// Lends the objects to `body` until it says that it wants no more.
    private func walk(
        _ window: TextWindow, _ walk: inout JSONWalk, _ chunk: TableChunk,
        _ body: (UnsafeRawBufferPointer) throws -> (JSONRecordReader.Outcome, Bool)
    ) throws {
        repeat {
            let isEnd = window.isAtEnd && !window.isTruncated
            do {
                window.consume(try walk.read(window.text, isEnd: isEnd, body))
            } catch is JSONWalk.RecordTooLong {
                throw context.error(.badFile("an object is longer than 16 MiB", line: walk.line + linesBefore(chunk)))
            }
        } while try !walk.isOver && context.more(window)
    }

    private func linesBefore(_ chunk: TableChunk) -> Int {
        chunk == .whole ? 0 : LineBreaks.count(path: path, before: chunk.lower, context)
    }

    func chunks() throws -> [TableChunk] {
        let layout = try layout()
        let (source, window) = try context.open(path, .whole(context.encoding))
        let length = context.tuning.chunkLength
        guard layout.framing == .lines, source.compression == .none, source.size >= 2 * length else { return [.whole] }
        _ = try context.more(window)
        // Behind a mark.
        var bounds = [window.position]
        while window.encoding == nil, try context.more(window) { window.consume(window.text.count) }
        guard window.encoding == nil || window.encoding == .utf8 else { return [.whole] }
        // A line break never stands within an object that has a line of its own.
        while let last = bounds.last, last + length + length / 2 < source.size {
            guard let next = try lineEnd(after: last + length - 1, source.size) else { break }
            bounds.append(next)
        }
        if bounds.last != source.size { bounds.append(source.size) }
        return zip(bounds, bounds.dropFirst()).map { TableChunk(lower: $0, upper: $1) }
    }

    /// Behind the first LF at or behind `offset`; nil when there is none, or none near.
    private func lineEnd(after offset: Int64, _ size: Int64) throws -> Int64? {
        do throws(FileSource.Failure) {
            let source = try FileSource(path: path, range: offset..<size, followsLink: context.followsLinks)
            var place = offset
            return try withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 16) { buffer throws(FileSource.Failure) in
                while place - offset <= JSONWalk.recordLength, let base = buffer.baseAddress {
                    let count = try source.read(into: buffer)
                    if let end = memchr(base, 0x0A, count) { return place + Int64(UnsafeRawPointer(base).distance(to: UnsafeRawPointer(end))) + 1 }
                    if count == 0 { break }
                    place += Int64(count)
                }
                return nil
            }
        } catch {
            throw context.error(error)
        }
    }
}
