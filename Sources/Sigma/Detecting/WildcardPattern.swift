/// A value with Sigma's wildcards (specification, "String Wildcard", "Escaping"), over bytes.
struct WildcardPattern: Hashable, Sendable {
    enum Piece: Hashable, Sendable {
        case bytes([UInt8])
        /// `?`: one character (of UTF-8; a byte that is none counts as one).
        case one
        /// `*`: any characters, or none.
        case run
        /// `windash`: any of `-`, `/`, en dash, em dash, horizontal bar.
        case dash
    }

    private(set) var pieces: [Piece] = []

    init(_ pieces: [Piece]) { for piece in pieces { append(piece) } }

    init(bytes: [UInt8]) { self.init(bytes.isEmpty ? [] : [.bytes(bytes)]) }

    /// A backslash makes a plain character of `*`, `?` and of itself; before anything else it stands for itself.
    init(parsing text: String) {
        let bytes = Array(text.utf8)
        var plain: [UInt8] = []
        var index = 0
        func flush(_ pattern: inout WildcardPattern) {
            if !plain.isEmpty { pattern.append(.bytes(plain)) }
            plain.removeAll()
        }
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case 0x5C where index < bytes.count && [0x5C, 0x2A, 0x3F].contains(bytes[index]):
                plain.append(bytes[index])
                index += 1
            case 0x2A:
                flush(&self)
                append(.run)
            case 0x3F:
                flush(&self)
                append(.one)
            default: plain.append(byte)
            }
        }
        flush(&self)
    }

    private mutating func append(_ piece: Piece) {
        switch (pieces.last, piece) {
        case (.run, .run): break
        case (.bytes(let before), .bytes(let after)): pieces[pieces.count - 1] = .bytes(before + after)
        default: pieces.append(piece)
        }
    }

    /// The bytes, when there is no wildcard.
    var plainBytes: [UInt8]? {
        if pieces.isEmpty { return [] }
        if pieces.count == 1, case .bytes(let bytes) = pieces[0] { return bytes }
        return nil
    }

    func surrounded(atStart: Bool, atEnd: Bool) -> WildcardPattern {
        WildcardPattern((atStart ? [.run] : []) + pieces + (atEnd ? [.run] : []))
    }

    /// Without wildcards, and so a value that must equal the whole field.
    var isEmpty: Bool { pieces.isEmpty }
    var isAnything: Bool { pieces == [.run] }

    /// The pieces between runs.
    var segments: [[Piece]] {
        pieces.split(separator: .run).map { Array($0) }
    }

    var startsWithRun: Bool { pieces.first == .run }
    var endsWithRun: Bool { pieces.last == .run }
}
