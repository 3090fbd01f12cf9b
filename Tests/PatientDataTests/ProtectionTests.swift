import PatientData
import Testing

@Suite("Protection of single values")
struct ProtectionTests {
    @Test(
        "masked values are recognised",
        arguments: [
            "138****5678", "张**", "张*", "张*丰", "110***********1234", "******", "1990-**-**", "a***@example.org", "广东******", "138xxxx5678",
            "李某某",
            "张某",
            "138＊＊＊＊5678", "6222 **** **** 1234", "●●●●", "****",
        ])
    func masked(value: String) { #expect(ValueProbe(value).protection == .masked, "\(value)") }

    @Test(
        "hashes are recognised",
        arguments: [
            "5d41402abc4b2a76b9719d911017c592", "AAF4C61DDCC5E8A2DABEDE0F3B482CD9AEA9434D",
            "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
            "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW", "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub",
        ])
    func hashed(value: String) { #expect(ValueProbe(value).protection == .hashed, "\(value)") }

    @Test(
        "ciphertexts are recognised",
        arguments: [
            "vault:v1:8SDd3WHDOjf7mq69CyCqYjBXAiQQAVZRkFM13ok481zoCmHnSeDX9vyf7w==", "k1Vf0bNvT3x8sQm2LwYcZ7RrJq9aUe5Hd4PgXo6BiSk=",
            "\\x9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a0812",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08129a", "ENC(G6N718UuyPE5bHyWKyuLQSm02auQPUtm)",
            "R2bT0yXc8LqP1vZm5KdWf7Ns3HjAeUo9",
        ])
    func encrypted(value: String) { #expect(ValueProbe(value).protection == .encrypted, "\(value)") }

    @Test(
        "readable values are not protected",
        arguments: [
            "13800138000", "王小明", "苯磺酸氨氯地平片 5mg*28片", "https://example.org/path/to/page", "administrator_password",
            "PatientRecordServiceImplementation",
            "123e4567-e89b-42d3-a456-426614174000", "20251124000000000000000000000001", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "AMOXICILLIN CAPSULES 0.25G",
            "11010519491231002X", "zhang.san@example.org", "高血压病2级", "某三甲医院",
        ])
    func plaintext(value: String) { #expect(ValueProbe(value).protection == .plaintext, "\(value)") }

    @Test("words that stand for no value are blank", arguments: ["", " ", "-", "无", "NULL", "N/A", "不详", "0"])
    func blank(value: String) { #expect(ValueProbe(value).protection == .empty) }

    @Test("bytes that are no text crash nothing and prove nothing")
    func arbitraryBytes() {
        var random = SystemRandomNumberGenerator()
        for length in 0..<600 {
            let bytes = (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            let kinds = ValueProbe(bytes: bytes).kinds
            #expect(!kinds.contains(.idCard) && !kinds.contains(.bankCard))
        }
        // Characters cut in the middle, at every place.
        let text = Array("广东省广州市天河区体育西路１００号，张三，𠮷野家，苯磺酸氨氯地平片 5mg*28片".utf8)
        for start in text.indices {
            for end in start...text.count { _ = ValueProbe(bytes: Array(text[start..<end])) }
        }
    }
}
