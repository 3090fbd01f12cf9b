import Datastores

/// Values on their way from reading to writing, in one piece of memory.
struct SQLiteRowBuffer {
    private enum Field {
        case null
        case integer(Int64)
        case real(Double)
        case text(Range<Int>)
        case blob(Range<Int>)
    }

    private(set) var bytes: [UInt8] = []
    private var fields: [Field] = []
    /// Fields of one row.
    let width: Int

    init(width: Int) { self.width = width }

    var rowCount: Int { fields.count / width }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        fields.removeAll(keepingCapacity: true)
    }

    /// Takes the last rows away again.
    mutating func cut(to rows: Int) { fields.removeSubrange((rows * width)...) }

    mutating func append(_ cell: SQLiteCell) {
        switch cell {
        case .null: fields.append(.null)
        case .integer(let number): fields.append(.integer(number))
        case .real(let number): fields.append(.real(number))
        case .text(let value):
            bytes.append(contentsOf: value)
            fields.append(.text(bytes.count - value.count..<bytes.count))
        case .blob(let value):
            bytes.append(contentsOf: value)
            fields.append(.blob(bytes.count - value.count..<bytes.count))
        }
    }

    mutating func append(_ companion: CompanionValue) {
        switch companion {
        case .null: fields.append(.null)
        case .integer(let number): fields.append(.integer(number))
        case .text(let value): value.withUnsafeBytes { append(.text($0)) }
        case .bytes(let value): value.withUnsafeBytes { append(.blob($0)) }
        }
    }

    /// Appends what `write` appends to the bytes, as one value.
    mutating func appendText<R>(_ write: (inout [UInt8]) throws -> R) throws -> R {
        let start = bytes.count
        let result = try write(&bytes)
        fields.append(.text(start..<bytes.count))
        return result
    }

    mutating func appendBlob<R>(_ write: (inout [UInt8]) throws -> R) throws -> R {
        let start = bytes.count
        let result = try write(&bytes)
        fields.append(.blob(start..<bytes.count))
        return result
    }

    func bind(_ row: Int, to statement: SQLiteStatement) throws {
        try bytes.withUnsafeBytes { bytes in
            for index in 0..<width {
                let cell: SQLiteCell =
                    switch fields[row * width + index] {
                    case .null: .null
                    case .integer(let number): .integer(number)
                    case .real(let number): .real(number)
                    case .text(let range): .text(UnsafeRawBufferPointer(rebasing: bytes[range]))
                    case .blob(let range): .blob(UnsafeRawBufferPointer(rebasing: bytes[range]))
                    }
                try statement.bind(cell, at: index)
            }
        }
    }
}
