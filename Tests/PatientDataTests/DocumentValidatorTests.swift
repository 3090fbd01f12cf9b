import PatientData
import ReferenceData
import Testing

/// Valid and invalid samples of the numbers of documents. Nobody's: sequence numbers were chosen, check characters computed.
@Suite("Validators of documents")
struct DocumentValidatorTests {
    private static let valid: [(DataKind, [String])] = [
        (.passport, ["E12345678", "EA1234567", "G12345678", "e 1234 5678", "Ｅ１２３４５６７８", "DE1234567", "MA1234567", "K12345678", "H12345678"]),
        (.hkMacauPermit, ["H12345678", "M12345678", "H1234567801", "h-1234-5678", "Ｈ１２３４５６７８"]),
        (.taiwanPermit, ["12345678", "1234567801", "0123456789B"]),
        (.militaryId, ["军字第20001234号", "南字第01234567号", "空字第123456号", "士字第 1234567 号", "军字第２０００１２３４号"]),
        (.birthCertificate, ["G110000001", "t 440 000 001", "Ｇ１１００００００１"]),
        (.doctorLicence, ["110110000012345", "141110105010001"]),
        (.licensePlate, ["粤A12345", "京A·12345", "沪B 1234学", "粤AD12345", "粤A12345D", "苏E8K888", "粤Z1234港", "粤a12345", "粤Ａ１２３４５"]),
        (.socialSecurity, ["1234567890", "A12345678"]),
        (.medicalInsurance, ["123456789012", "G12345678", "44030012345678901234"]),
        (.medicalRecordNumber, ["P00012345", "0001", "ZY20260001"]),
    ]
    private static let invalid: [(DataKind, [String])] = [
        (.passport, ["E1234567", "A12345678", "EI1234567", "E123456789", "张三", "E1234567X", "E********"]),
        (.hkMacauPermit, ["H1234567", "K12345678", "H123456789", "M1234567A"]),
        (.taiwanPermit, ["1234567", "123456789", "A2345678", "012345678"]),
        (.militaryId, ["军字第号", "第12345678号", "军字12345678", "京（2020）不动产权第1234567号", "法字第1234号"]),
        (.birthCertificate, ["G11000000", "1110000001", "GG10000001", "G1100000011"]),
        (.doctorLicence, ["11011000001234", "A10110000012345", "1101100000123456"]),
        (.licensePlate, ["粤A1234", "粤O12I45", "A12345", "粤AB", "中A12345", "粤A123456789", "京东商城自营", "粤ABCDEF"]),
        (.unifiedSocialCreditCode, ["91440300708461136U", "91440300708461136", "I1440300708461136T", "914403007084611360", "110101199003070011"]),
        (.foreignerPermit, ["USA11000001", "USA1100000101011", "911840199001010011", "US110000010101"]),
    ]

    @Test("a document's number is recognised in every form that people write", arguments: valid)
    func recognised(kind: DataKind, samples: [String]) {
        for sample in samples { #expect(ValueProbe(sample).kinds.contains(kind), "\(sample)") }
    }

    @Test("what isn't a document's number is none", arguments: invalid)
    func refused(kind: DataKind, samples: [String]) {
        for sample in samples { #expect(!ValueProbe(sample).kinds.contains(kind), "\(sample)") }
    }

    @Test("a unified social credit code has the right check character, whatever its surface")
    func creditCode() throws {
        for stem in ["91440300708461136", "12100000400000000", "51110000500000001"] {
            let check = try #require(UnifiedSocialCreditCode.checkCharacter(of: Array(stem.utf8)))
            let code = stem + String(decoding: [check], as: UTF8.self)
            #expect(ValueProbe(code).kinds.contains(.unifiedSocialCreditCode), "\(code)")
            #expect(ValueProbe(code.lowercased()).kinds.contains(.unifiedSocialCreditCode))
            #expect(ValueProbe("\(code.prefix(8)) \(code.dropFirst(8))").kinds.contains(.unifiedSocialCreditCode))
            let wrong = stem + (check == 0x31 ? "2" : "1")
            #expect(!ValueProbe(wrong).kinds.contains(.unifiedSocialCreditCode), "\(wrong)")
        }
    }

    @Test("a foreigner's permit of today has a check character and a date; the former one is a shape")
    func foreignerPermit() throws {
        let stem = "91112419870101001"
        let check = try #require(ResidentID.checkCharacter(of: Array(stem.utf8)))
        #expect(ValueProbe(stem + String(decoding: [check], as: UTF8.self)).kinds.contains(.foreignerPermit))
        #expect(ValueProbe("USA110000010101").kinds.contains(.foreignerPermit))
        let badDate = "91112419871301001"
        let badCheck = try #require(ResidentID.checkCharacter(of: Array(badDate.utf8)))
        #expect(!ValueProbe(badDate + String(decoding: [badCheck], as: UTF8.self)).kinds.contains(.foreignerPermit))
    }

    @Test("a doctor's qualification ends with a resident ID")
    func qualification() {
        #expect(ValueProbe("20101111111010519491231002X").kinds.contains(.doctorLicence))
        #expect(ValueProbe("20101111011010519491231002").kinds.contains(.doctorLicence) == false)
    }

    @Test("identity numbers may be read out: Chinese digits, and a cheque's", arguments: ["一一零一零五一九四九一二三一零零二X", "幺幺〇幺〇五幺九四九幺二三幺〇〇二X"])
    func chineseDigits(value: String) { #expect(ValueProbe(value).kinds.contains(.idCard)) }
}
