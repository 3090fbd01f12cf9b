import Datastores
import PatientData
import ReferenceData

/// Makes columns of synthetic values. The same seed makes the same values.
struct ColumnBuilder {
    private var state: UInt64

    init(seed: UInt64 = 1) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    /// SplitMix64 (Steele, Lea and Flood 2014).
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }
    mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }
    mutating func digits(_ count: Int) -> String { String((0..<count).map { _ in Character("\(below(10))") }) }
    func padded(_ number: Int, _ width: Int) -> String { String(repeating: "0", count: max(0, width - "\(number)".count)) + "\(number)" }

    mutating func values(_ count: Int, _ make: (inout ColumnBuilder) -> String) -> [String] {
        var values: [String] = []
        for _ in 0..<count { values.append(make(&self)) }
        return values
    }

    mutating func date(from first: Int, to last: Int) -> String { date(from: first, to: last, separator: "-") }

    mutating func date(from first: Int, to last: Int, separator: String) -> String {
        "\(first + below(last - first))\(separator)\(padded(1 + below(12), 2))\(separator)\(padded(1 + below(28), 2))"
    }

    mutating func idCard() -> String {
        let region = AdministrativeDivision.counties[below(AdministrativeDivision.counties.count)].code
        let stem = "\(region)" + date(from: 1930, to: 2015, separator: "") + padded(1 + below(998), 3)
        return stem + (ResidentID.checkCharacter(of: Array(stem.utf8)).map { String(decoding: [$0], as: UTF8.self) } ?? "")
    }

    mutating func mobile() -> String { String(decoding: pick(MobilePrefixes.personal), as: UTF8.self) + digits(8) }

    /// Family names as often as they are borne.
    mutating func name() -> String {
        let names = Surnames.single.prefix(200)
        var left = below(names.reduce(0) { $0 + $1.weight })
        let surname =
            names.first { entry in
                left -= entry.weight
                return left < 0
            }?.name ?? "王"
        return surname + pick(GivenNames.male) + (below(4) > 0 ? pick(GivenNames.female) : "")
    }

    mutating func address() -> String {
        let county = AdministrativeDivision.counties[below(AdministrativeDivision.counties.count)]
        return county.province + (county.prefecture ?? "") + (county.county ?? "") + pick(["人民路", "解放大道", "新华街", "滨江东路"])
            + "\(1 + below(300))号"
            + "\(1 + below(20))栋\(101 + below(2000))室"
    }

    mutating func bankCard() -> String {
        let issuer = pick(BankIssuer.all)
        let stem = "\(issuer.prefix)" + digits(issuer.length - 7)
        return stem + (Luhn.checkDigit(of: Array(stem.utf8)).map { String(decoding: [$0], as: UTF8.self) } ?? "")
    }

    mutating func hex(_ count: Int) -> String { String((0..<count).map { _ in pick(Array("0123456789abcdef")) }) }

    /// Base64 of random bytes.
    mutating func base64(bytes: Int) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let length = (bytes * 8 + 5) / 6
        return String((0..<length).map { _ in pick(alphabet) }) + String(repeating: "=", count: (4 - length % 4) % 4)
    }

    mutating func diagnosis() -> String {
        pick(["高血压病2级", "2型糖尿病", "慢性胃炎", "急性支气管炎", "冠心病", "颈椎病", "过敏性鼻炎", "腰椎间盘突出", "脑梗死", "甲状腺结节", "肺炎", "失眠", "湿疹", "带状疱疹", "胆囊结石"])
    }

    mutating func drug() -> String {
        pick(["阿莫西林胶囊", "氨氯地平片", "二甲双胍缓释片", "布洛芬混悬液", "头孢克肟颗粒", "奥美拉唑肠溶胶囊", "氯雷他定片", "连花清瘟胶囊", "硝苯地平控释片", "阿托伐他汀钙片", "甘精胰岛素注射液", "红霉素软膏"])
            + pick(["", " 0.25g×24粒", " 5mg×28片", "（10ml）"])
    }
}

/// Classifies values as one column.
func verdict(_ column: String, comment: String? = nil, type: String = "varchar(64)", _ values: [String?]) -> ColumnVerdict {
    var batch = ColumnBatch()
    for value in values {
        if let value { batch.append(value.utf8) } else { batch.appendNull() }
    }
    var tally = ColumnTally()
    tally.add(batch)
    return ColumnClassifier().verdict(on: Column(name: column, type: type, comment: comment), tally)
}
