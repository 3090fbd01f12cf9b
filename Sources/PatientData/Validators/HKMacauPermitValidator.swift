/// Travel permits of residents of Hong Kong (H) and Macao (M): the letter and eight digits, formerly two more for the number of issues.
/// A shape without check digit: only a column's name makes it one.
enum HKMacauPermitValidator {
    static func matches(_ run: IdentifierRun) -> Bool {
        (run.first == 0x48 || run.first == 0x4D) && run.digits == run.count - 1 && (run.count == 9 || run.count == 11)
    }
}
