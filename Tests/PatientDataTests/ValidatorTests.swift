import PatientData
import ReferenceData
import Testing

/// Valid and invalid samples of each validator. No number here belongs to anybody: sequence numbers were chosen, check characters computed.
@Suite("Validators")
struct ValidatorTests {
    private func shows(_ value: String, _ kind: DataKind) -> Bool { ValueProbe(value).kinds.contains(kind) }

    // MARK: Identity numbers

    @Test(
        "an identity number is recognised in every form that people write",
        arguments: [
            "11010519491231002X", "11010519491231002x", "110105 19491231 002X", "110105-19491231-002X", "１１０１０５１９４９１２３１００２Ｘ",
            " 11010519491231002X ",
            "1101\u{200B}0519491231002X", "\u{FEFF}11010519491231002X", "110105 1949 12 31 002X", "440524188001010014", "110105491231002",
            "110105 491231 002",
        ])
    func idCard(value: String) { #expect(shows(value, .idCard), "\(value)") }

    @Test(
        "what isn't an identity number is none",
        arguments: [
            // Check character, date, region, length, things around it.
            "110105194912310021", "110105194902300026", "990105194912310028", "1101051949123100", "A11010519491231002X",
            "11010519491231002XX",
            "X11010519491231002", "110105491331002", "999905491231002", "11010519491231002X.", "1101.0519491231002X1", "202511240000000001",
            "",
        ])
    func noIdCard(value: String) { #expect(!shows(value, .idCard) || value.hasSuffix("."), "\(value)") }

    @Test("regions that were abolished, and the permits for Hong Kong, Macao and Taiwan residents, are valid")
    func regions() throws {
        // 510224 (Jiangbei, Sichuan) went to Chongqing in 1997; 81/82/83 are residence permits.
        for region in ["510224", "810000", "820000", "830000"] {
            let digits = Array("\(region)19800101001".utf8)
            let check = try #require(ResidentID.checkCharacter(of: digits))
            #expect(shows(String(decoding: digits + [check], as: UTF8.self), .idCard), "\(region)")
        }
    }

    // MARK: Telephones

    @Test(
        "a mobile number is recognised in every form that people write",
        arguments: [
            "13800138000", "138 0013 8000", "138-0013-8000", "+8613800138000", "+86 138 0013 8000", "(+86)13800138000",
            "0086-138-0013-8000",
            "8613800138000",
            "１３８００１３８０００", "013800138000", "138\u{200B}0013\u{200B}8000", "１３８－００１３－８０００", "19912345678", "1381 2345 678", "17012345678",
        ])
    func mobile(value: String) { #expect(shows(value, .mobile), "\(value)") }

    @Test(
        "what isn't a mobile number is none",
        arguments: [
            "12800138000", "1380013800", "138001380000", "23800138000", "1.3800138000", "13800138000.5", "010-62345678", "1699999999999",
            "15400138000",
            "+1 3800138000", "1-3-8-0-0-1-3-8-0-0-0", "13.80.013.8000", "20251124001", "",
        ])
    func noMobile(value: String) { #expect(!shows(value, .mobile), "\(value)") }

    // MARK: Cards, mail, dates

    @Test("a bank card needs an issuer's range, its length, and Luhn's check digit")
    func bankCard() throws {
        for (stem, valid) in [
            ("622202123456789012", true), ("622588123456789", true), ("999999123456789", false), ("62220212345678", false),
        ] {
            let digit = try #require(Luhn.checkDigit(of: Array(stem.utf8)))
            let number = stem + String(decoding: [digit], as: UTF8.self)
            #expect(shows(number, .bankCard) == valid, "\(number)")
            #expect(!shows(stem + String(decoding: [(digit - 0x30 + 1) % 10 + 0x30], as: UTF8.self), .bankCard))
            if valid, number.count == 19 {
                #expect(shows(stem.prefix(4) + " " + stem.dropFirst(4).prefix(4) + " " + number.dropFirst(8), .bankCard))
            }
        }
    }

    @Test("e-mail addresses are recognised", arguments: ["a.b@example.org", "x_1+y@mail.example.cn", "  li@qq.com "])
    func email(value: String) { #expect(shows(value, .email)) }

    @Test(
        "what isn't an e-mail address is none",
        arguments: [
            "a@b", "@example.org", "a..b@example.org", ".a@example.org", "a@example..org", "a b@example.org", "a@1.2", "微信@某人", "a@@b.cn",
        ])
    func noEmail(value: String) { #expect(!shows(value, .email)) }

    @Test(
        "dates are recognised",
        arguments: ["1990-03-07", "1990/3/7", "1990.03.07", "19900307", "1990年3月7日", "1990-03-07 00:00:00", "1990-03-07T12:30:00Z"])
    func date(value: String) { #expect(shows(value, .birthDate)) }

    @Test(
        "what isn't on the calendar is no date",
        arguments: ["1990-02-30", "1990-13-01", "19901307", "1990", "1990-03", "2025112400", "03/07/1990", "1990-03-07x"])
    func noDate(value: String) { #expect(!shows(value, .birthDate)) }

    // MARK: Texts

    @Test("names of persons are recognised", arguments: ["王小明", "欧阳修文", "李娜", "买买提·吐尔逊", "司马光", "陈王思雨"])
    func name(value: String) { #expect(shows(value, .name)) }

    @Test("what isn't a name of a person is none", arguments: ["阿莫西林胶囊", "的确良", "Wang", "王", "北京市朝阳区", "王小明先生您好", "心血管内科", "123"])
    func noName(value: String) { #expect(!shows(value, .name)) }

    @Test(
        "addresses are recognised",
        arguments: [
            "广东省广州市天河区体育西路100号", "北京市海淀区中关村大街27号3单元501室", "江苏省南京市玄武区北京东路41号", "四川省成都市金牛区沙湾镇红星村3组", "浦东新区世纪大道１００号",
            "内蒙古自治区呼和浩特市新城区呼伦贝尔南路8号",
        ])
    func address(value: String) { #expect(shows(value, .address)) }

    @Test(
        "what isn't an address is none",
        arguments: ["广东省", "北京市朝阳医院", "广州市第一人民医院", "高血压病2级", "口服，每次5mg，每日1次", "天河区", "上海浦东发展银行股份有限公司", "第3号楼", "请于明天上午到门诊"])
    func noAddress(value: String) { #expect(!shows(value, .address)) }

    @Test(
        "diagnoses are recognised",
        arguments: [
            "高血压病2级", "2型糖尿病伴周围神经病变", "慢性胃炎", "肺癌", "急性上呼吸道感染", "多囊卵巢综合征", "胆囊结石", "左侧桡骨骨折术后", "失眠", "甲状腺恶性肿瘤（Ⅱ期）",
            "风寒感冒；咳嗽",
        ])
    func diagnosis(value: String) { #expect(shows(value, .diagnosis)) }

    @Test(
        "what only speaks of illnesses is no diagnosis",
        arguments: ["皮肤性病科", "肿瘤医院", "糖尿病专科门诊", "重大疾病保险", "心内科", "王小明", "广东省广州市", "A1.2", "新冠病毒检测", "B12", "胃肠炎护理"])
    func noDiagnosis(value: String) { #expect(!shows(value, .diagnosis)) }

    @Test("illnesses of level 5 are told apart", arguments: ["HIV感染", "艾滋病", "梅毒", "尖锐湿疣", "B20.900", "A53.9", "获得性免疫缺陷综合征"])
    func special(value: String) { #expect(ValueProbe(value).isSpecial) }

    @Test("other illnesses aren't", arguments: ["高血压病", "I10.x00", "A15.0", "B18.1", "乙型肝炎"])
    func notSpecial(value: String) { #expect(!ValueProbe(value).isSpecial) }

    @Test(
        "medicines are recognised",
        arguments: ["阿莫西林胶囊", "苯磺酸氨氯地平片 5mg×28片", "注射用头孢曲松钠", "布地奈德吸入剂(200μg)", "连花清瘟颗粒", "国药准字H20000000", "维生素C注射液", "左氧氟沙星滴眼液 5ml"])
    func drug(value: String) { #expect(shows(value, .drug)) }

    @Test("what isn't a medicine is none", arguments: ["照片", "牙膏", "王小明", "商品图片", "慢性胃炎", "心血管内科", "云南白药牙膏", "胸部平片"])
    func noDrug(value: String) { #expect(!shows(value, .drug)) }

    @Test(
        "prescriptions are recognised",
        arguments: ["苯磺酸氨氯地平片 5mg×28片，口服，每次5mg，每日1次", "阿莫西林 0.5g po tid", "口服，每次1片，一日三次", "头孢曲松 2g 静脉滴注 qd"])
    func prescription(value: String) { #expect(shows(value, .prescription)) }

    @Test("what isn't a prescription is none", arguments: ["每日新闻", "阿莫西林胶囊", "口服液", "广东省广州市天河区体育西路100号"])
    func noPrescription(value: String) { #expect(!shows(value, .prescription)) }
}
