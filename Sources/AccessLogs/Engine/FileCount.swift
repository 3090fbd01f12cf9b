/// What was counted of one file.
package struct FileCount: Sendable {
    package var lines = 0
    /// Lines that are not of the file's format.
    package var unparsed = 0
    /// Lines that were longer than any server writes, of which the beginning was read.
    package var cut = 0
    /// Stamped later than now.
    package var implausible = 0
    package var events = 0
    package var first = Int64.max
    package var last = Int64.min

    package init() {}

    mutating func add(_ other: FileCount) {
        lines += other.lines
        unparsed += other.unparsed
        cut += other.cut
        implausible += other.implausible
        events += other.events
        first = min(first, other.first)
        last = max(last, other.last)
    }
}
