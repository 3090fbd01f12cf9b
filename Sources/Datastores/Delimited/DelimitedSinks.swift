/// Gathers the first record.
struct FirstRecordSink: DelimitedSink {
    private(set) var fields: [String] = []
    private var bytes: [UInt8] = []

    mutating func text(_ bytes: UnsafeRawBufferPointer) { self.bytes.append(contentsOf: bytes) }

    mutating func endField(isQuoted: Bool) {
        fields.append(String(decoding: bytes, as: UTF8.self))
        bytes.removeAll(keepingCapacity: true)
    }

    mutating func endRecord() -> Bool {
        // An empty line before the header is no record.
        if fields == [""] { fields = [] }
        return fields.isEmpty
    }
}

/// Gathers the wanted fields of each record in batches. An empty field that isn't quoted is null.
struct BatchSink: DelimitedSink {
    var builder: BatchBuilder
    private(set) var unevenCount = 0
    private let body: (Batch) throws -> Bool
    /// Column of the batch by field of the file; -1 for a field that isn't wanted.
    private let places: [Int]
    private let copies: [(from: Int, to: Int)]
    private var skipsFirst: Bool
    private var field = 0
    private var size = 0
    private var isEmptyField = true

    init(wanted: [Int], fieldCount: Int, limit: Int?, skipsFirst: Bool, _ body: @escaping (Batch) throws -> Bool) {
        builder = BatchBuilder(columnCount: wanted.count, limit: limit)
        var places = Array(repeating: -1, count: fieldCount)
        var copies: [(from: Int, to: Int)] = []
        for (column, index) in wanted.enumerated() {
            if places[index] < 0 { places[index] = column } else { copies.append((places[index], column)) }
        }
        self.places = places
        self.copies = copies
        self.skipsFirst = skipsFirst
        self.body = body
    }

    mutating func text(_ bytes: UnsafeRawBufferPointer) {
        isEmptyField = false
        guard !skipsFirst, field < places.count, places[field] >= 0 else { return }
        builder.batch.columns[places[field]].bytes.append(contentsOf: bytes)
        size += bytes.count
    }

    mutating func endField(isQuoted: Bool) {
        if !skipsFirst, field < places.count, places[field] >= 0 { builder.batch.columns[places[field]].close(isNull: isEmptyField && !isQuoted) }
        field += 1
        isEmptyField = true
    }

    mutating func endRecord() throws -> Bool {
        defer {
            field = 0
            size = 0
        }
        if skipsFirst {
            skipsFirst = false
            return true
        }
        if builder.isComplete { return false }
        if field != places.count {
            // A blank line is no record.
            if field == 1, places.count > 1, isBlank {
                undoBlank()
                return true
            }
            unevenCount += 1
            for missing in places.dropFirst(field) where missing >= 0 { builder.batch.columns[missing].close(isNull: true) }
        }
        for copy in copies { copyLast(copy.from, copy.to) }
        return builder.endRow(bytes: size) ? try builder.flush(body) && !builder.isComplete : true
    }

    private var isBlank: Bool { size == 0 }

    private mutating func undoBlank() {
        guard let place = places.first, place >= 0 else { return }
        builder.batch.columns[place].offsets.removeLast()
        builder.batch.columns[place].isNull.removeLast()
    }

    private mutating func copyLast(_ from: Int, _ to: Int) {
        let source = builder.batch.columns[from]
        builder.batch.columns[to].bytes.append(contentsOf: source.bytes[source.offsets[source.count - 1]...])
        builder.batch.columns[to].close(isNull: source.isNull[source.count - 1])
    }
}

/// Tells a header from data.
enum HeaderRow {
    /// The columns' names, made unique; nil when the record is data: a name has no long run of digits, no `@`, and isn't empty.
    static func names(of fields: [String]) -> [String]? {
        var seen: [String: Int] = [:]
        var names: [String] = []
        var isData = false
        for (index, field) in fields.enumerated() {
            let name = String(field.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()).prefix(200)
            let digits = name.filter(\.isNumber).count
            isData = isData || digits > 5 || (digits > 0 && digits == name.count) || name.contains("@")
            let base = name.isEmpty ? "column_\(index + 1)" : String(name)
            seen[base, default: 0] += 1
            names.append(seen[base] == 1 ? base : "\(base)_\(seen[base] ?? 0)")
        }
        return isData ? nil : names
    }
}
