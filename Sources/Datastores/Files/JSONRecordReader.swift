/// Reads objects of JSON (RFC 8259) into rows: each path is a column.
///
/// The first element of an array stands in the row of its object; each further one in a row of its own, in which the columns of the rest of
/// the object are null. So every value stands alone, and what belongs to one element stands in one row.
struct JSONRecordReader {
    enum Outcome: Hashable {
        /// So many bytes were read.
        case record(Int)
        case invalid
        /// The text ends within it.
        case incomplete
    }

    private enum Failure: Error {
        case invalid, incomplete
    }

    /// How deep objects and arrays may lie in each other.
    static let depthLimit = 100
    /// Rows that one object may take, times columns.
    private static let cellLimit = 400_000

    private(set) var paths: JSONPaths
    private let isLearning: Bool
    /// The columns of the batch by column of the file.
    private let places: [[Int]]
    private let rowsPerRecord: Int
    private(set) var figures = RemarkLedger.Figures()

    /// Reads objects for their paths.
    init() {
        paths = JSONPaths()
        isLearning = true
        places = []
        rowsPerRecord = .max
    }

    /// - Parameter wanted: columns of the file by column of the batch.
    init(paths: JSONPaths, columnCount: Int, wanted: [Int]) {
        self.paths = paths
        isLearning = false
        var places = Array(repeating: [Int](), count: columnCount)
        for (place, column) in wanted.enumerated() { places[column].append(place) }
        self.places = places
        rowsPerRecord = max(16, Self.cellLimit / max(1, wanted.count))
    }

    // What is known of the record that is being read.
    private var base = 0
    private var rowLimit = 0
    private var unknown = 0
    private var leftOut = 0

    /// Reads the object that `text` begins with; the columns of `batch` grow by its rows, all of them alike, and by none unless it is a record.
    mutating func read(_ text: UnsafeRawBufferPointer, into batch: inout Batch, room: Int) -> (outcome: Outcome, rows: Int) {
        (base, rowLimit) = (batch.rowCount, min(room, rowsPerRecord))
        (unknown, leftOut) = (0, 0)
        var index = 0
        do throws(Failure) {
            guard text.first == 0x7B else { throw text.isEmpty ? .incomplete : .invalid }
            let rows = min(max(1, try value(text, &index, JSONPaths.root, row: 0, depth: 0, &batch)), rowLimit)
            for column in batch.columns.indices { batch.columns[column].pad(to: base + rows) }
            figures.unknownFields += unknown
            figures.elementsLeftOut += leftOut
            return (.record(index), rows)
        } catch {
            for column in batch.columns.indices { batch.columns[column].cut(to: base) }
            return (error == .invalid ? .invalid : .incomplete, 0)
        }
    }

    /// Reads a value; the first row behind those that it takes.
    private mutating func value(
        _ text: UnsafeRawBufferPointer, _ index: inout Int, _ node: Int, row: Int, depth: Int, _ batch: inout Batch
    ) throws(Failure) -> Int {
        guard depth < Self.depthLimit else { throw .invalid }
        switch try Self.next(text, &index) {
        case 0x7B: return try object(text, &index, node, row: row, depth: depth, &batch)
        case 0x5B: return try array(text, &index, node, row: row, depth: depth, &batch)
        case 0x22:
            index += 1
            let (string, isPlain) = try Self.string(text, &index)
            append(string, isEscaped: !isPlain, node, row: row, &batch)
            return row + 1
        default:
            let word = try Self.word(text, &index)
            if let word {
                append(word, isEscaped: false, node, row: row, &batch)
            } else if isLearning, node >= 0 {
                paths.noteNull(node)
            }
            return row + 1
        }
    }

    private mutating func object(
        _ text: UnsafeRawBufferPointer, _ index: inout Int, _ node: Int, row: Int, depth: Int, _ batch: inout Batch
    ) throws(Failure) -> Int {
        index += 1
        var end = row + 1
        if try Self.next(text, &index) == 0x7D {
            index += 1
            return end
        }
        while true {
            guard try Self.next(text, &index) == 0x22 else { throw .invalid }
            index += 1
            let (key, _) = try Self.string(text, &index)
            guard try Self.next(text, &index) == 0x3A else { throw .invalid }
            index += 1
            var child = node >= 0 ? paths.child(of: node, key) : -1
            if child < 0, isLearning, node >= 0 { child = paths.addChild(of: node, key) }
            end = max(end, try value(text, &index, child, row: row, depth: depth + 1, &batch))
            let byte = try Self.next(text, &index)
            index += 1
            if byte == 0x7D { return end }
            guard byte == 0x2C else { throw .invalid }
        }
    }

    private mutating func array(
        _ text: UnsafeRawBufferPointer, _ index: inout Int, _ node: Int, row: Int, depth: Int, _ batch: inout Batch
    ) throws(Failure) -> Int {
        index += 1
        let element = node >= 0 ? paths.element(of: node, adding: isLearning) : -1
        if try Self.next(text, &index) == 0x5D {
            index += 1
            if isLearning, element >= 0 { paths.noteNull(element) }
            return row + 1
        }
        var end = row
        while true {
            end = try value(text, &index, element, row: end, depth: depth + 1, &batch)
            let byte = try Self.next(text, &index)
            index += 1
            if byte == 0x5D { return end }
            guard byte == 0x2C else { throw .invalid }
        }
    }

    @inline(__always)
    private mutating func append(_ value: UnsafeRawBufferPointer, isEscaped: Bool, _ node: Int, row: Int, _ batch: inout Batch) {
        guard !isLearning else {
            if node >= 0 { paths.noteValue(node) }
            return
        }
        guard node >= 0, paths.nodes[node].column >= 0 else {
            unknown += 1
            return
        }
        let places = places[paths.nodes[node].column]
        guard !places.isEmpty else { return }
        guard row < rowLimit else {
            // Not what lies behind the rows that are wanted at all.
            if rowLimit == rowsPerRecord { leftOut += 1 }
            return
        }
        for place in places {
            batch.columns[place].pad(to: base + row)
            // Of a key that an object holds twice the first value counts.
            guard batch.columns[place].count == base + row else { continue }
            if isEscaped {
                JSONString.unescape(value) { batch.columns[place].bytes.append(contentsOf: $0) }
            } else {
                batch.columns[place].bytes.append(contentsOf: value)
            }
            batch.columns[place].close(isNull: false)
        }
    }

    // MARK: Tokens

    /// The byte at `index`, behind white space.
    @inline(__always)
    private static func next(_ text: UnsafeRawBufferPointer, _ index: inout Int) throws(Failure) -> UInt8 {
        while index < text.count {
            let byte = text[unchecked: index]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
            index += 1
        }
        throw .incomplete
    }

    /// What stands up to the closing quotation mark, and whether nothing of it is escaped.
    @inline(__always)
    private static func string(_ text: UnsafeRawBufferPointer, _ index: inout Int) throws(Failure) -> (UnsafeRawBufferPointer, Bool) {
        switch JSONString.end(text, from: index) {
        case .at(let end, let isPlain):
            defer { index = end + 1 }
            return (UnsafeRawBufferPointer(rebasing: text[index..<end]), isPlain)
        case .broken: throw .invalid
        case .cut: throw .incomplete
        }
    }

    /// A number, `true` or `false`; nil for `null` and what some programs write instead of it.
    private static func word(_ text: UnsafeRawBufferPointer, _ index: inout Int) throws(Failure) -> UnsafeRawBufferPointer? {
        let start = index
        while index < text.count {
            switch text[unchecked: index] {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E: index += 1
            default:
                guard index > start else { throw .invalid }
                let word = UnsafeRawBufferPointer(rebasing: text[start..<index])
                if word[0] == 0x2D && word.count > 1 && word[1] != 0x49 || (0x30...0x39).contains(word[0]) { return word }
                if word.elementsEqual("true".utf8) || word.elementsEqual("false".utf8) { return word }
                if ["null", "NaN", "Infinity", "-Infinity"].contains(where: { word.elementsEqual($0.utf8) }) { return nil }
                throw .invalid
            }
        }
        throw .incomplete
    }
}

extension ColumnBatch {
    /// Appends nulls until there are `count` values.
    @inline(__always)
    mutating func pad(to count: Int) {
        while isNull.count < count { close(isNull: true) }
    }

    /// Takes back all values but the first `count`.
    mutating func cut(to count: Int) {
        guard count < isNull.count else {
            // Of a value that isn't closed.
            bytes.removeLast(bytes.count - (offsets.last ?? 0))
            return
        }
        bytes.removeLast(bytes.count - offsets[count])
        offsets.removeLast(isNull.count - count)
        isNull.removeLast(isNull.count - count)
    }
}
