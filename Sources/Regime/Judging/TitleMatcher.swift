import Foundation

/// Decides whether a title names a demanded document. A heading that only mentions one (`与应急预案的衔接`) doesn't.
struct TitleMatcher {
    let general: GeneralPatterns

    func identifies(_ title: String, _ demand: DocumentDemand) -> Bool {
        // A draft says so in the brackets that are no part of the name.
        guard !general.notTitles.anyMatches(title) else { return false }
        let title = Self.normalised(title)
        guard (2...60).contains(title.count), !general.notTitles.anyMatches(title), !demand.notTitles.anyMatches(title) else { return false }
        return demand.titles.contains { $0.endsMatch(title) }
    }

    /// Without numbering, book-title marks, versions, years and what stands in brackets; of `关于印发《…》的通知` what it issues.
    static func normalised(_ title: String) -> String {
        var text = title.filter { !$0.isWhitespace }
        if issue?.matches(text) ?? false, let open = text.firstIndex(of: "《"), let close = text.lastIndex(of: "》"), open < close {
            text = String(text[text.index(after: open)..<close])
        }
        for pattern in [decoration, numbering, tail] { text = pattern?.removed(from: text).filter { !$0.isWhitespace } ?? text }
        // English words keep their spaces.
        return text.unicodeScalars.allSatisfy(\.isASCII) ? title.trimmingCharacters(in: .whitespaces) : text
    }

    /// The file's name without its extension, as a title: `03_应急预案-v2.docx`.
    static func title(ofFile path: String) -> String {
        let name = (path.split(separator: "/").last.map(String.init) ?? path)
        return name.split(separator: ".").dropLast().joined(separator: ".").replacingOccurrences(of: "_", with: " ")
            .replacingOccurrences(of: "-", with: " ")
    }

    private static let issue = Pattern("^.{0,30}(印发|发布|颁布|下发).{0,4}《.+》.{0,10}$")
    private static let decoration = Pattern("[《》“”\"'「」【】]")
    private static let numbering = Pattern(
        "^(第[一二三四五六七八九十百\\d]{1,4}[章节编部分篇]{1,2}|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\\d]{1,3}[）)]|附[件录][一二三四五六七八九十\\dA-Z]{0,2}[:：.、]?|[\\d.]{1,8}[.、:：]?)+"
    )
    private static let tail = Pattern("([（(][^（）()]{0,30}[）)]|[vV]?\\d{1,4}(\\.\\d{1,3}){0,2}(版|年度|年|版本)?|试行|正式稿|最终版|扫描件|终稿|[-—_·])+$")
}
