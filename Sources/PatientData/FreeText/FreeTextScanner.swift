/// Finds persons and what is told of them in running Chinese text: chief complaints, histories, doctors' notes, chats, short messages.
///
/// Works in windows of some ten thousand characters, so that memory and time are bounded by the length of the text; a span is never split, but
/// one across the border of two windows (chosen at the end of a sentence where there is one) may be missed. Bytes that aren't UTF-8 count as
/// one scalar each. The scanner holds no text.
package struct FreeTextScanner: Sendable {
    private let vocabulary: Vocabulary

    /// The first one builds the vocabulary, which takes some hundredths of a second.
    package init() { vocabulary = Vocabulary.shared }

    /// - Parameter terms: words of the user's own, 2 to 32 characters: diagnoses, symptoms, drugs, operations, what people are allergic to, and
    ///   under ``DataKind/none`` words that are nobody's name (products, wards, places). Other kinds aren't found by words and are passed over.
    package init(adding terms: [DataKind: [String]]) { vocabulary = terms.isEmpty ? Vocabulary.shared : Vocabulary(adding: terms) }

    /// What stands in `text`, in order and without overlaps.
    package func spans(in text: String) -> [TextSpan] {
        var text = text
        return text.withUTF8 { spans(in: $0) }
    }

    /// What stands in `text` (UTF-8), in order and without overlaps.
    package func spans(in text: UnsafeBufferPointer<UInt8>) -> [TextSpan] {
        var spans: [TextSpan] = []
        forEachWindow(of: text) { window, findings in
            for finding in findings.sorted(by: { $0.start < $1.start }) {
                spans.append(
                    TextSpan(
                        start: window.offsets[finding.start], end: window.offsets[finding.end - 1] + 1, kind: finding.kind,
                        confidence: finding.confidence))
            }
        }
        return spans
    }

    /// How many spans of each kind stand in a value: enough to say what a column of notes holds.
    package func summary(of value: UnsafeBufferPointer<UInt8>) -> [DataKind: Int] {
        var counts: [DataKind: Int] = [:]
        forEachWindow(of: value) { _, findings in
            for finding in findings { counts[finding.kind, default: 0] += 1 }
        }
        return counts
    }

    private func forEachWindow(of text: UnsafeBufferPointer<UInt8>, _ body: (TextWindow, [WindowFindings.Finding]) -> Void) {
        var window = TextWindow()
        var lattice = WordLattice()
        var findings = WindowFindings()
        var index = 0
        var offset = 0
        while index < text.count {
            window.fill(from: text, index: &index, offset: &offset)
            lattice.cut(window.units, vocabulary)
            findings.reset(count: window.units.count)
            read(window.units, lattice.tokens, into: &findings)
            body(window, findings.all)
        }
    }

    /// The surest readers first: who comes first claims the characters.
    private func read(_ units: [UInt16], _ tokens: [WordLattice.Token], into findings: inout WindowFindings) {
        LatinReader(units: units, vocabulary: vocabulary).read(into: &findings)
        LicensePlateReader.read(units, vocabulary, into: &findings)
        var numbers = NumberReader(units: units, vocabulary: vocabulary)
        numbers.read(into: &findings)
        AddressReader(units: units, tokens: tokens, vocabulary: vocabulary).read(into: &findings)
        NameReader(units: units, tokens: tokens, vocabulary: vocabulary).read(into: &findings)
        MedicalReader(units: units, tokens: tokens, vocabulary: vocabulary).read(into: &findings)
    }
}
