import ReferenceData

/// Days of birth: by age, as an online clinic's patients are.
struct PatientBirths {
    /// Nobody is born later: a child's data needs a parent's consent, which a sample shall not look as if it lacked.
    static let latestYear = 2014
    /// Two people of one county whose numbers in it differ, have different days modulo this, or different sequence numbers.
    static let residues = 64

    /// Days since 1970.
    let first: Int
    let last: Int
    private let ages: WeightedTable
    private let reference: Int
    /// `YYYY-MM-DD` for each day from `first` to `last`.
    private let texts: [UInt8]

    init(reference: CivilDate) {
        let referenceDay = reference.daysSince1970
        self.reference = referenceDay
        let endOfLatest = CivilDate(year: PatientBirths.latestYear + 1, month: 1, day: 1)?.daysSince1970 ?? 0
        let last = min(endOfLatest - 1, referenceDay - 12 * 366)
        let first = min(last - 2 * PatientBirths.residues, referenceDay - 95 * 365)
        self.last = last
        self.first = first
        ages = WeightedTable(
            (0...95).map { age in
                switch age {
                case ..<12: 0
                case ..<18: 0.35
                case ..<30: 1
                case ..<60: 1.25
                case ..<75: 0.9
                default: 0.9 * (96 - Double(age)) / 21
                }
            })
        var texts: [UInt8] = []
        texts.reserveCapacity((last - first + 1) * 10)
        for day in first...last { texts.appendDate(CivilDate(daysSince1970: day)) }
        self.texts = texts
    }

    /// - Parameter residue: what the days since `first` leave when divided by ``residues``.
    func draw(residue: Int, _ random: inout SampleRandom) -> Int {
        let days = ages.draw(&random) * 3_652_425 / 10_000 + random.below(365)
        let wanted = min(max(reference - days, first), last) - first
        var day = wanted / PatientBirths.residues * PatientBirths.residues + residue
        if day > last - first { day -= PatientBirths.residues }
        return first + day
    }

    func age(bornOn day: Int) -> Int { (reference - day) * 10_000 / 3_652_425 }

    /// Appends `day` as `YYYY-MM-DD`, or without hyphens.
    @inline(__always)
    func append(_ day: Int, hyphens: Bool = true, to bytes: inout ByteCursor) {
        let start = (day - first) * 10
        texts.withUnsafeBufferPointer { texts in
            if hyphens { return bytes.append(UnsafeBufferPointer(rebasing: texts[start..<start + 10])) }
            for part in [start..<start + 4, start + 5..<start + 7, start + 8..<start + 10] {
                bytes.append(UnsafeBufferPointer(rebasing: texts[part]))
            }
        }
    }
}

extension [UInt8] {
    /// Appends `YYYY-MM-DD`.
    mutating func appendDate(_ date: CivilDate) {
        appendDecimal(date.year, width: 4)
        append(0x2D)
        appendDecimal(date.month, width: 2)
        append(0x2D)
        appendDecimal(date.day, width: 2)
    }
}
