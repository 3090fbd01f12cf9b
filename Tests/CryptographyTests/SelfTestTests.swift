import Cryptography
import Foundation
import Testing

@Suite("Self-test") struct SelfTestTests {
    private static func results(_ name: String) throws -> VectorResults {
        let file = try #require(Bundle.module.url(forResource: "Resources/vectors/\(name)", withExtension: "json"))
        return VectorRunner.run(try #require(VectorFile(try Data(contentsOf: file))))
    }

    private static func results(json: String) throws -> VectorResults { VectorRunner.run(try #require(VectorFile(Data(json.utf8)))) }

    @Test("all known answers are right on this machine")
    func knownAnswers() throws {
        #expect(KnownAnswers.count == 6)
        #expect(KnownAnswers.wrongAnswers().isEmpty)
        try KnownAnswers.require()
    }

    @Test("a wrong answer, none, and an error are told by the algorithm's name")
    func wrongAnswers() {
        let answers = [
            KnownAnswers.Answer(algorithm: "right", expected: "0102") { [1, 2] }, .init(algorithm: "wrong", expected: "0102") { [1, 3] },
            .init(algorithm: "none", expected: "") { nil }, .init(algorithm: "throws", expected: "") { throw CryptographyFailure.wrongLength },
        ]
        #expect(KnownAnswers.wrongAnswers(answers) == ["wrong", "none", "throws"])
        #expect(KnownAnswers.Failure(algorithms: ["wrong"]).description.contains("wrong"))
    }

    @Test(
        "files of vectors made with Python pass, and what Suwen doesn't use is skipped with its reason",
        arguments: [
            ("aes_gcm", 15, ["Suwen uses nonces of 96 bits only": 1, "Suwen uses keys of 256 bits only": 1]),
            ("sm4_gcm", 15, ["Suwen uses nonces of 96 bits only": 1]), ("hmac_sha256", 24, [:]), ("hmac_sm3", 24, [:]), ("hkdf_sha256", 7, [:]),
            ("aes_ff1_base", 30, ["Suwen refuses domains of fewer than 1,000,000 values": 2]), ("aes_ff1_radix", 20, [:]),
        ])
    func vectors(_ name: String, _ passed: Int, _ skipped: [String: Int]) throws {
        let results = try Self.results(name)
        #expect(results.failed == [])
        #expect(results.passed == passed)
        #expect(results.skipped == skipped)
    }

    @Test(
        "a file whose expectations are turned round fails everywhere",
        arguments: ["aes_gcm", "sm4_gcm", "hmac_sha256", "hmac_sm3", "hkdf_sha256", "aes_ff1_base", "aes_ff1_radix"])
    func reversed(_ name: String) throws {
        let file = try #require(Bundle.module.url(forResource: "Resources/vectors/\(name)", withExtension: "json"))
        let text = try String(contentsOf: file, encoding: .utf8)
        let reversed = text.replacingOccurrences(of: "\"invalid\"", with: "\"?\"").replacingOccurrences(of: "\"valid\"", with: "\"invalid\"")
            .replacingOccurrences(of: "\"?\"", with: "\"valid\"")
        let (right, wrong) = (try Self.results(name), try Self.results(json: reversed))
        #expect(!wrong.failed.isEmpty)
        #expect(wrong.failed.count + wrong.skipped.values.reduce(0, +) + wrong.passed == right.passed + right.skipped.values.reduce(0, +))
    }

    @Test("unknown algorithms are skipped, vectors that can't be read too")
    func skipped() throws {
        let unknown = #"{"algorithm":"AES-KWP","testGroups":[{"tests":[{"tcId":1,"result":"valid","key":"00","msg":"00","ct":"00"}]}]}"#
        #expect(try Self.results(json: unknown).skipped == ["Suwen doesn't use AES-KWP": 1])
        let unreadable = #"{"algorithm":"HMACSM3","testGroups":[{"tests":[{"tcId":1,"result":"valid","key":"0","msg":"zz"}]}]}"#
        #expect(try Self.results(json: unreadable).skipped == ["a field of the vector is missing or isn't hexadecimal": 1])
        for text in ["", "[]", "{}", #"{"algorithm":"AES-GCM"}"#, #"{"algorithm":"AES-GCM","testGroups":[{"tests":[{"tcId":1}]}]}"#] {
            #expect(VectorFile(Data(text.utf8)) == nil)
        }
    }
}
