/// Numbers of medical birth certificates: a letter and nine digits. A shape: only a column's name makes it one.
enum BirthCertificateValidator {
    static func matches(_ run: IdentifierRun) -> Bool { run.count == 10 && run.digits == 9 && run.first > 0x39 }
}
