import ReferenceData

/// Builds plausible names.
struct NameTexts {
    private let surnames: ByteTable
    private let surnameWeights: WeightedTable
    private let compoundStart: Int
    private let male: ByteTable
    private let female: ByteTable
    private let maleWeights: WeightedTable
    private let femaleWeights: WeightedTable
    private let uyghurMale: ByteTable
    private let uyghurFemale: ByteTable

    init() {
        let all = Surnames.single + Surnames.compound
        surnames = ByteTable(all.map(\.name))
        // Compound surnames more often than in life (about 1 in 80), so that a sample of some thousand shows many of them.
        surnameWeights = WeightedTable(Surnames.single.map { Double($0.weight) } + Surnames.compound.map { 2 + Double($0.weight) * 5 })
        compoundStart = Surnames.single.count
        male = ByteTable(GivenNames.male)
        female = ByteTable(GivenNames.female)
        maleWeights = NameTexts.falling(male.count)
        femaleWeights = NameTexts.falling(female.count)
        let fathers = "买买提 艾合买提 阿布都拉 吐尔逊 玉素甫 艾力 热合曼 卡德尔 依明 托合提 库尔班 阿不来提 牙生 肉孜 沙吾提".split(separator: " ").map(String.init)
        let sons = "阿迪力 艾尼瓦尔 帕尔哈提 木合塔尔 吐尔洪 热依木 努尔买买提 伊力哈木 阿布力孜 克里木".split(separator: " ")
        let daughters = "古丽娜尔 阿依古丽 热孜万古丽 帕提古丽 迪丽努尔 祖丽皮娅 米日古丽 阿孜古丽 海仁沙 麦合布拜".split(separator: " ")
        uyghurMale = ByteTable(sons.flatMap { son in fathers.map { "\(son)·\($0)" } })
        uyghurFemale = ByteTable(daughters.flatMap { daughter in fathers.map { "\(daughter)·\($0)" } })
    }

    /// - Parameter uyghur: of 10,000 people so many have a name of given name · father's name.
    func append(sex: ResidentID.Sex, uyghur: Int, to bytes: inout ByteCursor, _ random: inout SampleRandom) {
        if random.happens(per10000: uyghur) {
            let table = sex == .male ? uyghurMale : uyghurFemale
            table.appendAny(to: &bytes, &random)
            return
        }
        let surname = surnameWeights.draw(&random)
        surnames.append(surname, to: &bytes)
        let given = sex == .male ? male : female
        let weights = sex == .male ? maleWeights : femaleWeights
        let first = weights.draw(&random)
        given.append(first, to: &bytes)
        guard random.happens(per10000: surname < compoundStart ? 8_200 : 6_000) else { return }
        // One name in fifty doubles its character (丽丽).
        given.append(random.happens(per10000: 200) ? first : weights.draw(&random), to: &bytes)
    }

    private static func falling(_ count: Int) -> WeightedTable {
        WeightedTable((0..<count).map { 1 / (12 + Double($0)) })
    }
}
