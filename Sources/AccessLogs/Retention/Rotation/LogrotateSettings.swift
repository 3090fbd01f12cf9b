/// What logrotate (version 3.21, its manual logrotate(8)) is told for some log files.
package struct LogrotateSettings: Hashable, Sendable {
    package enum Criterion: Hashable, Sendable {
        case hourly, daily, weekly, monthly, yearly
        /// Only when the file is larger than so many bytes.
        case size
    }

    /// Without any, logrotate goes by size (1 MiB).
    package var criterion = Criterion.size
    /// -1 for without end.
    package var rotate = 0
    /// Days.
    package var maxAge: Int?
    package var minSize = 0
    /// 0 for none.
    package var maxSize = 0
    package var oldFolder: String?
    /// Files that an earlier definition has are passed over; otherwise all that a pattern names from the first of them on.
    var ignoresDuplicates = false

    /// How long entries are kept. A rotated file is deleted whole, after `rotate` further rotations, when its newest entry is that many periods old.
    package var kept: KeptSpan {
        if rotate == 0 { return .days(atLeast: 0, atMost: criterion == .size ? nil : longest(1)) }
        if rotate < 0 {
            guard let maxAge else { return .untilFull }
            return .days(atLeast: maxAge, atMost: criterion == .size ? nil : maxAge + longest(1))
        }
        switch criterion {
        case .size: return .uncertain(atMost: maxAge)
        case .hourly:
            // logrotate itself is started once a day, unless somebody changed that.
            return .uncertain(atLeast: maxSize > 0 ? 0 : min(rotate / 24, maxAge ?? .max), atMost: min(rotate, maxAge ?? .max))
        case .daily, .weekly, .monthly, .yearly:
            let atLeast = min(shortest(rotate), maxAge ?? .max)
            let longest = min(longest(rotate + 1), (maxAge ?? .max / 2) + longest(1))
            if maxSize > 0 { return .uncertain(atMost: atLeast) }
            return .days(atLeast: atLeast, atMost: minSize > 0 ? nil : longest)
        }
    }

    /// The shortest and the longest time of so many periods, in days.
    private func shortest(_ count: Int) -> Int { span(count) { $0.min() ?? 0 } }
    private func longest(_ count: Int) -> Int { span(count) { $0.max() ?? 0 } }

    private func span(_ count: Int, _ pick: ([Int]) -> Int) -> Int {
        switch criterion {
        case .hourly: return max(1, count / 24)
        case .daily, .size: return count
        case .weekly: return count * 7
        case .yearly: return pick([count * 365, count * 365 + (count + 3) / 4])
        case .monthly:
            let months = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            let whole = count / 12 * 365
            let rest = (0..<12).map { start in (0..<count % 12).reduce(0) { $0 + months[(start + $1) % 12] } }
            return whole + pick(rest)
        }
    }
}

/// One definition of logrotate's configuration: file patterns and what holds for them.
package struct LogrotateBlock: Hashable, Sendable {
    package var patterns: [String]
    package var settings: LogrotateSettings
    package var file: String
    package var line: Int
}
