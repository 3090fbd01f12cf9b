import Foundation
import PatientData
import Testing

/// Columns that Faker's Chinese providers make (Debian's python3-fake-factory), which know nothing of this detector.
@Suite("Columns by Faker zh_CN")
struct FakerTests {
    private static let columns: [String: [String]] = {
        guard let script = Bundle.module.url(forResource: "faker_columns", withExtension: "py", subdirectory: "Resources") else { return [:] }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [script.path]
        let output = Pipe()
        process.standardOutput = output
        do { try process.run() } catch { return [:] }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (try? JSONDecoder().decode([String: [String]].self, from: data)) ?? [:]
    }()

    /// Kind, Faker's column, honest names and abbreviations.
    private static let named: [(DataKind, String, [String])] = [
        (.name, "name", ["姓名", "patient_name", "xm", "name"]), (.idCard, "idCard", ["身份证号", "id_card", "sfzh"]),
        (.mobile, "mobile", ["手机号", "mobile", "sjh", "phone"]), (.address, "address", ["家庭住址", "address", "jtzz"]),
        (.email, "email", ["邮箱", "email", "dzyx"]), (.bankCard, "bankCard", ["银行卡号", "bank_card", "yhkh"]),
        (.birthDate, "birthDate", ["出生日期", "birth_date", "csrq"]), (.ipAddress, "ipv4", ["登录IP", "ip_address", "ip"]),
        (.ipAddress, "ipv6", ["登录IP", "client_ip"]), (.macAddress, "mac", ["MAC地址", "mac_addr"]),
        (.employer, "employer", ["工作单位", "employer", "gzdw"]),
        (.occupation, "occupation", ["职业", "occupation", "zymc"]), (.postcode, "postcode", ["邮政编码", "zip_code", "yzbm"]),
        (.geoLocation, "latitude", ["纬度", "latitude"]), (.geoLocation, "longitude", ["经度", "longitude"]),
        (.password, "password", ["密码", "user_pwd"]),
    ]

    /// Kinds that their values prove by themselves, by a check digit, a form or statistics.
    private static let unnamed: [(DataKind, String)] = [
        (.name, "name"), (.idCard, "idCard"), (.mobile, "mobile"), (.address, "address"), (.email, "email"), (.bankCard, "bankCard"),
        (.birthDate, "birthDate"), (.ipAddress, "ipv4"), (.ipAddress, "ipv6"), (.macAddress, "mac"),
    ]

    /// Undecidable without a name: a company may be an employer or a supplier, a job somebody's or a vacancy, six digits a postcode or a counter,
    /// degrees a position or a measure; a password is any text.
    private static let undecidable: [(DataKind, String)] = [
        (.employer, "employer"), (.occupation, "occupation"), (.postcode, "postcode"), (.geoLocation, "latitude"), (.geoLocation, "longitude"),
        (.password, "password"),
    ]

    private static let nothing = [
        "isbn13", "isbn10", "ean13", "ean8", "uuid", "md5", "sha1", "sha256", "city", "province", "street", "country", "userName", "url", "fileName",
        "color", "hexColor", "word", "sentence", "text", "timestamp", "time", "epoch", "slogan", "userAgent", "iban", "number", "price", "boolean",
        "currency", "mimeType", "domain",
    ]

    private func values(_ label: String) throws -> [String] {
        let values = try #require(Self.columns[label], "Faker made no column \(label); scripts/setup installs python3-fake-factory")
        #expect(values.count == 400)
        return values
    }

    @Test("an honest name or its abbreviation and the values agree", arguments: named)
    func honest(kind: DataKind, label: String, names: [String]) throws {
        for name in names {
            let found = verdict(name, try values(label))
            #expect(found.kind == kind && found.isInClear, "\(name): \(found.kind) \(found.share)")
        }
    }

    @Test("what has a form of its own needs no name", arguments: unnamed)
    func meaningless(kind: DataKind, label: String) throws {
        for name in ["c1", "col_7", "字段3"] {
            let found = verdict(name, try values(label))
            #expect(found.kind == kind && found.isInClear, "\(name): \(found.kind) \(found.share)")
        }
    }

    @Test("what has none is nothing else without its name", arguments: undecidable)
    func undecided(kind: DataKind, label: String) throws {
        let found = verdict("c1", try values(label)).kind
        #expect(found == kind || found == .none, "\(found)")
    }

    @Test("what belongs to nobody is nothing", arguments: nothing)
    func none(label: String) throws {
        let found = verdict("c1", try values(label))
        #expect(found.kind == .none, "\(found.kind) \(found.share)")
    }
}
