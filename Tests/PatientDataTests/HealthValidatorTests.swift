import PatientData
import Testing

@Suite("Validators of health and secrets")
struct HealthValidatorTests {
    private static let valid: [(DataKind, [String])] = [
        (.icd10, ["I10", "I10.x00", "E11.900", "M80.x00x001", "A41.9+", "G63.2*"]),
        (.symptom, ["咳嗽3天", "反复胸闷、气促2年余", "发热伴咽痛一周", "腰痛半年"]),
        (.medicalHistory, ["否认高血压、糖尿病史", "患者3天前无明显诱因出现咳嗽", "体健", "父亲患冠心病"]),
        (.allergy, ["青霉素过敏", "对海鲜过敏", "头孢", "否认药物过敏史"]),
        (.surgery, ["腹腔镜下胆囊切除术", "剖宫产", "左侧全膝关节置换术", "冠脉支架植入"]),
        (.labResult, ["阴性", "白细胞升高", "双肺未见异常", "5.6 mmol/L", "<0.5", "++"]),
        (.drugApprovalNumber, ["国药准字H20000001", "国药准字 Z44020001", "国药准字Ｈ２０００００００", "国药准字S20000001"]),
        (.insurancePayment, ["城镇职工基本医疗保险", "自费", "123.45", "统筹支付"]),
        (
            .passwordHash,
            ["$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW", "$6$rounds=5000$abc$abcdefghijkl", "{SSHA}abcdefghijklmnopqrstuvwx"]
        ),
        (.password, ["Passw0rd!", "123456"]),
        (.token, ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjMifQ.abcDEF-_123", "ghp_16C7e42F292c6912E7710c838347Ae178B4a"]),
        (
            .biometric,
            ["/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMD", "[0.12,-0.53,0.11,0.4,0.5,0.6,0.7,0.8,0.9,0.1,0.2,0.3,0.4,0.5,0.6,0.7]"]
        ),
    ]
    private static let invalid: [(DataKind, [String])] = [
        (.icd10, ["I1", "10.5", "I10.", "I10.***", "II0.1", "i10", "A1234"]),
        (.symptom, ["咳嗽", "3天", "阿莫西林胶囊 0.25g，每日3次，口服3天"]),
        (.medicalHistory, ["王", "白菜", "红色"]),
        (.allergy, ["白菜", "王小明"]),
        (.surgery, ["高血压", "王小明"]),
        (.labResult, ["白菜", "王小明", "ABC-1"]),
        (.drugApprovalNumber, ["国药准字H2000000", "国药准字X20000001", "粤械注准20202210001", "国药准字H200000011"]),
        (.insurancePayment, ["白菜", "王小明", "abc"]),
        (.passwordHash, ["$100 off", "plain", "$2b$"]),
        (.password, ["a b c", "ab", "密码"]),
        (.token, ["eyJhbGciOiJIUzI1NiJ9", "hello.world.example", "sk-this-is-a-word-only"]),
        (.biometric, ["hello", "1,2,3"]),
    ]

    @Test("samples are recognised", arguments: valid)
    func recognised(kind: DataKind, samples: [String]) {
        for sample in samples { #expect(ValueProbe(sample).kinds.contains(kind), "\(sample)") }
    }

    @Test("what isn't one is none", arguments: invalid)
    func refused(kind: DataKind, samples: [String]) {
        for sample in samples { #expect(!ValueProbe(sample).kinds.contains(kind), "\(sample)") }
    }
}
