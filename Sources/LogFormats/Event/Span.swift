/// A part of an event's text. Eight bytes, so that an event of many parts stays small.
package struct Span: Hashable, Sendable {
    package var start: Int32
    package var count: Int32

    @inlinable
    package init(_ start: Int, _ count: Int) {
        self.start = Int32(truncatingIfNeeded: start)
        self.count = Int32(truncatingIfNeeded: count)
    }

    @inlinable
    package init(_ range: Range<Int>) { self.init(range.lowerBound, range.count) }

    /// What a line doesn't say. An empty string that it does say has a start of zero or more.
    package static let none = Span(-1, 0)

    @inlinable package var isNone: Bool { start < 0 }
    @inlinable package var isEmpty: Bool { count == 0 }
    @inlinable package var range: Range<Int> { start < 0 ? 0..<0 : Int(start)..<(Int(start) + Int(count)) }
}
