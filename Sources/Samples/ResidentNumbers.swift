import ReferenceData

/// Writes resident ID numbers of which none comes twice, without remembering any: a person's ordinal in the county fixes the sequence
/// number (500 for each sex, from another beginning in each county) and then the day of birth modulo ``PatientBirths/residues``, which is
/// enough for 32,000 people of one county, or about 40 million of the country.
struct ResidentNumbers {
    /// Sequence numbers of one sex for one county and day of birth.
    static let perSex = 500

    let seed: UInt64

    @inline(__always)
    func append(_ patient: Patient, births: PatientBirths, to bytes: inout ByteCursor) {
        let start = bytes.count
        bytes.appendDecimal(Int(patient.place.code), digits: 6)
        births.append(patient.birth, hyphens: false, to: &bytes)
        let perSex = ResidentNumbers.perSex
        let shift = Int(truncatingIfNeeded: SampleRandom.mixed(seed &+ UInt64(patient.place.code)) % UInt64(perSex))
        // 7919 is prime to 500, so that the step is a permutation.
        let sequence = (patient.ordinal % perSex * 7_919 + shift) % perSex
        bytes.appendDecimal(sequence * 2 + (patient.sex == .male ? 1 : 0), digits: 3)
        var weighted = 0
        for digit in bytes.written(from: start) { weighted = (weighted + Int(digit) - 0x30) * 2 }
        bytes.append(ResidentID.checkCharacter(weighted: weighted))
    }
}
