import PatientData
import Testing

@Suite("Column names and comments")
struct HintTests {
    private static let names: [(String, DataKind)] = [
        ("id_card", .idCard), ("idCard", .idCard), ("IDCARDNO", .idCard), ("sfzh", .idCard), ("SFZ", .idCard), ("zjhm", .idCard),
        ("br_sfzh", .idCard),
        ("hzsfzh", .idCard), ("cert_no", .idCard), ("身份证号", .idCard), ("证件号码（身份证、护照）", .idCard), ("shenfenzheng", .idCard),
        ("patient_identity_no", .idCard),
        ("xm", .name), ("name", .name), ("patient_name", .name), ("patientName", .name), ("brxm", .name), ("lxr_xm", .name), ("姓名", .name),
        ("联系人姓名", .name),
        ("xingming", .name), ("real_name", .name), ("mobile", .mobile), ("sjh", .mobile), ("phone_number", .mobile), ("phone2", .mobile),
        ("lxdh", .mobile),
        ("联系电话", .mobile), ("shoujihao", .mobile), ("userPhone", .mobile), ("dz", .address), ("jtzz", .address), ("home_address", .address),
        ("家庭住址", .address),
        ("email", .email), ("dzyx", .email), ("邮箱地址", .email), ("bank_card", .bankCard), ("yhkh", .bankCard), ("银行卡号", .bankCard),
        ("birth_date", .birthDate),
        ("csrq", .birthDate), ("dob", .birthDate), ("出生日期", .birthDate), ("birthday", .birthDate), ("zd", .diagnosis), ("zdmc", .diagnosis),
        ("diag_name", .diagnosis),
        ("icd10_code", .diagnosis), ("入院诊断", .diagnosis), ("疾病名称", .diagnosis), ("cf", .prescription), ("prescription", .prescription),
        ("处方内容", .prescription),
        ("yznr", .prescription), ("yp", .drug), ("ypmc", .drug), ("drug_name", .drug), ("药品名称", .drug),
        ("patient_no", .medicalRecordNumber),
        ("住院号", .medicalRecordNumber), ("mrn", .medicalRecordNumber), ("医保卡号", .medicalRecordNumber),
    ]

    @Test("a column's name says what its values are", arguments: names)
    func kind(name: String, kind: DataKind) { #expect(ColumnHint.of(column: name, comment: nil)?.kind == kind, "\(name)") }

    @Test(
        "a column's name says that its values are something else",
        arguments: [
            "order_no", "ddh", "订单号", "create_time", "visit_date", "就诊日期", "prescription_no", "处方号", "drug_price", "药品价格", "dept_name",
            "科室名称",
            "hospital_name",
            "医院名称", "ip_address", "IP地址", "mac_addr", "product_name", "商品名称", "file_name", "phone_type", "diag_date", "诊断日期", "username",
            "流水号",
            "address_id",
            "timestamp", "amount", "证件类型", "name_type", "药品数量", "disease_count",
        ])
    func other(name: String) { #expect(ColumnHint.of(column: name, comment: nil)?.isOther == true, "\(name)") }

    @Test("a name that means nothing says nothing", arguments: ["c1", "c2", "col_a", "value", "data", "x", "字段1", "", "___", "f0017"])
    func silent(name: String) { #expect(ColumnHint.of(column: name, comment: nil) == nil, "\(name)") }

    @Test("a comment explains what the name leaves open, and overrules it")
    func comments() {
        #expect(ColumnHint.of(column: "c1", comment: "患者身份证号")?.kind == .idCard)
        #expect(ColumnHint.of(column: "c1", comment: "患者身份证号")?.source == .comment)
        #expect(ColumnHint.of(column: "name", comment: "药品名称")?.kind == .drug)
        #expect(ColumnHint.of(column: "name", comment: "患者姓名")?.strength == .strong)
        #expect(ColumnHint.of(column: "zd", comment: "站点")?.strength == .weak)
        #expect(ColumnHint.of(column: "no", comment: "身份证号（已加密）")?.kind == .idCard)
    }

    @Test("the Wilson interval is right where the simple one is not")
    func wilson() {
        let none = WilsonInterval(matches: 0, of: 10)
        #expect(none.lower < 1e-12 && abs(none.upper - 0.2775) < 0.001)
        let all = WilsonInterval(matches: 10, of: 10)
        #expect(abs(all.lower - 0.7225) < 0.001 && all.upper > 0.999_999)
        #expect(WilsonInterval(matches: 3, of: 4, isComplete: true).lower == 0.75)
        #expect(WilsonInterval(matches: 0, of: 0).upper == 1)
    }
}
