/// Masks values where they stand.
enum ValueMask {
    private static let star: UInt8 = 0x2A

    /// Bytes of a mask that doesn't depend on the value.
    static let narrowest = 6

    /// Puts the mask of the value that was written from byte `start` on in its place.
    @inline(__always)
    static func cover(_ field: SamplePatients.Field, from start: Int, in bytes: inout ByteCursor) {
        switch field {
        // The family name's first character, three bytes of UTF-8.
        case .name: shorten(to: 3, stars: 2, from: start, in: &bytes)
        case .idCard, .mobile: coverMiddle(after: 3, from: start, in: bytes)
        case .bankCard: coverMiddle(after: 6, from: start, in: bytes)
        case .birthDate:
            bytes.truncate(to: start + 4)
            bytes.append("-**-**")
        case .email: coverMailbox(from: start, in: &bytes)
        // The province's first two characters.
        case .address: shorten(to: 6, stars: 6, from: start, in: &bytes)
        default: shorten(to: 0, stars: 6, from: start, in: &bytes)
        }
    }

    private static func shorten(to kept: Int, stars: Int, from start: Int, in bytes: inout ByteCursor) {
        bytes.truncate(to: start + kept)
        for _ in 0..<stars { bytes.append(star) }
    }

    /// Leaves the first `head` and the last four bytes.
    private static func coverMiddle(after head: Int, from start: Int, in bytes: ByteCursor) {
        let value = bytes.written(from: start)
        for index in head..<max(head, value.count - 4) { value[index] = star }
    }

    /// Leaves the first character and the domain; nothing of a mailbox too short for that.
    private static func coverMailbox(from start: Int, in bytes: inout ByteCursor) {
        let value = bytes.written(from: start)
        let kept = 1
        let stars = 3
        guard let at = value.firstIndex(of: 0x40), at >= kept + stars else {
            return shorten(to: 0, stars: narrowest, from: start, in: &bytes)
        }
        for index in kept..<kept + stars { value[index] = star }
        for index in at..<value.count { value[kept + stars + index - at] = value[index] }
        bytes.truncate(to: start + kept + stars + value.count - at)
    }
}
