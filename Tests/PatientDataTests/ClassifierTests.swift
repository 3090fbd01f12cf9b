import PatientData
import Testing

@Suite("Columns in the clear")
struct ClassifierTests {
    /// How each kind of value is made, and under which names it is found.
    static let kinds: [(DataKind, [String], @Sendable (inout ColumnBuilder) -> String)] = [
        (.idCard, ["id_card", "sfzh", "身份证号", "c1", "shenfenzheng", "order_no"], { $0.idCard() }),
        (.name, ["patient_name", "xm", "姓名", "c2", "xingming", "name"], { $0.name() }),
        (.mobile, ["mobile", "sjh", "手机号", "c3", "lxdh"], { $0.mobile() }),
        (.address, ["address", "dz", "家庭住址", "c4", "jtzz"], { $0.address() }),
        (.bankCard, ["bank_card", "yhkh", "银行卡号", "c5"], { $0.bankCard() }),
        (.email, ["email", "dzyx", "邮箱", "c6"], { "u\($0.below(100_000))@example.\($0.pick(["org", "cn"]))" }),
        (.birthDate, ["birth_date", "csrq", "出生日期", "c7"], { $0.date(from: 1930, to: 2016) }),
        (.diagnosis, ["diagnosis", "zd", "诊断", "c8", "zdmc"], { $0.diagnosis() }),
        (.drug, ["drug_name", "ypmc", "药品名称", "c9"], { $0.drug() }),
        (.prescription, ["prescription", "cf", "处方", "c10"], { $0.drug() + "，口服，每次\(1 + $0.below(3))片，每日\(1 + $0.below(3))次" }),
    ]

    @Test("every kind is found under Chinese, English, pinyin and meaningless names", arguments: kinds.indices)
    func clear(index: Int) {
        let (kind, names, make) = Self.kinds[index]
        for name in names {
            var builder = ColumnBuilder(seed: UInt64(index + 1))
            let found = verdict(name, builder.values(500, make))
            #expect(found.kind == kind, "\(name)")
            #expect(found.protection == .plaintext)
            #expect(found.share > 0.9 && found.confidence.lower > 0.7, "\(name) \(found.share)")
            #expect(found.isInClear)
            #expect(!found.samples.isEmpty && found.samples.count <= 3)
        }
    }

    @Test("what a system's other columns hold is nothing of a person", arguments: Lookalikes.all.indices)
    func negatives(index: Int) {
        let (label, name, type, make) = Lookalikes.all[index]
        for (seed, count) in [(100, 2_000), (400, 300), (700, 40)] {
            var builder = ColumnBuilder(seed: UInt64(index + seed))
            let found = verdict(name, type: type, builder.values(count, make))
            #expect(found.kind == .none, "\(label): \(found.kind) \(found.share)")
            #expect(!found.isInClear)
        }
    }

    @Test("a few identity numbers among other values are no chance")
    func rareNumbers() {
        var builder = ColumnBuilder()
        let values = builder.values(200) { $0.below(20) == 0 ? $0.idCard() : "E\($0.digits(8))" }
        let found = verdict("document", values)
        #expect(found.kind == .idCard && found.share < 0.2 && found.isInClear)
    }

    @Test("a column that an illness of level 5 occurs in says so")
    func special() {
        var builder = ColumnBuilder()
        let values = builder.values(200) { $0.below(40) == 0 ? "梅毒" : $0.diagnosis() }
        #expect(verdict("zd", values).isSpecial)
        #expect(!verdict("zd", builder.values(200) { $0.diagnosis() }).isSpecial)
    }

    @Test("codes of illnesses are found under their name, or with their dots")
    func codes() {
        var builder = ColumnBuilder()
        let values = builder.values(300) { "\($0.pick(Array("ABCEIJKN")))\($0.digits(2)).\($0.digits(3))" }
        #expect(verdict("icd_code", values).kind == .icd10)
        #expect(verdict("zd", values).kind == .icd10)
        #expect(verdict("c1", values).kind == .icd10)
        #expect(verdict("seat", builder.values(300) { "\($0.pick(Array("ABCDEF")))\($0.digits(2))" }).kind == .none)
    }

    @Test("written forms count: spaces, dashes, +86, full width")
    func surfaces() {
        var builder = ColumnBuilder()
        let values = builder.values(300) { builder in
            let number = builder.mobile()
            return builder.pick([
                "+86 \(number)", "\(number.prefix(3))-\(number.dropFirst(3).prefix(4))-\(number.suffix(4))", "\(number) ", "86\(number)",
            ])
        }
        #expect(verdict("c1", values).kind == .mobile)
    }

    @Test("few rows need a name that says what they are")
    func fewRows() {
        #expect(verdict("sjh", ["13800138000"]).kind == .mobile)
        #expect(verdict("c1", ["13800138000"]).kind == .none)
        #expect(verdict("姓名", ["王小明", "李娜"]).kind == .name)
        #expect(verdict("c1", ["王小明", "李娜"]).kind == .none)
    }

    @Test("an empty column is called empty")
    func empty() {
        let found = verdict("sfzh", [nil, nil, "", "无"])
        #expect(found.protection == .empty && found.kind == .idCard && !found.isInClear)
        #expect(verdict("c1", []).kind == .none)
    }

    @Test("nulls and repetitions don't change the kind")
    func sparse() {
        var builder = ColumnBuilder()
        var values: [String?] = builder.values(50) { $0.idCard() }
        values += values + [String?](repeating: nil, count: 900)
        let found = verdict("c1", values)
        #expect(found.kind == .idCard && found.share == 1)
        #expect(abs(found.clearShare - 0.1) < 0.001)
    }

    @Test("record numbers are named by their column alone")
    func recordNumbers() {
        var builder = ColumnBuilder()
        #expect(verdict("patient_no", builder.values(200) { "P\($0.digits(8))" }).kind == .medicalRecordNumber)
        #expect(verdict("visit_no", builder.values(200) { "P\($0.digits(8))" }).kind == .none)
    }
}
