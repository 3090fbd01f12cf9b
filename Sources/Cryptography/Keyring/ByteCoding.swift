/// Appends numbers big-endian and byte strings behind their length.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func raw(_ more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

    mutating func number(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// Two bytes of length, then the bytes.
    mutating func sized(_ more: some Collection<UInt8>) {
        number(UInt16(clamping: more.count))
        raw(more)
    }
}

/// Reads what ``ByteWriter`` wrote, and takes nothing else.
struct ByteReader {
    struct Malformed: Error { let what: String }

    private let bytes: ArraySlice<UInt8>
    private(set) var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    var isAtEnd: Bool { position == bytes.endIndex }

    mutating func raw(_ count: Int, _ what: String) throws(Malformed) -> [UInt8] {
        guard count >= 0, bytes.endIndex - position >= count else { throw Malformed(what: "\(what) is cut short") }
        defer { position += count }
        return Array(bytes[position..<position + count])
    }

    mutating func number<Number: FixedWidthInteger>(_ what: String) throws(Malformed) -> Number {
        try raw(Number.bitWidth / 8, what).reduce(Number(0)) { $0 << 8 | Number(truncatingIfNeeded: $1) }
    }

    mutating func sized(_ bounds: ClosedRange<Int>, _ what: String) throws(Malformed) -> [UInt8] {
        let count = Int(try number("the length of \(what)") as UInt16)
        guard bounds ~= count else { throw Malformed(what: "\(what) has \(count) bytes") }
        return try raw(count, what)
    }

    mutating func text(_ bounds: ClosedRange<Int>, _ what: String) throws(Malformed) -> String {
        guard let text = String(validating: try sized(bounds, what), as: UTF8.self) else { throw Malformed(what: "\(what) is no UTF-8") }
        guard KeyringLimits.isPlain(text) else { throw Malformed(what: "\(what) has control characters") }
        return text
    }
}
