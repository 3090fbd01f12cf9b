/// QQ numbers: five to eleven digits that don't begin with 0. A shape: only a column's name makes it one.
enum QQValidator {
    static func matches(_ run: DigitRun) -> Bool {
        (5...11).contains(run.digits.count) && run.digits[0] != 0x30 && run.breaks & ~1 == 0 && !run.isInternational
    }
}
