import ReferenceData

/// The counties that people come from, in a fixed random order in which populous provinces stand more often.
struct PatientPlaces {
    struct Place {
        var code: UInt32
        /// Index in `names`.
        var name: Int
        /// A row that meets this place for the k-th time is number `k * share + offset` of its county.
        var share: Int
        var offset: Int
        /// Whether addresses are of streets (districts and cities) or of villages.
        var isUrban: Bool
    }

    let names: ByteTable
    let places: [Place]

    init(seed: UInt64) {
        let counties = AdministrativeDivision.counties
        names = ByteTable(counties.map { "\($0.province)\($0.prefecture ?? "")\($0.county ?? "")" })
        var places: [Place] = []
        for (index, county) in counties.enumerated() {
            let isUrban = county.county.map { $0.hasSuffix("区") || $0.hasSuffix("市") } ?? true
            let share = (PatientPlaces.weights[county.code / 10_000] ?? 2) * (isUrban ? 3 : 2)
            for offset in 0..<share {
                places.append(Place(code: county.code, name: index, share: share, offset: offset, isUrban: isUrban))
            }
        }
        var random = SampleRandom(seed: seed, stream: 1)
        for index in places.indices.dropFirst().reversed() { places.swapAt(index, random.below(index + 1)) }
        self.places = places
    }

    /// People per county, roughly, by province: Guangdong's counties have ten times as many people as Tibet's.
    private static let weights: [UInt32: Int] = [
        11: 7, 12: 5, 13: 3, 14: 2, 15: 2, 21: 3, 22: 3, 23: 2, 31: 8, 32: 6, 33: 5, 34: 4, 35: 4, 36: 3, 37: 5, 41: 4, 42: 4, 43: 4, 44: 7, 45: 3,
        46: 2, 50: 5, 51: 3, 52: 3, 53: 2, 54: 1, 61: 3, 62: 2, 63: 1, 64: 2, 65: 2,
    ]
}
