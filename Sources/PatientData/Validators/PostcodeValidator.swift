/// Postcodes: six digits, the first two of a province (01 to 86). A shape: only a column's name makes it one.
enum PostcodeValidator {
    static func matches(_ run: DigitRun) -> Bool {
        guard run.digits.count == 6, run.breaks & ~1 == 0, !run.isInternational else { return false }
        let province = (run.digits[0] &- 0x30) * 10 + (run.digits[1] &- 0x30)
        return (1...86).contains(province)
    }
}
