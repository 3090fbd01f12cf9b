/// Numbers of medical insurance: persons' numbers, cards and electronic vouchers of 6 to 28 characters, mostly digits. A shape: only a column's name
/// makes it one.
enum MedicalInsuranceValidator {
    static func matches(_ run: IdentifierRun) -> Bool { (6...28).contains(run.count) && run.digits * 2 >= run.count }
}
