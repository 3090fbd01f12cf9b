/// Numbers of patients and records: every hospital has its own; two to thirty-two characters with a digit. A shape: only a column's name makes it
/// one.
enum MedicalRecordNumberValidator {
    static func matches(_ run: IdentifierRun) -> Bool { (2...32).contains(run.count) && run.digits > 0 }
}
