/// Finds a document's elements. An element counts where a passage speaks of it, or where a heading names it and something stands below.
struct ElementFinder {
    /// A passage shorter than this says nothing.
    static let shortest = 8
    /// A passage vouches for two elements, a longer one for one per so many characters: a list of all key words proves few of them.
    static let charactersPerElement = 12

    struct Result {
        var found: [DocumentDemand.Element] = []
        var missing: [DocumentDemand.Element] = []
    }

    static func find(_ elements: [DocumentDemand.Element], in document: Document, _ part: Range<Int>) -> Result {
        var vouched: [Int: [Int: Int]] = [:]
        var result = Result()
        for element in elements {
            if isFound(element, in: document, part, &vouched) { result.found.append(element) } else { result.missing.append(element) }
        }
        return result
    }

    private static func isFound(
        _ element: DocumentDemand.Element, in document: Document, _ part: Range<Int>, _ vouched: inout [Int: [Int: Int]]
    ) -> Bool {
        for index in part {
            let section = document.sections[index]
            // The document's own title vouches for nothing: it would find every element that it names.
            if index != part.lowerBound, element.patterns.anyMatches(section.title), hasBody(document, index) { return true }
            for (number, passage) in section.passages.enumerated() where passage.text.count >= shortest && element.patterns.anyMatches(passage.text) {
                let used = vouched[index]?[number] ?? 0
                guard used < max(2, passage.text.count / charactersPerElement) else { continue }
                vouched[index, default: [:]][number] = used + 1
                return true
            }
        }
        return false
    }

    private static func hasBody(_ document: Document, _ index: Int) -> Bool {
        document.subtree(index).contains { document.sections[$0].passages.contains { $0.text.count >= shortest } }
    }

    /// The first forbidden statement in a row or a short statement of the part.
    static func forbidden(_ statements: [DocumentDemand.Element], in document: Document, _ part: Range<Int>) -> DocumentDemand.Element? {
        statements.first { statement in
            part.contains { document.sections[$0].passages.contains { statement.patterns.anyMatches($0.text) && isStatement($0) } }
        }
    }

    /// Prose speaks of what must not be (`不得存在未整改的高风险项`); rows and short lines state what is.
    private static func isStatement(_ passage: Document.Passage) -> Bool {
        passage.isRow || (passage.text.count <= 80 && !(denial?.matches(passage.text) ?? false))
    }

    private static let denial = Pattern("(无|没有|不存在|不得|未发现|均已|全部|应当|若|如).{0,20}")
}
