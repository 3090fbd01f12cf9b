import ReferenceData

/// One patient: what several columns must agree on. The texts follow from it.
struct Patient {
    /// Keeps the columns' random numbers apart.
    enum Stream: UInt64 { case facts, name, mobile, address, email, bankCard, visit }

    /// From 1.
    let number: Int
    let place: PatientPlaces.Place
    /// Which of the people of the place's county.
    let ordinal: Int
    /// Days since 1970.
    let birth: Int
    let sex: ResidentID.Sex
    /// Indices in ``MedicalTerms``.
    let illness: (diagnosis: Int, prescription: Int)
    let hasEmail: Bool
    let hasBankCard: Bool
    /// Only derived from, so that one column's numbers don't depend on another's.
    let random: SampleRandom

    @inline(__always)
    func random(_ stream: Stream) -> SampleRandom { random.derived(stream.rawValue) }

    @inline(__always)
    func has(_ field: SamplePatients.Field) -> Bool {
        switch field {
        case .email: hasEmail
        case .bankCard: hasBankCard
        default: true
        }
    }
}
