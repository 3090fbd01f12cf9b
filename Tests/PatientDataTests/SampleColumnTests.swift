import Datastores
import PatientData
import ReferenceData
import Samples
import Testing

@Suite("Columns by Suwen's own generator")
struct SampleColumnTests {
    private static let kinds: [DataKind] = [
        .medicalRecordNumber, .name, .sex, .idCard, .mobile, .birthDate, .address, .email, .bankCard, .diagnosis, .prescription, .none,
    ]
    private static let chinese = ["患者编号", "姓名", "性别", "身份证号", "手机号", "出生日期", "家庭住址", "电子邮箱", "银行卡号", "诊断", "处方", "就诊日期"]
    private static let english = [
        "patient_no", "name", "sex", "id_card", "mobile", "birth_date", "address", "email", "bank_card", "diagnosis", "prescription", "visit_date",
    ]
    private static let pinyin = ["brbh", "xm", "xb", "sfzh", "sjh", "csrq", "jtzz", "dzyx", "yhkh", "zd", "cf", "jzrq"]
    private static let meaningless = (1...12).map { "c\($0)" }

    @Test("the right kinds under Chinese, English, abbreviated and meaningless names", arguments: [chinese, english, pinyin, meaningless])
    func names(_ names: [String]) throws {
        let patients = SamplePatients(rows: 3_000, seed: 9, referenceDate: try #require(CivilDate(year: 2026, month: 1, day: 1)))
        var tallies = names.map { _ in ColumnTally() }
        try patients.generate { batch in
            for (index, column) in batch.columns.enumerated() { tallies[index].add(column) }
        }
        let columns = zip(names, patients.table.columns).map { Column(name: $0, type: $1.type) }
        let verdicts = ColumnClassifier().verdicts(on: Table(name: "t", columns: columns), tallies: tallies, isComplete: true)
        // Numbers of patients are undecidable without a name; 男 and 女 beside persons aren't.
        let expected = Self.kinds.map { $0 == .medicalRecordNumber && names == Self.meaningless ? DataKind.none : $0 }
        #expect(verdicts.map(\.kind) == expected)
        for verdict in verdicts where verdict.kind != .none { #expect(verdict.share > 0.9 && verdict.isInClear, "\(verdict.kind)") }
    }
}
