import Foundation

/// Turns Markdown, or plain Chinese text with its usual numbering, into a ``Document``. Never fails; keeps what is readable.
struct OutlineParser {
    private var sections: [Document.Section] = [Document.Section(level: 0, title: "")]
    private var header: [String]?
    private var isInContents = false

    /// A passage longer than this is cut: no paragraph is, and patterns cost time.
    private static let passageLimit = 4_000
    private static let passageCount = 50_000

    static func parse(_ text: String, file: String) -> Document {
        var parser = OutlineParser()
        let lines = LineCleaner.lines(text)
        let hasMarkdown = lines.contains { Self.markdownHeading($0) != nil }
        for (index, line) in lines.prefix(passageCount).enumerated() {
            parser.read(line, next: lines[(index + 1)...].first { !$0.isEmpty }, hasMarkdown: hasMarkdown)
        }
        return Document(file: file, sections: parser.sections)
    }

    private mutating func read(_ line: String, next: String?, hasMarkdown: Bool) {
        guard !line.isEmpty else {
            header = nil
            return
        }
        if let (level, title) = Self.markdownHeading(line) { return open(level, title) }
        if !hasMarkdown, let (level, title) = Self.plainHeading(line, next: next) { return open(level, title) }
        if !hasMarkdown, !line.hasPrefix("|"), isLetterhead { return letterhead(line) }
        if isInContents || Self.isContentsEntry(line) { return }
        if line.hasPrefix("|") { return row(line) }
        header = nil
        append(line)
    }

    /// Before the text of a plain file: nothing yet, or only the organisation's name (`某某有限公司文件`).
    private var isLetterhead: Bool {
        guard sections.dropFirst().allSatisfy(\.passages.isEmpty), sections[0].passages.allSatisfy({ $0.text.contains("〔") }) else { return false }
        return sections.count == 1 || (sections.count <= 4 && Self.organisation?.matches(sections[sections.count - 1].title) ?? false)
    }

    private mutating func letterhead(_ line: String) {
        if line.count <= 40, !Self.isSentence(line), !line.contains(where: { ":：|〔".contains($0) }) { return open(1, line) }
        // The document's number stands above its title and belongs to all of it.
        if line.contains("〔"), line.count <= 40 {
            sections[0].passages.append(Document.Passage(text: line))
        } else {
            append(line)
        }
    }

    private static let organisation = Pattern("^.{0,4}$|(公司|医院|集团|中心|诊所|文件)$")

    private mutating func open(_ level: Int, _ title: String) {
        header = nil
        isInContents = ["目录", "contents", "tableofcontents"].contains(title.lowercased().filter { !$0.isWhitespace })
        let parent = sections.lastIndex { $0.level < level }
        sections.append(Document.Section(level: level, title: String(title.prefix(200)), parent: parent))
    }

    private mutating func append(_ line: String, isRow: Bool = false) {
        let last = sections.count - 1
        let text = String(line.prefix(Self.passageLimit))
        // A line that was broken for its width goes on in the next one.
        if !isRow, let previous = sections[last].passages.last, !previous.isRow, previous.text.count >= 25, previous.text.count < Self.passageLimit,
            !Self.isSentence(previous.text), !Self.isListEntry(line), !line.prefix(20).contains(where: { $0 == "：" || $0 == ":" })
        {
            sections[last].passages[sections[last].passages.count - 1].text += text
        } else {
            sections[last].passages.append(Document.Passage(text: text, isRow: isRow))
        }
    }

    private mutating func row(_ line: String) {
        let cells = line.trimmingCharacters(in: CharacterSet(charactersIn: "| ")).split(separator: "|", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        if cells.allSatisfy({ $0.allSatisfy { "-:=".contains($0) } }) { return }
        guard let header, header.count > 1 else {
            self.header = cells
            // A table without a heading row is a form: `| 批准人 | … |`.
            return append(cells.joined(separator: "："), isRow: true)
        }
        let named = cells.enumerated().map { index, cell in index < header.count ? "\(header[index])：\(cell)" : cell }
        append(named.joined(separator: "；"), isRow: true)
    }

    private static func markdownHeading(_ line: String) -> (Int, String)? {
        let level = line.prefix { $0 == "#" }.count
        guard (1...6).contains(level), line.dropFirst(level).first == " " else { return nil }
        let title = line.dropFirst(level).trimmingCharacters(in: CharacterSet(charactersIn: "# *"))
        return title.isEmpty ? nil : (level, title)
    }

    /// `第一章 总则`, `第二节 …`, `一、…`, `1.2 …`, when something stands below it.
    private static func plainHeading(_ line: String, next: String?) -> (Int, String)? {
        guard let level = plainLevel(line), let next else { return nil }
        if let below = plainLevel(next), below <= level { return nil }
        return (level, line)
    }

    private static func plainLevel(_ line: String) -> Int? {
        guard line.count <= 30, !isSentence(line), !line.contains("：") else { return nil }
        for (level, pattern) in plainPatterns where pattern.matches(line) { return level }
        return nil
    }

    private static let plainPatterns: [(Int, Pattern)] = [
        (2, Pattern("^第[一二三四五六七八九十百\\d]{1,4}[章编部]")), (3, Pattern("^第[一二三四五六七八九十百\\d]{1,4}节")),
        (3, Pattern("^[一二三四五六七八九十]{1,3}、")), (3, Pattern("^\\d{1,2}[.、 ]\\s?[^\\d\\s]")),
        (4, Pattern("^[（(][一二三四五六七八九十]{1,3}[）)]")), (4, Pattern("^\\d{1,2}\\.\\d{1,2}[. ]?\\s?[^\\d\\s]")),
    ].compactMap { level, pattern in pattern.map { (level, $0) } }

    private static func isSentence(_ line: String) -> Bool { line.last.map { "。；;！？!?，,".contains($0) } ?? false }

    private static func isListEntry(_ line: String) -> Bool { listPattern?.matches(line) ?? false }
    private static let listPattern = Pattern("^([-*+•·]|\\d{1,3}[.、)）]|[（(].{1,3}[）)]|第.{1,4}条|[一二三四五六七八九十]{1,3}、|附件)")

    /// `第三章 收集………… 12`: an entry of a table of contents proves nothing.
    private static func isContentsEntry(_ line: String) -> Bool { contentsPattern?.matches(line) ?? false }
    private static let contentsPattern = Pattern("(\\.{4,}|…{2,}|·{4,}|(\\. ){4,})\\s*\\d{1,4}\\s*$")
}
