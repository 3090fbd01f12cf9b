import ReferenceData

/// All that the scanner knows of the language, in the form in which it looks things up. Built once.
final class Vocabulary: Sendable {
    let words: WordTrie
    /// By unit: the cost of the family name; 0 when it is none.
    let surnames: [UInt8]
    /// By unit: the cost of the character in a given name.
    let given: [UInt8]
    /// Both units of family names with two characters, with their cost.
    let compoundSurnames: [UInt32: UInt8]
    let classes: [CharacterClass]

    /// Tenths of −ln(probability).
    static let unknownCharacter: Int16 = 170
    static let unknownGiven: UInt8 = 115

    struct CharacterClass: OptionSet, Sendable {
        let rawValue: UInt8
        static let transliteration = CharacterClass(rawValue: 1 << 0)
        static let ofDrugs = CharacterClass(rawValue: 1 << 1)
        static let ofHerbs = CharacterClass(rawValue: 1 << 2)
        static let compoundSurname = CharacterClass(rawValue: 1 << 3)
        static let commonSurname = CharacterClass(rawValue: 1 << 4)
        static let province = CharacterClass(rawValue: 1 << 5)
        static let chineseDigit = CharacterClass(rawValue: 1 << 6)
        /// Of foreign words in transliteration: 孟德尔 is no Mr 孟.
        static let foreign = CharacterClass(rawValue: 1 << 7)
    }

    /// Words and parts of the body that stand behind names rather than in them.
    private static let neverGiven = """
        的了是不这那吗呢吧啊们说诉称讲去与及于被把也都就还又已未无没很最每各个着过给让叫喊您你我他她它啥么吃喝疼痛病症炎癌瘤肿胀咳呕吐泻血尿便腹胃肠肝肾肺脑腰腿脚膝牙鼻喉患您号床岁男女左右术药片针瓶盒性型化状样期级类科院室部区处氏地得到摄译副将乡镇\
        村县市省会
        """

    static let shared = Vocabulary()

    /// - Parameter terms: words of the user's own, as in ``FreeTextScanner/init(adding:)``.
    init(adding terms: [DataKind: [String]] = [:]) {
        words = WordTrie(Vocabulary.entries() + Vocabulary.entries(terms))
        var surnames = [UInt8](repeating: 0, count: 65_536)
        for (name, weight) in Surnames.single {
            if let unit = name.utf16.first { surnames[Int(unit)] = Vocabulary.cost(share: Double(weight) / 100_000) }
        }
        self.surnames = surnames
        var given = [UInt8](repeating: Vocabulary.unknownGiven, count: 65_536)
        GeneralWords.read(GivenCharacters.data, length: 1) { units, rarity in
            if let unit = units.first { given[Int(unit)] = UInt8(clamping: rarity * 5) }
        }
        for unit in Vocabulary.neverGiven.utf16 { given[Int(unit)] = 200 }
        self.given = given
        var compound: [UInt32: UInt8] = [:]
        var classes = [CharacterClass](repeating: [], count: 65_536)
        for (name, weight) in Surnames.compound {
            let units = Array(name.utf16)
            guard units.count == 2 else { continue }
            compound[UInt32(units[0]) << 16 | UInt32(units[1])] = Vocabulary.cost(share: Double(weight) / 100_000)
            classes[Int(units[0])].insert(.compoundSurname)
        }
        compoundSurnames = compound
        for (characters, mark) in [
            (ContextWords.transliteration, CharacterClass.transliteration), (ContextWords.foreign, .foreign), (MedicalTerms.drugCharacters, .ofDrugs),
            (MedicalTerms.herbCharacters, .ofHerbs), (LicensePlateReader.provinces, .province), (NumberReader.chineseDigits, .chineseDigit),
        ] {
            for unit in characters.utf16 { classes[Int(unit)].insert(mark) }
        }
        for (name, _) in Surnames.single.sorted(by: { $0.weight > $1.weight }).prefix(120) {
            if let unit = name.utf16.first { classes[Int(unit)].insert(.commonSurname) }
        }
        self.classes = classes
    }

    /// −ln in tenths.
    private static func cost(share: Double) -> UInt8 {
        // Without Foundation: the logarithm to base 2 is the exponent and a little more.
        guard share > 0 else { return 120 }
        let binary = Double(share.exponent) + share.significand - 1
        return UInt8(clamping: Int(-binary * 6.931))
    }

    private static func entries() -> [WordTrie.Entry] {
        var entries: [WordTrie.Entry] = []
        entries.reserveCapacity(64_000)
        GeneralWords.forEach { units, rarity in entries.append(WordTrie.Entry(units: Array(units), cost: Int16(clamping: rarity * 5), tags: [])) }
        for (words, tags) in tagged {
            for word in words.split(whereSeparator: \.isWhitespace) {
                let units = Unit.array(word)
                // A lone character costs what it costs as a word; here it only gets its tags.
                entries.append(WordTrie.Entry(units: units, cost: units.count == 1 ? 90 : tags == .kin || tags == .role ? 80 : 95, tags: tags))
            }
        }
        entries += regions()
        return entries
    }

    /// Cheaper than any other word, so that it wins.
    private static func entries(_ terms: [DataKind: [String]]) -> [WordTrie.Entry] {
        let tags: [DataKind: WordTags] = [
            .diagnosis: .disease, .symptom: .symptom, .drug: .drug, .surgery: .surgery, .allergy: .allergen, .none: [],
        ]
        return terms.flatMap { kind, words -> [WordTrie.Entry] in
            guard let tags = tags[kind] else { return [] }
            return words.map { Unit.array($0) }.filter { (2...32).contains($0.count) }.map { WordTrie.Entry(units: $0, cost: 30, tags: tags) }
        }
    }

    private static let tagged: [(String, WordTags)] = [
        (ContextWords.labels, .label), (ContextWords.roles, .role), (ContextWords.kin, .kin), (ContextWords.titles, .title),
        (ContextWords.towards, .towards), (ContextWords.joins, [.joins, .boundary]), (ContextWords.acts, .acts), (ContextWords.called, .called),
        (ContextWords.details, .detail), (ContextWords.roads, .road), (ContextWords.places, .place), (ContextWords.addressUnits, .addressUnit),
        (ContextWords.organisations, .organisation), (ContextWords.departments, .department), (ContextWords.residences, .residence),
        (MedicalTerms.diseases, .disease), (MedicalTerms.moreDiseases, .disease), (MedicalTerms.moreDrugs, .drug),
        (MedicalTerms.moreSymptoms, .symptom), (MedicalTerms.notDiseases, .notDisease), (MedicalTerms.symptoms, .symptom),
        (MedicalTerms.complaints, .complaint), (MedicalTerms.bodyParts, .bodyPart), (MedicalTerms.modifiers, .modifier),
        (MedicalTerms.drugs, .drug), (MedicalTerms.dosageForms, .dosageForm), (MedicalTerms.surgeries, .surgery),
        (MedicalTerms.allergens, .allergen), (MedicalTerms.boundaries, .boundary), ("过敏", .allergic),
        (MedicalTerms.others, []), (MedicalTerms.weak, .weak), (MedicalTerms.drugPrefixes, .drugPrefix),
    ]

    /// Names of divisions, and of provinces and prefectures without the word for what they are (浙江, 杭州).
    private static func regions() -> [WordTrie.Entry] {
        var names: Set<String> = ["北京", "上海", "天津", "重庆", "内蒙古", "广西", "西藏", "宁夏", "新疆", "香港", "澳门", "台湾"]
        for division in AdministrativeDivision.counties {
            for name in [division.province, division.prefecture] {
                guard let name else { continue }
                names.insert(name)
                if name.count > 2, name.hasSuffix("省") || name.hasSuffix("市") { names.insert(String(name.dropLast())) }
            }
            if let county = division.county { names.insert(county) }
        }
        return names.map { WordTrie.Entry(units: Unit.array($0), cost: 105, tags: .region) }
    }
}
