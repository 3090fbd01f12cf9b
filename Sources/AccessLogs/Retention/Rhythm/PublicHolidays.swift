package import Foundation

/// Days on which a source that rests on some day of the week may rest too.
///
/// China's statutory days (Regulation on Public Holidays, as amended for 2025) with the days that the State Council's yearly notices put around them. The
/// notices differ from year to year, and next year's isn't out before November; so each holiday is the span that they stay within (checked against
/// the notices for 2024 to 2026). A day too many here only means that an office which is closed on Sundays may be closed on it.
package struct PublicHolidays: Sendable {
    private let days: Set<Int64>

    package static let none = PublicHolidays(days: [])

    private init(days: Set<Int64>) { self.days = days }

    /// The holidays where a zone's clocks are read; none where they aren't known.
    package init(of zone: TimeZone, years: ClosedRange<Int>) {
        guard ["Asia/Shanghai", "Asia/Urumqi", "Asia/Chongqing", "Asia/Harbin", "PRC"].contains(zone.identifier) else {
            self = .none
            return
        }
        self.init(china: years)
    }

    package init(china years: ClosedRange<Int>) {
        var days: Set<Int64> = []
        var gregorian = Calendar(identifier: .gregorian)
        var chinese = Calendar(identifier: .chinese)
        gregorian.timeZone = .gmt
        chinese.timeZone = .gmt
        func day(_ year: Int, _ month: Int, _ day: Int) -> Int64? {
            gregorian.date(from: DateComponents(year: year, month: month, day: day)).map { Int64($0.timeIntervalSince1970) / 86_400 }
        }
        /// The day of the traditional calendar, looked for from a day of the common one.
        func traditional(_ month: Int, _ dayOfMonth: Int, _ start: Int64?) -> Int64? {
            guard let start else { return nil }
            return (start..<start + 45).first { candidate in
                let parts = chinese.dateComponents([.month, .day], from: Date(timeIntervalSince1970: TimeInterval(candidate * 86_400)))
                return parts.month == month && parts.day == dayOfMonth && parts.isLeapMonth != true
            }
        }
        func add(_ first: Int64?, _ span: ClosedRange<Int64>) {
            guard let first else { return }
            days.formUnion(span.map { first + $0 })
        }
        for year in years {
            add(day(year, 1, 1), 0...2)
            add(traditional(1, 1, day(year, 1, 18)), -2...7)
            add(day(year, 4, 4), 0...2)
            add(day(year, 5, 1), 0...4)
            add(traditional(5, 5, day(year, 5, 20)), -2...2)
            add(traditional(8, 15, day(year, 9, 1)), -2...2)
            add(day(year, 10, 1), 0...7)
        }
        self.days = days
    }

    /// - Parameter day: days since 1970-01-01.
    package func contains(_ day: Int64) -> Bool { days.contains(day) }
}
