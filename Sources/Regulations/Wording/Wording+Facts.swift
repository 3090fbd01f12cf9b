package import Findings
import Foundation

extension Wording {
    /// How a language prints a fact. Days and times are China's (UTC+8).
    package func render(_ fact: Fact, _ language: Language) -> String {
        switch fact {
        case .text(let text): text
        case .count(let count): Self.grouped(count)
        case .share(let share): Self.percentage(share)
        case .bytes(let bytes): Self.binary(bytes)
        case .day(let date): Self.day(date, language)
        case .time(let date): Self.time(date, language)
        case .days(let days):
            switch language {
            case .zh: "\(Self.grouped(days)) 天"
            case .en: "\(Self.grouped(days)) \(days == 1 ? "day" : "days")"
            }
        case .term(let key): term(key, language)
        case .message(let message): text(message, language)
        case .list(let facts): facts.map { render($0, language) }.joined(separator: language == .zh ? "、" : ", ")
        case .none: ""
        }
    }

    /// `1234567` → `1,234,567`.
    static func grouped(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { result.append(",") }
            result.append(digit)
        }
        return (number < 0 ? "-" : "") + result
    }

    /// One decimal at most; what is neither nothing nor everything never reads `0%` or `100%`.
    static func percentage(_ share: Double) -> String {
        guard share.isFinite else { return "—" }
        if share > 0, share < 0.001 { return "<0.1%" }
        if share > 0.999, share < 1 { return ">99.9%" }
        let tenths = (min(max(share, -1e6), 1e6) * 1000).rounded() / 10
        return tenths == tenths.rounded() ? "\(Int(tenths))%" : "\(tenths)%"
    }

    /// `1536` → `1.5 KiB`.
    static func binary(_ bytes: Int) -> String {
        guard bytes.magnitude >= 1024 else { return "\(bytes) B" }
        var value = Double(bytes)
        var unit = "B"
        for next in ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] where abs((value * 10).rounded() / 10) >= 1024 || unit == "B" {
            value /= 1024
            unit = next
        }
        let tenths = (value * 10).rounded() / 10
        return tenths == tenths.rounded() ? "\(Int(tenths)) \(unit)" : "\(tenths) \(unit)"
    }

    static func day(_ date: Date, _ language: Language) -> String {
        let day = CalendarDay(date)
        switch language {
        case .zh: return "\(day.year)年\(day.month)月\(day.day)日"
        case .en: return day.description
        }
    }

    static func time(_ date: Date, _ language: Language) -> String {
        let parts = CalendarDay.calendar.dateComponents([.hour, .minute], from: date)
        return "\(day(date, language)) \(CalendarDay.padded(parts.hour ?? 0, 2)):\(CalendarDay.padded(parts.minute ?? 0, 2))"
    }
}
