import LogFormats

/// What a request asked for, boiled down so that it holds no identifier: a hash of its path with ids taken out, and the record number that was asked for.
struct RequestTarget {
    var path: Range<Int>
    /// Equal for paths that differ in ids only.
    var shapeHash: UInt64
    /// The last segment of digits, or the digits of a query parameter that names a record or a page.
    var recordID: UInt64?
    var hasQuery: Bool
    /// HEAD and OPTIONS bring no data.
    var mayBringData: Bool

    /// Nil when the request is no HTTP request.
    init?(_ line: UnsafeRawBufferPointer, request: Range<Int>) {
        guard let methodEnd = line.next(0x20, from: request.lowerBound, to: request.upperBound), methodEnd > request.lowerBound,
            methodEnd - request.lowerBound <= 16
        else { return nil }
        var end = request.upperBound
        // ` HTTP/1.1`: a target may hold blanks, so it is the last one that counts.
        if end - methodEnd > 9, let blank = Self.lastBlank(line, methodEnd + 1, end), line.starts(with: "HTTP/", at: blank + 1) { end = blank }
        var start = methodEnd + 1
        if start < end, line[start] != 0x2F { start = Self.pathOfAbsoluteForm(line, start, end) }
        guard start < end, line[start] == 0x2F else { return nil }
        let query = line.next(0x3F, from: start, to: end)
        mayBringData = line[request.lowerBound] != 0x4F && line[request.lowerBound] != 0x48
        hasQuery = query != nil
        path = start..<(query ?? end)
        (shapeHash, recordID) = Self.hash(line, path)
        if recordID == nil, let query { recordID = QueryRecord.id(line, (query + 1)..<end) }
    }

    private static func lastBlank(_ line: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Int? {
        // The protocol version is short: looking further back would be work for the sender's pleasure.
        for index in stride(from: end - 1, through: max(start, end - 12), by: -1) where line[index] == 0x20 { return index }
        return nil
    }

    /// `http://host/path` (RFC 9112 3.2.2).
    private static func pathOfAbsoluteForm(_ line: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Int {
        guard let colon = line.next(0x3A, from: start, to: min(end, start + 8)), line.starts(with: "://", at: colon) else { return end }
        return line.next(0x2F, from: colon + 3, to: end) ?? end
    }

    private static func hash(_ line: UnsafeRawBufferPointer, _ path: Range<Int>) -> (UInt64, UInt64?) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var id: UInt64?
        var segments = PathSegments(line, path)
        while let segment = segments.next() {
            hash = (hash ^ segment.hash) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 29
            if let number = segment.number { id = number }
        }
        return (hash, id)
    }
}
