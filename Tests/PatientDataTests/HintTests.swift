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
        ("icd10_code", .icd10), ("入院诊断", .diagnosis), ("疾病名称", .diagnosis), ("cf", .prescription), ("prescription", .prescription),
        ("处方内容", .prescription),
        ("yznr", .prescription), ("yp", .drug), ("ypmc", .drug), ("drug_name", .drug), ("药品名称", .drug),
        ("patient_no", .medicalRecordNumber),
        ("住院号", .medicalRecordNumber), ("mrn", .medicalRecordNumber), ("医保卡号", .medicalInsurance),
    ]

    /// One Chinese, one English and one abbreviated name at least for each of the other kinds.
    private static let more: [(String, DataKind)] = [
        ("护照号码", .passport), ("passport_no", .passport), ("hzhm", .passport), ("回乡证号", .hkMacauPermit), ("hk_macau_permit", .hkMacauPermit),
        ("港澳居民来往内地通行证", .hkMacauPermit), ("台胞证号", .taiwanPermit), ("taiwan_permit", .taiwanPermit), ("tbzh", .taiwanPermit),
        ("外国人永久居留身份证号", .foreignerPermit), ("foreigner_permit", .foreignerPermit), ("军官证号", .militaryId), ("military_id", .militaryId),
        ("jgzh", .militaryId), ("出生医学证明编号", .birthCertificate), ("birth_certificate_no", .birthCertificate), ("cszmbh", .birthCertificate),
        ("社会保障卡号", .socialSecurity), ("social_security_no", .socialSecurity), ("sbkh", .socialSecurity), ("医保个人编号", .medicalInsurance),
        ("medical_insurance_no", .medicalInsurance), ("ybkh", .medicalInsurance), ("医师执业证书编码", .doctorLicence), ("doctor_licence", .doctorLicence),
        ("yszyzsbh", .doctorLicence), ("统一社会信用代码", .unifiedSocialCreditCode), ("credit_code", .unifiedSocialCreditCode),
        ("tyshxydm", .unifiedSocialCreditCode), ("车牌号", .licensePlate), ("plate_no", .licensePlate), ("cph", .licensePlate),
        ("指纹模板", .biometric), ("face_feature", .biometric), ("fingerprint_img", .biometric), ("固定电话", .landline), ("home_phone", .landline),
        ("gddh", .landline), ("邮政编码", .postcode), ("zip_code", .postcode), ("yzbm", .postcode), ("微信号", .wechat), ("wechat_id", .wechat),
        ("openid", .wechat), ("QQ号", .qq), ("qq", .qq), ("登录IP", .ipAddress), ("ip_address", .ipAddress), ("last_login_ip", .ipAddress),
        ("IP地址", .ipAddress), ("mac_addr", .macAddress), ("MAC地址", .macAddress), ("设备号", .deviceId), ("imei", .deviceId), ("oaid", .deviceId),
        ("经度", .geoLocation), ("latitude", .geoLocation), ("lng", .geoLocation), ("年龄", .age), ("age", .age), ("nl", .age), ("性别", .sex),
        ("gender", .sex), ("xb", .sex), ("sex_code", .sex), ("民族", .ethnicity), ("ethnicity", .ethnicity), ("mz", .ethnicity),
        ("婚姻状况", .maritalStatus), ("marital_status", .maritalStatus), ("hyzk", .maritalStatus), ("职业", .occupation), ("occupation", .occupation),
        ("zymc", .occupation), ("工作单位", .employer), ("employer", .employer), ("gzdw", .employer), ("疾病编码", .icd10), ("diag_code", .icd10),
        ("jbbm", .icd10), ("主诉", .symptom), ("chief_complaint", .symptom), ("zs", .symptom), ("既往史", .medicalHistory),
        ("past_history", .medicalHistory), ("jws", .medicalHistory), ("xbs", .medicalHistory), ("过敏史", .allergy), ("allergy", .allergy),
        ("gms", .allergy), ("手术名称", .surgery), ("surgery_name", .surgery), ("ssmc", .surgery), ("检验结果", .labResult), ("lab_result", .labResult),
        ("jyjg", .labResult), ("批准文号", .drugApprovalNumber), ("approval_no", .drugApprovalNumber), ("pzwh", .drugApprovalNumber),
        ("医保支付金额", .insurancePayment), ("insurance_payment", .insurancePayment), ("ybzf", .insurancePayment), ("险种", .insurancePayment),
        ("密码", .password), ("user_pwd", .password), ("mm", .password), ("password_hash", .passwordHash), ("访问令牌", .token),
        ("access_token", .token), ("api_key", .token), ("就诊人姓名", .name), ("联系人电话", .mobile), ("收货人地址", .address), ("人脸图片", .biometric),
        ("doctor_advice", .prescription),
        ("browser_fingerprint", .deviceId), ("证件号码（身份证、护照）", .idCard),
    ]

    @Test("every kind has names of its own", arguments: more)
    func moreKinds(name: String, kind: DataKind) { #expect(ColumnHint.of(column: name, comment: nil)?.kind == kind, "\(name)") }

    @Test("no kind is without a name")
    func everyKind() {
        let named = Set((Self.names + Self.more).map(\.1))
        #expect(Set(DataKind.allCases).subtracting(named) == [.none])
    }

    @Test("a column's name says what its values are", arguments: names)
    func kind(name: String, kind: DataKind) { #expect(ColumnHint.of(column: name, comment: nil)?.kind == kind, "\(name)") }

    @Test(
        "a column's name says that its values are something else",
        arguments: [
            "order_no", "ddh", "订单号", "create_time", "visit_date", "就诊日期", "prescription_no", "处方号", "drug_price", "药品价格", "dept_name",
            "科室名称",
            "hospital_name",
            "医院名称", "product_name", "商品名称", "file_name", "phone_type", "diag_date", "诊断日期", "username",
            "流水号",
            "address_id",
            "timestamp", "amount", "证件类型", "name_type", "药品数量", "disease_count", "shop_address", "hospital_phone_type", "token_expires",
            "surgery_date", "手术日期", "检验项目", "公司地址", "password_length", "waybill_no", "street_name", "device_name",
            "school_name", "isbn", "sku", "年龄段", "warehouse_address", "检查部位", "版本号", "年龄单位", "手术级别", "server_ip", "birth_place", "express_company",
            "人脸识别时间",
        ])
    func other(name: String) { #expect(ColumnHint.of(column: name, comment: nil)?.isOther == true, "\(name)") }

    @Test(
        "a name that means nothing says nothing",
        arguments: [
            "c1", "c2", "col_a", "value", "data", "x", "字段1", "", "___", "f0017", "destination", "allocation", "pages", "message", "package", "image",
            "passage",
        ])
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
