import ReferenceData

/// Writes the fields of patients in the clear.
struct PatientTexts {
    private let maker: PatientMaker
    private let names = NameTexts()
    private let addresses = AddressTexts()
    private let numbers: ResidentNumbers
    private let mobilePrefixes = ByteTable(MobilePrefixes.personal.map { String(decoding: $0, as: UTF8.self) })
    private let cards = BankCardNumbers()
    private let visitDays: ByteTable
    private let syllables = ByteTable(
        words: """
            wei li ming hua xiao jun lei yang yan fang min jing tao hong ping lin na qiang bo jie chen zhao sun zhou yu xin mei lan tian hao
            """)
    /// Domains that RFC 2606 keeps for examples: nobody's mailbox is hit by chance.
    private let domains = ByteTable(words: "example.com mail.example.com example.net example.org post.example.cn")

    init(maker: PatientMaker, seed: UInt64, reference: CivilDate) {
        self.maker = maker
        numbers = ResidentNumbers(seed: seed)
        visitDays = ByteTable(
            (0..<730).map { day in
                var text: [UInt8] = []
                text.appendDate(CivilDate(daysSince1970: reference.daysSince1970 - day))
                return String(decoding: text, as: UTF8.self)
            })
    }

    /// Bytes of a value at most.
    func width(of field: SamplePatients.Field) -> Int {
        switch field {
        case .diagnosis: maker.terms.diagnoses.longest
        case .prescription: maker.terms.prescriptions.longest
        // A Chinese character takes three bytes; the other columns are ASCII or as narrow.
        case .name, .address: field.length * 3
        default: field.length
        }
    }

    @inline(__always)
    func append(_ field: SamplePatients.Field, of patient: Patient, to bytes: inout ByteCursor) {
        switch field {
        case .patientNumber:
            bytes.append(0x50)
            if patient.number < 100_000_000 {
                bytes.appendDecimal(patient.number, digits: 8)
            } else {
                bytes.appendDecimal(patient.number)
            }
        case .name:
            var random = patient.random(.name)
            names.append(sex: patient.sex, uyghur: patient.place.code / 10_000 == 65 ? 4_000 : 15, to: &bytes, &random)
        case .sex: bytes.append(patient.sex == .male ? "男" : "女")
        case .idCard: numbers.append(patient, births: maker.births, to: &bytes)
        case .mobile: appendMobile(patient, to: &bytes)
        case .birthDate: maker.births.append(patient.birth, to: &bytes)
        case .address:
            var random = patient.random(.address)
            maker.places.names.append(patient.place.name, to: &bytes)
            addresses.append(isStreet: patient.place.isUrban || random.happens(per10000: 3_000), to: &bytes, &random)
        case .email: appendEmail(patient, to: &bytes)
        case .bankCard:
            var random = patient.random(.bankCard)
            cards.append(to: &bytes, &random)
        case .diagnosis: maker.terms.diagnoses.append(patient.illness.diagnosis, to: &bytes)
        case .prescription: maker.terms.prescriptions.append(patient.illness.prescription, to: &bytes)
        case .visitDate:
            var random = patient.random(.visit)
            visitDays.appendAny(to: &bytes, &random)
        }
    }

    private func appendMobile(_ patient: Patient, to bytes: inout ByteCursor) {
        var random = patient.random(.mobile)
        // The smaller of two draws: the old prefixes, which stand first, are the commonest.
        mobilePrefixes.append(min(random.below(mobilePrefixes.count), random.below(mobilePrefixes.count)), to: &bytes)
        bytes.appendDecimal(random.below(100_000_000), digits: 8)
    }

    private func appendEmail(_ patient: Patient, to bytes: inout ByteCursor) {
        var random = patient.random(.email)
        syllables.appendAny(to: &bytes, &random)
        syllables.appendAny(to: &bytes, &random)
        if random.happens(per10000: 3_000) { bytes.append(random.happens(per10000: 5_000) ? 0x5F : 0x2E) }
        bytes.appendDecimal(random.below(10_000))
        bytes.append(0x40)
        domains.appendAny(to: &bytes, &random)
    }
}
