import Estate
import Foundation

/// Finds dates as documents write them: `2026年10月25日`, `2026-10-25`, `2026/10/25`, `2026.10.25`, `二〇二六年十月二十五日`.
struct DateFinder {
    let general: GeneralPatterns

    /// The dates of issue, effect or review in a passage; what is planned or only an end is left out.
    func reviewDates(in passage: String) -> [Date] {
        Self.dates(in: passage).compactMap { range, date in
            // What stands between this date and the clause's begin or the date before it says what the date means.
            let clause = passage[..<range.lowerBound].split(omittingEmptySubsequences: false) { "；;。，,、|".contains($0) }.last.map(String.init) ?? ""
            let before = Self.dates(in: clause).last.map { String(clause[$0.range.upperBound...]) } ?? clause
            if general.notDates.anyMatches(before) { return nil }
            let after = String(passage[range.upperBound...].prefix(12))
            let isLabelled = general.dates.anyMatches(String(clause.suffix(40))) || Self.isActed(after)
            return isLabelled || Self.standsAlone(range, in: passage) ? date : nil
        }
    }

    static func dates(in text: String) -> [(range: Range<String.Index>, date: Date)] {
        guard let arabic, let chinese else { return [] }
        let found = arabic.ranges(in: text).map { ($0, numbers(text[$0])) } + chinese.ranges(in: text).map { ($0, chineseNumbers(text[$0])) }
        return found.compactMap { range, parts -> (range: Range<String.Index>, date: Date)? in
            guard parts.count == 3, (1_900...2_200).contains(parts[0]) else { return nil }
            let day = "\(parts[0])-\(pad(parts[1]))-\(pad(parts[2]))"
            return Day.date(day).map { (range, $0) }
        }.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    /// `自2026年1月1日起施行`, `2026-01-01发布`.
    private static func isActed(_ after: String) -> Bool { acted?.matches(after) ?? false }
    private static let acted = Pattern("^\\s?[（(]?(起|前|，|,)?\\s?(正式)?(施行|实施|生效|执行|发布|印发|修订|评审|批准|审批|签发|通过|复核|任命|召开)")

    /// The passage is the date, perhaps with a signature's place before it.
    private static func standsAlone(_ range: Range<String.Index>, in passage: String) -> Bool {
        passage[range.upperBound...].allSatisfy { !$0.isLetter && !$0.isNumber } && passage[..<range.lowerBound].count <= 30
    }

    private static let arabic = Pattern("(?<!\\d)(19|20|21)\\d{2}\\s?[年./-]\\s?\\d{1,2}\\s?[月./-]\\s?\\d{1,2}(?!\\d)\\s?日?")
    private static let chinese = Pattern("[一二][零〇○一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日")

    private static func pad(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }

    private static func numbers(_ text: Substring) -> [Int] { text.split { !$0.isASCII || !$0.isNumber }.compactMap { Int($0) } }

    private static func chineseNumbers(_ text: Substring) -> [Int] {
        let parts = text.split { "年月日".contains($0) }
        guard parts.count == 3 else { return [] }
        let year = parts[0].compactMap { digits[$0] }.reduce(0) { $0 * 10 + $1 }
        return [year] + parts[1...].compactMap(tens)
    }

    private static let digits: [Character: Int] = [
        "零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    ]

    /// `十` 10, `十二` 12, `二十五` 25.
    private static func tens(_ text: Substring) -> Int? {
        let parts = text.split(separator: "十", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 1 { return parts[0].count == 1 ? parts[0].first.flatMap { digits[$0] } : nil }
        guard parts.allSatisfy({ $0.count <= 1 }) else { return nil }
        return (parts[0].first.flatMap { digits[$0] } ?? 1) * 10 + (parts[1].first.flatMap { digits[$0] } ?? 0)
    }
}
