import PatientData
import ReferenceData

/// Columns of every kind that ``ClassifierTests`` doesn't have: how each is made, its honest names and abbreviations, and whether its values prove it
/// without any name.
enum KindColumns {
    typealias Maker = @Sendable (inout ColumnBuilder) -> String

    struct Fixture: Sendable {
        var kind: DataKind
        var names: [String]
        /// The kind needs no name. Without it, the column is of this kind or of none: its values could be anything.
        var isDecidable: Bool
        var type = "varchar(64)"
        var make: Maker
    }

    static let all: [Fixture] = documents + contacts + persons + health + secrets

    private static func checked(_ stem: String) -> String {
        stem + (ResidentID.checkCharacter(of: Array(stem.utf8)).map { String(decoding: [$0], as: UTF8.self) } ?? "")
    }

    private static let documents: [Fixture] = [
        Fixture(kind: .passport, names: ["护照号", "passport_no", "hzhm"], isDecidable: false) {
            $0.pick(["E", "G", "EA", "EB"]).prefix(2) + $0.digits(7) + "1"
        },
        Fixture(kind: .hkMacauPermit, names: ["回乡证号", "hk_macau_permit", "hxzh"], isDecidable: false) { $0.pick(["H", "M"]) + $0.digits(8) },
        Fixture(kind: .taiwanPermit, names: ["台胞证号", "taiwan_permit", "tbzh"], isDecidable: false) { $0.digits(8) },
        Fixture(kind: .foreignerPermit, names: ["永久居留证号", "foreigner_permit", "c1", "no"], isDecidable: true) {
            checked("911\(100 + $0.below(700))" + $0.date(from: 1950, to: 2010, separator: "") + "0\($0.digits(2))")
        },
        Fixture(kind: .militaryId, names: ["军官证号", "military_id", "jgzh", "c1"], isDecidable: true) {
            $0.pick(["军", "南", "空", "海"]) + "字第" + $0.digits(8) + "号"
        },
        Fixture(kind: .birthCertificate, names: ["出生医学证明编号", "birth_certificate_no", "cszmbh"], isDecidable: false) {
            $0.pick(["G", "T", "U"]) + $0.digits(9)
        },
        Fixture(kind: .socialSecurity, names: ["社会保障卡号", "social_security_no", "sbkh"], isDecidable: false) { $0.pick(["A", "1"]) + $0.digits(9) },
        Fixture(kind: .medicalInsurance, names: ["医保卡号", "medical_insurance_no", "ybkh"], isDecidable: false) { "4403" + $0.digits(11) },
        Fixture(kind: .medicalRecordNumber, names: ["住院号", "mrn", "zyh", "patient_id"], isDecidable: false) { "ZY" + $0.digits(8) },
        Fixture(kind: .doctorLicence, names: ["医师执业证书编码", "doctor_licence", "yszyzsbh"], isDecidable: false) { "110\($0.digits(12))" },
        Fixture(kind: .doctorLicence, names: ["资格证书编码", "c1"], isDecidable: true) { "\(1999 + $0.below(20))11\($0.digits(3))" + $0.idCard() },
        Fixture(kind: .unifiedSocialCreditCode, names: ["统一社会信用代码", "credit_code", "tyshxydm", "c1"], isDecidable: true) { builder in
            let stem = "91\(builder.pick(["440300", "110105", "310115"]))" + builder.digits(8) + builder.pick(["X", "M", "4"])
            return stem + (UnifiedSocialCreditCode.checkCharacter(of: Array(stem.utf8)).map { String(decoding: [$0], as: UTF8.self) } ?? "")
        },
        Fixture(kind: .licensePlate, names: ["车牌号", "plate_no", "cph", "c1"], isDecidable: true) {
            $0.pick(["粤", "京", "沪", "川"]) + $0.pick(["A", "B", "D"]) + $0.pick(["", "D"]) + $0.digits(5)
        },
    ]

    private static let contacts: [Fixture] = [
        Fixture(kind: .landline, names: ["固定电话", "home_phone", "gddh", "c1", "联系电话"], isDecidable: true) {
            $0.pick(["010-6", "021-5", "0755-8", "028-8", "020-3"]) + $0.digits(7)
        },
        Fixture(kind: .landline, names: ["座机"], isDecidable: false) { "8" + $0.digits(7) },
        Fixture(kind: .postcode, names: ["邮政编码", "zip_code", "yzbm"], isDecidable: false) { "\(10 + $0.below(70))" + $0.digits(4) },
        Fixture(kind: .wechat, names: ["微信号", "wechat_id", "wxh"], isDecidable: false) { $0.pick(["li", "wang", "zhao"]) + "_" + $0.digits(6) },
        Fixture(kind: .wechat, names: ["微信号", "c1"], isDecidable: true) { "wxid_" + $0.hex(14) },
        Fixture(kind: .wechat, names: ["openid", "wx_openid"], isDecidable: false) {
            "o" + $0.base64(bytes: 21).prefix(27).replacing("+", with: "a").replacing("/", with: "b")
        },
        Fixture(kind: .qq, names: ["QQ号", "qq"], isDecidable: false) { "\(1 + $0.below(9))" + $0.digits(8) },
        Fixture(kind: .ipAddress, names: ["登录IP", "ip_address", "last_login_ip", "c1"], isDecidable: true) {
            "\(1 + $0.below(223)).\($0.below(256)).\($0.below(256)).\($0.below(256))"
        },
        Fixture(kind: .macAddress, names: ["MAC地址", "mac_addr", "c1"], isDecidable: true) { builder in
            (0..<6).map { _ in builder.hex(2) }.joined(separator: ":")
        },
        Fixture(kind: .deviceId, names: ["设备号", "imei", "c1"], isDecidable: true) { builder in
            let stem = "86" + builder.digits(12)
            return stem + (Luhn.checkDigit(of: Array(stem.utf8)).map { String(decoding: [$0], as: UTF8.self) } ?? "")
        },
        Fixture(kind: .deviceId, names: ["oaid", "设备标识"], isDecidable: false) {
            "\($0.hex(8))-\($0.hex(4))-4\($0.hex(3))-a\($0.hex(3))-\($0.hex(12))"
        },
        Fixture(kind: .deviceId, names: ["android_id"], isDecidable: false) { $0.hex(15) + "a" },
        Fixture(kind: .geoLocation, names: ["地理位置", "gps", "坐标", "c1"], isDecidable: true) {
            "\(100 + $0.below(20)).\($0.digits(6)),\(20 + $0.below(20)).\($0.digits(6))"
        },
        Fixture(kind: .geoLocation, names: ["经度", "longitude"], isDecidable: false, type: "double precision") {
            "\(100 + $0.below(20)).\($0.digits(6))"
        },
    ]

    private static let persons: [Fixture] = [
        Fixture(kind: .age, names: ["年龄", "age", "nl"], isDecidable: false, type: "int") { "\($0.below(96))" },
        Fixture(kind: .age, names: ["年龄", "patient_age"], isDecidable: false) { "\(1 + $0.below(95))岁" },
        Fixture(kind: .sex, names: ["性别", "gender", "xb"], isDecidable: false) { $0.pick(["男", "女"]) },
        Fixture(kind: .sex, names: ["性别", "sex_code", "xb"], isDecidable: false) { $0.pick(["1", "2", "9"]) },
        Fixture(kind: .sex, names: ["sex"], isDecidable: false) { $0.pick(["M", "F"]) },
        Fixture(kind: .ethnicity, names: ["民族", "ethnicity", "mz"], isDecidable: false) { $0.pick(["汉族", "回族", "维吾尔族", "壮族"]) },
        Fixture(kind: .maritalStatus, names: ["婚姻状况", "marital_status", "hyzk"], isDecidable: false) { $0.pick(["未婚", "已婚", "丧偶", "离婚"]) },
        Fixture(kind: .occupation, names: ["职业", "occupation", "zymc"], isDecidable: false) { $0.pick(["教师", "农民", "公务员", "退休", "软件工程师", "货车司机"]) },
        Fixture(kind: .employer, names: ["工作单位", "employer", "gzdw"], isDecidable: false) {
            $0.pick(["广州市", "成都"]) + $0.pick(["第一中学", "华康科技有限公司", "市公安局", "人民医院"])
        },
    ]

    private static let health: [Fixture] = [
        Fixture(kind: .icd10, names: ["疾病编码", "icd_code", "jbbm", "c1"], isDecidable: true) {
            "\($0.pick(Array("ABCEIJKMN")))\($0.digits(2)).\($0.digits(3))"
        },
        Fixture(kind: .symptom, names: ["主诉", "chief_complaint", "zs", "c1"], isDecidable: true) {
            $0.pick(["反复咳嗽", "发热伴咽痛", "腰部疼痛", "头晕、乏力", "上腹隐痛", "双下肢水肿"]) + $0.pick(["", "加重", "不适"])
                + "\(1 + $0.below(20))\($0.pick(["天", "年余", "个月", "周"]))"
        },
        Fixture(kind: .medicalHistory, names: ["既往史", "past_history", "jws"], isDecidable: false) {
            $0.pick(["否认高血压、糖尿病史", "高血压病史10年，规律服药", "体健", "有阑尾手术史", "父亲患冠心病", "吸烟20年"]) + $0.pick(["", "。", "，否认输血史"])
        },
        Fixture(kind: .medicalHistory, names: ["现病史", "xbs"], isDecidable: false) {
            "患者\(1 + $0.below(9))天前无明显诱因出现\($0.pick(["咳嗽", "胸闷", "腹痛"]))，未予重视，今来我院就诊"
        },
        Fixture(kind: .allergy, names: ["过敏史", "allergy", "gms"], isDecidable: false) { $0.pick(["青霉素过敏", "海鲜", "头孢", "花粉", "否认药物过敏史", "尘螨"]) },
        Fixture(kind: .surgery, names: ["手术名称", "surgery_name", "ssmc"], isDecidable: false) {
            $0.pick(["腹腔镜胆囊切除术", "剖宫产术", "左膝关节置换术", "阑尾切除术", "冠脉支架植入术", "白内障超声乳化摘除术"])
        },
        Fixture(kind: .labResult, names: ["检验结果", "lab_result", "jyjg"], isDecidable: false) {
            $0.pick(["阴性", "阳性", "5.\($0.digits(1)) mmol/L", "\($0.below(200))", "双肺未见异常"])
        },
        Fixture(kind: .labResult, names: ["lab_result", "结果值"], isDecidable: false, type: "numeric(10,2)") { "\($0.below(300)).\($0.digits(2))" },
        Fixture(kind: .drugApprovalNumber, names: ["批准文号", "approval_no", "pzwh", "c1"], isDecidable: true) {
            "国药准字" + $0.pick(["H", "Z", "S", "J"]) + $0.digits(8)
        },
        Fixture(kind: .insurancePayment, names: ["医保支付金额", "insurance_pay", "ybzf"], isDecidable: false, type: "numeric(12,2)") {
            "\($0.below(9_000)).\($0.digits(2))"
        },
        Fixture(kind: .insurancePayment, names: ["医保类型", "insurance_type", "险种"], isDecidable: false) {
            $0.pick(["城镇职工基本医疗保险", "城乡居民医保", "自费", "新农合"])
        },
    ]

    private static let secrets: [Fixture] = [
        Fixture(kind: .password, names: ["密码", "user_pwd", "password", "mm"], isDecidable: false) { $0.pick(["abc", "Pass", "qwe"]) + $0.digits(5) },
        Fixture(kind: .token, names: ["访问令牌", "access_token", "token"], isDecidable: false) { $0.base64(bytes: 32) },
        Fixture(kind: .token, names: ["api_key", "session_token"], isDecidable: false) { $0.hex(32) },
        Fixture(kind: .token, names: ["jwt", "c1"], isDecidable: true) { "eyJhbGciOiJIUzI1NiJ9.eyJ" + $0.hex(30) + "." + $0.hex(43) },
        Fixture(kind: .biometric, names: ["人脸特征", "face_template", "fingerprint_image"], isDecidable: false, type: "text") {
            "/9j/4AAQSkZJRgABAQ" + $0.base64(bytes: 90)
        },
    ]
}

extension ColumnBuilder {
    /// As ``KindColumns`` writes them.
    mutating func column(_ fixture: KindColumns.Fixture) -> [String] { values(300, fixture.make) }
}
