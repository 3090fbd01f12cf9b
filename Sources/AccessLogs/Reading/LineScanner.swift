/// What all that cut logs into lines agree on.
package enum LineScanner {
    /// Servers cap requests at 8 KiB by default; nothing sensible is longer than this. Of longer lines the beginning is read.
    package static let lineLimit = 64 << 10
}

extension UnsafeRawBufferPointer {
    /// The last newline at or after `start` and before `end`.
    func lastNewline(from start: Int, to end: Int) -> Int? {
        var at = end - 1
        while at >= start {
            if self[at] == 0x0A { return at }
            at -= 1
        }
        return nil
    }
}
