/// A list of byte strings as one, so that no two lists give the same bytes: the number of parts, then each part's length and bytes; numbers
/// are 4 bytes, big-endian.
package enum LengthPrefixed {
    package static func encode(_ parts: [String]) -> [UInt8] { encode(parts.map { Array($0.utf8) }) }

    package static func encode(_ parts: [[UInt8]]) -> [UInt8] {
        var bytes: [UInt8] = []
        append(count: parts.count, to: &bytes)
        for part in parts {
            append(count: part.count, to: &bytes)
            bytes += part
        }
        return bytes
    }

    /// Four bytes. Nothing that is sealed comes near 2^32 bytes; a longer count would be cut.
    static func append(count: Int, to bytes: inout [UInt8]) {
        for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: count >> shift)) }
    }
}

/// The primary key of a row as bytes to bind a cell to: each column's value with its length (4 bytes, big-endian) before it, in the order of
/// the key. The caller gives each value in one form that doesn't depend on how it was read: the store's text, in UTF-8.
///
/// Keeps its memory for the next row.
package struct PrimaryKeyBytes: Sendable {
    private var bytes: [UInt8] = []

    package init() {}

    package init(_ parts: [String]) {
        for part in parts { append(Array(part.utf8)) }
    }

    package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    package mutating func append(_ part: UnsafeRawBufferPointer) {
        appendLength(part.count)
        bytes.append(contentsOf: part)
    }

    package mutating func append(_ part: [UInt8]) { part.withUnsafeBytes { append($0) } }

    package func withBytes<Result, Failure: Error>(_ body: (UnsafeRawBufferPointer) throws(Failure) -> Result) throws(Failure) -> Result {
        let span = bytes.span
        return try span.withUnsafeBytes(body)
    }

    private mutating func appendLength(_ count: Int) {
        bytes.append(UInt8(truncatingIfNeeded: count >> 24))
        bytes.append(UInt8(truncatingIfNeeded: count >> 16))
        bytes.append(UInt8(truncatingIfNeeded: count >> 8))
        bytes.append(UInt8(truncatingIfNeeded: count))
    }
}
