import Cryptography
import Testing

@Suite("SHA-256")
struct SHA256Tests {
    /// FIPS 180-4's examples.
    @Test(
        "the standard's examples hold",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ])
    func examples(text: String, digest: String) {
        #expect(SHA256.hex(text) == digest)
    }
}

@Suite("Secrets in memory")
struct SecretTests {
    @Test("a secret lends its bytes and a C string, and has no description of its own")
    func lending() {
        let secret = Secret(Array("pässword".utf8))
        #expect(secret.withBytes { Array($0) } == Array("pässword".utf8))
        #expect(secret.withCString { String(cString: $0) } == "pässword")
        #expect(!"\(secret)".contains("pässword"))
        #expect(Secret([]).count == 0)
    }
}
