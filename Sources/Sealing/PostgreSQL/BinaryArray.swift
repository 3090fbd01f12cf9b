/// A one-dimensional array in PostgreSQL's binary form (`array_recv` in its source): number of dimensions, whether there are nulls, the elements'
/// type, length, lower bound; then each element's length and bytes. Numbers are big-endian.
struct BinaryArray {
    private(set) var bytes: [UInt8] = []
    private var count: UInt32 = 0
    private let element: UInt32
    private static let header = 20

    init(element: PostgreSQLType) {
        self.element = element.rawValue
        removeAll()
    }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        for number in [1, 1, element, 0, 1] { append(number) }
        count = 0
    }

    private mutating func append(_ number: UInt32) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// Where the array ends now, to be cut there again.
    var end: (bytes: Int, count: UInt32) { (bytes.count, count) }

    mutating func cut(to end: (bytes: Int, count: UInt32)) {
        bytes.removeSubrange(end.bytes...)
        count = end.count
    }

    mutating func appendNull() {
        append(UInt32.max)
        count += 1
    }

    mutating func append(_ value: UnsafeRawBufferPointer) {
        append(UInt32(truncatingIfNeeded: value.count))
        bytes.append(contentsOf: value)
        count += 1
    }

    mutating func append(_ value: Int64) {
        append(8 as UInt32)
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
        count += 1
    }

    /// Appends what `write` appends to the bytes, as one element.
    mutating func appendElement<R>(_ write: (inout [UInt8]) throws -> R) throws -> R {
        let start = bytes.count
        append(0 as UInt32)
        let result = try write(&bytes)
        store(UInt32(truncatingIfNeeded: bytes.count - start - 4), at: start)
        count += 1
        return result
    }

    mutating func append(_ companion: CompanionValue) {
        switch companion {
        case .null: appendNull()
        case .integer(let number): append(number)
        case .text(let bytes), .bytes(let bytes): bytes.withUnsafeBytes { append($0) }
        }
    }

    /// The array as a parameter.
    mutating func finished() -> [UInt8] {
        store(count, at: Self.header - 8)
        return bytes
    }

    private mutating func store(_ number: UInt32, at place: Int) {
        bytes.withUnsafeMutableBytes { $0.storeBytes(of: number.bigEndian, toByteOffset: place, as: UInt32.self) }
    }
}

/// Object ids of types and of their arrays, which never change (`pg_type.dat` in PostgreSQL's source).
enum PostgreSQLType: UInt32 {
    case bytea = 17
    case int8 = 20
    case text = 25
    case tid = 27
    case xid = 28

    var name: String {
        switch self {
        case .bytea: "bytea"
        case .int8: "bigint"
        case .text: "text"
        case .tid: "tid"
        case .xid: "xid"
        }
    }

    var array: UInt32 {
        switch self {
        case .bytea: 1_001
        case .int8: 1_016
        case .text: 1_009
        case .tid: 1_010
        case .xid: 1_011
        }
    }
}
