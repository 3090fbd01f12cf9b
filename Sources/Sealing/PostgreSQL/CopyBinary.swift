/// COPY's binary format (PostgreSQL's documentation, "COPY", file formats), as the server sends it: a row in each message, the header before the
/// first, the trailer by itself.
struct CopyBinary {
    private static let signature: [UInt8] = [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00]
    private var sawHeader = false

    /// Lends a row's fields as ranges of `message`; nil for NULL.
    /// - Returns: false for the trailer, and a header without a row.
    mutating func row(_ message: UnsafeRawBufferPointer, into fields: inout [Range<Int>?]) throws(SealingError) -> Bool {
        var place = 0
        if !sawHeader {
            guard message.count >= 19, message.prefix(11).elementsEqual(Self.signature) else { throw .malformedAnswer }
            let extra = Int(message.loadUnaligned(fromByteOffset: 15, as: UInt32.self).bigEndian)
            place = 19 + extra
            sawHeader = true
            if message.count == place { return false }
        }
        guard message.count >= place + 2 else { throw .malformedAnswer }
        let count = Int16(bigEndian: message.loadUnaligned(fromByteOffset: place, as: Int16.self))
        if count == -1 { return false }
        guard Int(count) == fields.count else { throw .malformedAnswer }
        place += 2
        for index in fields.indices {
            guard message.count >= place + 4 else { throw .malformedAnswer }
            let length = Int32(bigEndian: message.loadUnaligned(fromByteOffset: place, as: Int32.self))
            place += 4
            guard length >= 0 else {
                fields[index] = nil
                continue
            }
            guard message.count - place >= Int(length) else { throw .malformedAnswer }
            fields[index] = place..<place + Int(length)
            place += Int(length)
        }
        return true
    }
}
