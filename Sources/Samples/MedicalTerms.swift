import ReferenceData

/// Diagnoses with whom they befall and what is prescribed. Made for samples and for nothing else: the detectors have lists of their own, so
/// that a sample is no proof by its own word list.
struct MedicalTerms {
    /// One text per diagnosis.
    let diagnoses: ByteTable
    /// One text per prescription; `prescriptionRange[d]` are those for diagnosis `d`.
    let prescriptions: ByteTable
    let prescriptionRange: [Range<Int>]
    private let byPerson: [WeightedTable]

    private static let ageBand = 5
    private static let bands = 20

    init() {
        let drugs = MedicalTerms.readDrugs()
        var names: [String] = []
        var texts: [String] = []
        var ranges: [Range<Int>] = []
        var weights = [[Double]](repeating: [], count: 2 * MedicalTerms.bands)
        for line in MedicalTerms.diagnosesData.split(separator: "\n") {
            let fields = line.split(separator: "|")
            let ages = fields.count == 5 ? fields[2].split(separator: "-").compactMap { Int($0) } : []
            guard ages.count == 2, let weight = Double(fields[0]) else { continue }
            let start = texts.count
            texts += fields[4].split(separator: ",").map { choice in
                choice.split(separator: "+").compactMap { drugs[String($0)] }.joined(separator: "；")
            }
            names.append(String(fields[3]))
            ranges.append(start..<texts.count)
            for index in weights.indices {
                let male = index >= MedicalTerms.bands
                let youngest = index % MedicalTerms.bands * MedicalTerms.ageBand
                // A band counts when all of its ages fit; the few years below the next band are lost, which no one will miss.
                let fits = ages[0] <= max(youngest, 12) && youngest + MedicalTerms.ageBand - 1 <= max(ages[1], ages[1] >= 95 ? 100 : 0)
                weights[index].append(fits && fields[1] != (male ? "f" : "m") ? weight : 0)
            }
        }
        diagnoses = ByteTable(names)
        prescriptions = ByteTable(texts)
        prescriptionRange = ranges
        byPerson = weights.map(WeightedTable.init)
    }

    /// A diagnosis that befalls such a person, and a prescription for it.
    func draw(sex: ResidentID.Sex, age: Int, _ random: inout SampleRandom) -> (diagnosis: Int, prescription: Int) {
        let band = min(max(age / MedicalTerms.ageBand, 0), MedicalTerms.bands - 1)
        let diagnosis = byPerson[(sex == .male ? MedicalTerms.bands : 0) + band].draw(&random)
        let range = prescriptionRange[diagnosis]
        return (diagnosis, range.lowerBound + random.below(range.count))
    }

    private static func readDrugs() -> [String: String] {
        var drugs: [String: String] = [:]
        for line in drugsData.split(separator: "\n") {
            let fields = line.split(separator: "|")
            if fields.count == 3 { drugs[String(fields[0])] = "\(fields[1])，\(fields[2])" }
        }
        return drugs
    }
}
