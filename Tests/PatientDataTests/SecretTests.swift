import Datastores
import Findings
import PatientData
import Regulations
import Testing

@Suite("Credentials")
struct SecretTests {
    private func judge(_ name: String, _ values: [String], comment: String? = nil) async throws -> (clear: [String], weak: [String]) {
        let table = MemoryTable(
            "users", [Column(name: "id"), Column(name: name, comment: comment)], rows: values.enumerated().map { ["\($0.offset)", $0.element] })
        let inspection = await inspect([("s", MemoryStore(tables: [table]))])
        #expect(try Catalogue.load().wording.missingKeys(inspection) == [])
        return (inspection.assets(PatientDataInspector.secretCheck), inspection.assets(PatientDataInspector.weakHashCheck))
    }

    private static let words = ["sunny", "Tiger", "qwerty", "dragon", "hello", "Summer", "orange", "Silver", "monkey", "Shadow"]

    @Test("passwords in clear text are critical, whatever the column is called by", arguments: ["password", "user_pwd", "登录密码"])
    func clear(name: String) async throws {
        let found = try await judge(name, (0..<200).map { "\(Self.words[$0 % 10])\($0 * 37 % 1_000)!" })
        #expect(found.clear == ["s/users.\(name)"] && found.weak.isEmpty)
    }

    @Test("bare digests of passwords are weak", arguments: [32, 40, 64])
    func digests(length: Int) async throws {
        var builder = ColumnBuilder()
        let found = try await judge("password", (0..<200).map { _ in builder.hex(length) })
        #expect(found.clear.isEmpty && found.weak == ["s/users.password"])
    }

    @Test("salted slow hashes are neither")
    func slow() async throws {
        var builder = ColumnBuilder()
        let alphabet = Array("./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        let found = try await judge(
            "password",
            (0..<200).map { _ in
                let digits = Array(builder.hex(106))
                return "$2b$12$"
                    + String(
                        stride(from: 0, to: 106, by: 2).map {
                            alphabet[(digits[$0].hexDigitValue ?? 0) * 4 + (digits[$0 + 1].hexDigitValue ?? 0) % 4]
                        })
            })
        #expect(found.clear.isEmpty && found.weak.isEmpty)
    }

    @Test("digests under another name are no passwords")
    func other() async throws {
        var builder = ColumnBuilder()
        let found = try await judge("file_md5", (0..<200).map { _ in builder.hex(32) })
        #expect(found.clear.isEmpty && found.weak.isEmpty)
    }
}
