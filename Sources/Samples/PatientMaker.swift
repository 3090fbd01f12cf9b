import ReferenceData

/// Makes patients: the n-th of a seed is always the same, whichever are made besides.
struct PatientMaker {
    let places: PatientPlaces
    let births: PatientBirths
    let terms = MedicalTerms()
    private let root: SampleRandom

    init(seed: UInt64, reference: CivilDate) {
        root = SampleRandom(seed: seed, stream: 0)
        places = PatientPlaces(seed: seed)
        births = PatientBirths(reference: reference)
    }

    /// - Parameter index: from 0.
    func patient(_ index: Int) -> Patient {
        let base = root.derived(UInt64(truncatingIfNeeded: index))
        var random = base.derived(Patient.Stream.facts.rawValue)
        let (round, position) = index.quotientAndRemainder(dividingBy: places.places.count)
        let place = places.places[position]
        let ordinal = round * place.share + place.offset
        let birth = births.draw(residue: ordinal / ResidentNumbers.perSex % PatientBirths.residues, &random)
        let sex = random.happens(per10000: 5_000) ? ResidentID.Sex.male : .female
        return Patient(
            number: index + 1, place: place, ordinal: ordinal, birth: birth, sex: sex,
            illness: terms.draw(sex: sex, age: births.age(bornOn: birth), &random),
            hasEmail: random.happens(per10000: 7_000), hasBankCard: random.happens(per10000: 7_500), random: base)
    }
}
