/// A blind index: HMAC-SHA-256 over the normalised value or a part of it, cut to few bits. Equal values get equal index values, so that a companion
/// column with a database index finds the rows of a value; when it is short, other values do too, and the search opens the cells to drop them.
///
/// Each column, normaliser and part has a key of its own, a sub-key of one generation of the column's data key. One instance serves one thread.
package final class BlindIndex {
    package let definition: BlindIndexDefinition
    private let mac: HMAC
    private var normal: [UInt8] = []
    private var digest = [UInt8](repeating: 0, count: HMAC.length)

    /// - Throws: ``SealingFailure/wrongLength`` for a width outside 1 to 63 bits or a part without characters.
    package init(key: DataKey, column: String, definition: BlindIndexDefinition) throws(SealingFailure) {
        if case .bits(let bits) = definition.width, !(1...63).contains(bits) { throw .wrongLength }
        switch definition.part {
        case .prefix(let count), .suffix(let count): if count < 1 { throw .wrongLength }
        case .whole: break
        }
        do {
            let qualifiers = [column, definition.normaliser.rawValue, definition.partName]
            mac = try HMAC(key: key.subkey(for: .blindIndex, qualifiers, count: HMAC.length))
        } catch {
            throw SealingFailure(error)
        }
        self.definition = definition
    }

    deinit {
        for index in normal.indices { normal[index] = 0 }
    }

    /// The index value of a cell, of either width. Cells of which nothing is left once normalised have one value together.
    package func value(of cell: UnsafeRawBufferPointer) throws(SealingFailure) -> BlindIndexValue {
        if case .full = definition.width {
            var text: [UInt8] = []
            try appendHexadecimal(of: cell, to: &text)
            return .hexadecimal(String(decoding: text, as: UTF8.self))
        }
        return .integer(try integer(of: cell))
    }

    /// For indexes of some bits; for a full one its first 63. Allocates nothing.
    package func integer(of cell: UnsafeRawBufferPointer) throws(SealingFailure) -> Int64 {
        try compute(cell)
        let bits = if case .bits(let bits) = definition.width { bits } else { 63 }
        let head = digest.withUnsafeBytes { UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)) }
        return Int64(truncatingIfNeeded: head >> UInt64(64 - bits))
    }

    /// Appends the first 128 bits as 32 hexadecimal digits, whatever the width.
    package func appendHexadecimal(of cell: UnsafeRawBufferPointer, to output: inout [UInt8]) throws(SealingFailure) {
        try compute(cell)
        for byte in digest[..<16] {
            output.append(BlindIndex.digit(byte >> 4))
            output.append(BlindIndex.digit(byte & 15))
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

    private func compute(_ cell: UnsafeRawBufferPointer) throws(SealingFailure) {
        normal.removeAll(keepingCapacity: true)
        definition.normaliser.append(cell, to: &normal)
        let range = part()
        let code = normal.withUnsafeBytes { normal in
            digest.withUnsafeMutableBytes { digest in
                Result<Void, CryptographyFailure> { () throws(CryptographyFailure) in
                    try mac.authenticate(UnsafeRawBufferPointer(rebasing: normal[range]), into: digest)
                }
            }
        }
        if case .failure(let failure) = code { throw SealingFailure(failure) }
    }

    private func part() -> Range<Int> {
        func isStart(_ byte: UInt8) -> Bool { byte & 0xC0 != 0x80 }
        switch definition.part {
        case .whole: return 0..<normal.count
        case .prefix(let count):
            var left = count
            for index in normal.indices where isStart(normal[index]) {
                if left == 0 { return 0..<index }
                left -= 1
            }
            return 0..<normal.count
        case .suffix(let count):
            var left = count
            for index in normal.indices.reversed() where isStart(normal[index]) {
                left -= 1
                if left == 0 { return index..<normal.count }
            }
            return 0..<normal.count
        }
    }
}
