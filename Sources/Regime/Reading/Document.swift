/// A file's text as headings and passages.
struct Document: Sendable {
    /// A paragraph, a list entry or a row of a table (`column：value；column：value`).
    struct Passage: Hashable, Sendable {
        var text: String
        var isRow = false
    }

    struct Section: Sendable {
        /// 0 for what stands before the first heading, 1 for a document's title.
        var level: Int
        var title: String
        /// What stands under this heading and before the next one.
        var passages: [Passage] = []
        /// The section that holds this one.
        var parent: Int?
    }

    /// Relative to the documents' folder.
    var file: String
    /// The same, without names of people.
    var shown = ""
    /// In the order of the text; the first has level 0 and no title.
    var sections: [Section]

    /// The section and all below it.
    func subtree(_ index: Int) -> Range<Int> {
        let level = sections[index].level
        let end = sections[(index + 1)...].firstIndex { $0.level <= level } ?? sections.count
        return index..<end
    }

    /// The sections that hold this one, innermost first.
    func ancestors(_ index: Int) -> [Int] {
        var found: [Int] = []
        var next = sections[index].parent
        while let current = next {
            found.append(current)
            next = sections[current].parent
        }
        return found
    }

    /// The headings that lead to a section, outermost first.
    func headings(_ index: Int) -> [String] {
        (ancestors(index).reversed() + [index]).map { sections[$0].title }.filter { !$0.isEmpty }
    }

    var isEmpty: Bool { sections.allSatisfy { $0.title.isEmpty && $0.passages.isEmpty } }
}
