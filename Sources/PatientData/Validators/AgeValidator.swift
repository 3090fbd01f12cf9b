/// Ages: 0 to 130, with or without 岁; months and days of infants. A shape: only a column's name makes it one.
enum AgeValidator {
    private static let units = WordSet("岁 周岁 个月 月 天 日 岁半 个月龄 周")

    static func matches(_ run: DigitRun) -> Bool {
        guard (1...3).contains(run.digits.count), run.breaks & ~1 == 0, !run.isInternational else { return false }
        return run.digits.reduce(0) { $0 * 10 + Int($1 &- 0x30) } <= 130
    }

    static func matches(_ text: TextScalars) -> Bool {
        var cursor = 0
        var groups = 0
        while cursor < text.count {
            var number = 0
            let start = cursor
            while cursor < text.count, TextScalars.isDigit(text.scalars[cursor]), cursor - start < 4 {
                number = number * 10 + Int(text.scalars[cursor] - 0x30)
                cursor += 1
            }
            guard cursor > start, number <= 999 else { return false }
            guard cursor < text.count else { return false }
            let length = units.matchLength(in: text.scalars, at: cursor)
            guard length > 0 else { return false }
            cursor += length
            groups += 1
        }
        return (1...3).contains(groups)
    }
}
