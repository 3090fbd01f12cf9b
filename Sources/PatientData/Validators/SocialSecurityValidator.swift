/// Numbers of social security: nationally the resident ID; locally numbers and cards of 8 to 20 characters. A shape: only a column's name makes
/// it one.
enum SocialSecurityValidator {
    static func matches(_ run: IdentifierRun) -> Bool { (8...20).contains(run.count) && run.digits * 3 >= run.count * 2 }
}
