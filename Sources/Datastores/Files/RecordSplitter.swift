import Glibc

/// Cuts a plain delimited file into parts that begin and end with records.
///
/// A line break within quotation marks ends no record, so that all quotation marks before a place must have been seen to cut there. Blocks
/// without any are passed over as fast as memory gives them, in others only the quotation marks are looked at; where they don't stand in pairs
/// around fields the records are found as they are in reading.
struct RecordSplitter {
    let delimiter: UInt8
    let chunkLength: Int64

    /// - Parameters:
    ///   - window: over the unchecked bytes, at the file's beginning.
    ///   - skipsFirst: the first record that isn't blank is a header, and in no part.
    /// - Returns: nil when the file holds what is no record; reading it as a whole tells where.
    func chunks(_ window: TextWindow, skipsFirst: Bool, _ more: (TextWindow) throws -> Bool) throws -> [TableChunk]? {
        _ = try more(window)
        guard try !skipsFirst || skipFirst(window, more) else { return nil }
        var bounds = [window.position]
        var index = FieldIndex(fieldCount: 2, placeCapacity: 8 << 10)
        var scanner = DelimitedScanner(delimiter: delimiter)
        while true {
            let target = (bounds.last ?? 0) + chunkLength
            let length: Int
            if let end = recordEnd(window.text, after: target - window.position) {
                length = end
            } else {
                // Slowly where the target is near, so that the cut is made at it.
                let distance = target - window.position
                let rows = distance > window.text.count ? Int.max : distance > 4_096 ? 64 : 1
                length = scanner.scan(window.text, isEnd: window.isAtEnd, rowLimit: rows, into: &index)
            }
            guard scanner.failure == nil, length > 0 || window.text.count <= DelimitedScanner.recordLimit else { return nil }
            window.consume(length)
            if window.position >= target { bounds.append(window.position) }
            guard length == 0 || window.text.isEmpty else { continue }
            if try !more(window) { break }
        }
        // What is left behind the last cut belongs to the last part.
        let end = window.position + Int64(window.text.count)
        if bounds.count > 1, end - (bounds.last ?? 0) < chunkLength / 2 { bounds.removeLast() }
        if bounds.last != end { bounds.append(end) }
        guard bounds.count > 2 else { return nil }
        return zip(bounds, bounds.dropFirst()).map { TableChunk(lower: $0, upper: $1) }
    }

    private func skipFirst(_ window: TextWindow, _ more: (TextWindow) throws -> Bool) throws -> Bool {
        var index = FieldIndex(fieldCount: DelimitedLayout.columnLimit + 1, placeCapacity: 1)
        while true {
            var scanner = DelimitedScanner(delimiter: delimiter)
            let length = scanner.scan(window.text, isEnd: window.isAtEnd, rowLimit: 1, into: &index)
            if scanner.failure != nil { return false }
            if index.rowCount > 0 {
                window.consume(length)
                return true
            }
            if try !more(window) { return false }
        }
    }

    /// The end of the first record that ends behind `target`, else of the last one; nil when only a reader of every field can tell.
    private func recordEnd(_ text: UnsafeRawBufferPointer, after target: Int64) -> Int? {
        guard let base = text.baseAddress, !text.isEmpty else { return nil }
        let from = Int(min(max(0, target - 1), Int64(text.count)))
        guard memchr(base, 0x22, text.count) == nil else {
            return QuoteParity(delimiter: delimiter).recordEnd(text, atOrBehind: from + 1)
        }
        if let end = memchr(base + from, 0x0A, text.count - from) { return base.distance(to: UnsafeRawPointer(end)) + 1 }
        return text[..<from].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    }
}
