/// Reads integers and strings off the front of bytes that somebody else sent: every read is checked, none can trap.
struct ByteReader {
    private let bytes: ArraySlice<UInt8>
    private var index: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        index = bytes.startIndex
    }

    init(_ bytes: [UInt8]) { self.init(bytes[...]) }

    var remaining: Int { bytes.endIndex - index }
    var isAtEnd: Bool { remaining == 0 }
    var rest: ArraySlice<UInt8> { bytes[index...] }

    mutating func byte() -> UInt8? {
        guard index < bytes.endIndex else { return nil }
        defer { index += 1 }
        return bytes[index]
    }

    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= remaining else { return nil }
        defer { index += count }
        return bytes[index..<index + count]
    }

    /// Up to the next NUL, which is taken as well.
    mutating func terminated() -> ArraySlice<UInt8>? {
        guard let end = bytes[index...].firstIndex(of: 0) else { return nil }
        defer { index = end + 1 }
        return bytes[index..<end]
    }

    /// Little-endian, of 1 to 8 bytes.
    mutating func little(_ count: Int) -> UInt64? {
        take(count).map { $0.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
    }

    /// Big-endian, of 1 to 8 bytes.
    mutating func big(_ count: Int) -> UInt64? {
        take(count).map { $0.reduce(0) { $0 << 8 | UInt64($1) } }
    }

    /// A big-endian length of `width` bytes, and that many bytes.
    mutating func counted(_ width: Int) -> ArraySlice<UInt8>? {
        guard let count = big(width), count <= UInt64(remaining) else { return nil }
        return take(Int(count))
    }

    mutating func littleInt32() -> Int? { little(4).map { Int(Int32(truncatingIfNeeded: $0)) } }
}

extension Array where Element == UInt8 {
    /// `content` after its length, which takes `width` big-endian bytes: what ``ByteReader/counted(_:)`` reads.
    init(counted content: some Collection<UInt8>, width: Int) {
        self = (0..<width).reversed().map { UInt8(truncatingIfNeeded: content.count >> (8 * $0)) } + content
    }

    mutating func appendLittle(_ value: some FixedWidthInteger) {
        for shift in stride(from: 0, to: value.bitWidth, by: 8) { append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    mutating func appendBig(_ value: some FixedWidthInteger) {
        for shift in stride(from: value.bitWidth - 8, through: 0, by: -8) { append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    /// With its terminating NUL.
    mutating func appendTerminated(_ text: String) {
        append(contentsOf: text.utf8)
        append(0)
    }
}
