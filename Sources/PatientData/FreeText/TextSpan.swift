/// What a stretch of a running text is.
package struct TextSpan: Hashable, Sendable {
    /// Unicode scalars of the text before it; zero-width characters and bytes that aren't UTF-8 count one each.
    package let start: Int
    /// Unicode scalars of the text before its end: the span is half-open.
    package let end: Int
    package let kind: DataKind
    /// 0…1: how sure the scanner is; comparable within a kind only.
    package let confidence: Double

    package init(start: Int, end: Int, kind: DataKind, confidence: Double) {
        self.start = start
        self.end = end
        self.kind = kind
        self.confidence = confidence
    }
}
