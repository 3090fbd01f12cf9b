/// Travel permits of residents of Taiwan: eight digits, formerly ten, or eleven characters with a letter behind them. A shape: only a column's name makes it
/// one.
enum TaiwanPermitValidator {
    static func matches(_ run: IdentifierRun) -> Bool {
        switch run.count {
        case 8, 10: return run.digits == run.count
        case 11: return run.digits == 10 && (run.characters.last ?? 0) > 0x39
        default: return false
        }
    }
}
