import PatientData
import ReferenceData
import Testing

@Suite("Validators of contacts, devices and places")
struct ContactValidatorTests {
    private static let valid: [(DataKind, [String])] = [
        (.mobile, ["一三八零零一三八零零零", "幺三八〇〇幺三八〇〇〇", "壹叁捌零零壹叁捌零零零"]),
        (
            .landline,
            [
                "010-62345678", "(010)62345678", "0755 8234 5678", "0551-6234567", "+86 10 62345678", "02162345678", "010-62345678-8001",
                "０１０－６２３４５６７８",
            ]
        ),
        (.postcode, ["100080", "518000", "０１００００"]),
        (.wechat, ["wxid_abcdefgh12345", "li_ming88", "oABCD1234567890abcdefghijklm"]),
        (.qq, ["10001", "1234567890"]),
        (.ipAddress, ["192.0.2.1", "255.255.255.255", "2001:db8::1", "fe80::1:2:3:4", "2001:0db8:0000:0000:0000:0000:0000:0001", "::ffff:1"]),
        (.macAddress, ["00:1a:2B:3c:4d:5e", "00-1A-2B-3C-4D-5E", "001a.2b3c.4d5e"]),
        (
            .geoLocation,
            ["113.264385,23.129112", "23.129112, 113.264385", "(116.397428 39.90923)", "POINT(116.397428 39.909230)", "-33.8688,151.2093"]
        ),
        (.age, ["35", "35岁", "3个月", "1岁6个月", "０", "28天"]),
        (.sex, ["男", "女", "M", "female", "1", "未说明的性别"]),
        (.ethnicity, ["汉族", "汉", "维吾尔族", "哈萨克", "未识别民族"]),
        (.maritalStatus, ["未婚", "已婚", "离异", "丧偶", "20", "married"]),
        (.occupation, ["教师", "公务员", "软件工程师", "退休", "个体户"]),
        (.employer, ["广州市第一中学", "华康科技有限公司", "某市公安局", "红旗村委会"]),
    ]
    private static let invalid: [(DataKind, [String])] = [
        // Cards that only carry data have thirteen digits and belong to no person.
        (.mobile, ["1440012345678", "1064812345678", "一三八", "三八零零一三八零零零一"]),
        (
            .landline,
            ["010-12345678", "0999999-1", "026-62345678", "13800138000", "62345678", "010-623456789", "0101-2345678", "400-810-8888", "00000000000"]
        ),
        (.postcode, ["10008", "1000800", "990000", "000000", "abcdef"]),
        (.wechat, ["wx", "1abcdef", "微信号", "li ming", "abc@def"]),
        (.qq, ["1234", "012345", "123456789012"]),
        (.ipAddress, ["192.0.2.256", "1.2.3", "1.2.3.4.5", "01.2.3.4", "12:30:45", "2001:db8:1", "::1::2", "1.2.3.*"]),
        (.macAddress, ["00:1a:2B:3c:4d", "00:1a:2B:3c:4d:5g", "00:1a-2B:3c:4d:5e", "001a2b3c4d5e"]),
        (.deviceId, ["353456789012347", "123456789012347", "35345678901234"]),
        (.geoLocation, ["113.26,23.12", "213.264385,123.129112", "113.264385", "12.5", "1.234.567"]),
        (.age, ["131", "岁", "35元", "3500", "A35"]),
        (.sex, ["男科", "X", "3", "malevolent"]),
        (.ethnicity, ["族", "月光族", "汉口", "上班族"]),
        (.maritalStatus, ["婚纱", "77", "结婚用品"]),
        (.occupation, ["咳嗽", "高血压", "A"]),
        (.employer, ["高血压", "王小明", "AB"]),
    ]

    @Test("samples are recognised in every form that people write", arguments: valid)
    func recognised(kind: DataKind, samples: [String]) {
        for sample in samples { #expect(ValueProbe(sample).kinds.contains(kind), "\(sample)") }
    }

    @Test("an IMEI has its check digit and a reporting body")
    func imei() throws {
        for (stem, valid) in [("35345678901234", true), ("86768904102461", true), ("12345678901234", false)] {
            let digit = try #require(Luhn.checkDigit(of: Array(stem.utf8)))
            let number = stem + String(decoding: [digit], as: UTF8.self)
            #expect(ValueProbe(number).kinds.contains(.deviceId) == valid, "\(number)")
            #expect(!ValueProbe(stem + String(decoding: [(digit - 0x30 + 1) % 10 + 0x30], as: UTF8.self)).kinds.contains(.deviceId))
        }
    }

    @Test("what isn't one is none", arguments: invalid)
    func refused(kind: DataKind, samples: [String]) {
        for sample in samples { #expect(!ValueProbe(sample).kinds.contains(kind), "\(sample)") }
    }
}
