import LogFormats

/// What a request asked for, boiled down so that it holds no identifier: a hash of its path with ids taken out, and the record number that was asked for.
struct RequestTarget {
    var path: Range<Int>
    /// Equal for paths that differ in ids only.
    var shapeHash: UInt64
    /// The last segment of digits, or the digits of a query parameter that names a record or a page.
    var recordID: UInt64?

    /// Nil when the target is no path.
    /// - Parameter target: within `text`, as the client sent it.
    init?(_ text: UnsafeRawBufferPointer, _ target: Range<Int>) {
        var start = target.lowerBound
        let end = target.upperBound
        if start < end, text[start] != 0x2F { start = Self.pathOfAbsoluteForm(text, start, end) }
        guard start < end, text[start] == 0x2F else { return nil }
        let query = text.next(0x3F, from: start, to: end)
        path = start..<(query ?? end)
        (shapeHash, recordID) = Self.hash(text, path)
        if recordID == nil, let query { recordID = QueryRecord.id(text, (query + 1)..<end) }
    }

    /// `http://host/path` (RFC 9112 3.2.2).
    private static func pathOfAbsoluteForm(_ text: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Int {
        guard let colon = text.next(0x3A, from: start, to: min(end, start + 8)), text.starts(with: "://", at: colon) else { return end }
        return text.next(0x2F, from: colon + 3, to: end) ?? end
    }

    private static func hash(_ text: UnsafeRawBufferPointer, _ path: Range<Int>) -> (UInt64, UInt64?) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var id: UInt64?
        var segments = PathSegments(text, path)
        while let segment = segments.next() {
            hash = (hash ^ segment.hash) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 29
            if let number = segment.number { id = number }
        }
        return (hash, id)
    }
}
