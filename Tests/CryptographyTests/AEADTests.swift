import Cryptography
import Testing

@Suite struct AEADTests {
    private static let zeros = [UInt8](repeating: 0, count: 32)
    private static let nonce = [UInt8](repeating: 0, count: 12)

    @Test(
        "agrees with the test cases 13 and 14 of McGrew and Viega's specification",
        arguments: [
            ("", "530f8afbc74536b9a963b4f1c4cb738b"),
            ("00000000000000000000000000000000", "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"),
        ])
    func vectors(_ plaintext: String, _ sealed: String) throws {
        let cipher = try AEAD(.aes256GCM, key: Secret(Self.zeros))
        #expect(try cipher.seal(bytes(plaintext), nonce: Self.nonce) == bytes(sealed))
        #expect(try cipher.open(bytes(sealed), nonce: Self.nonce) == bytes(plaintext))
    }

    @Test(
        "agrees with test case 16 of the same and with RFC 8998, appendix A.1, which have associated data",
        arguments: [
            (
                SealingAlgorithm.aes256GCM, "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", "cafebabefacedbaddecaf888",
                """
                d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72
                1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39
                """,
                """
                522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
                8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662 76fc6ece0f4e1768cddf8853bb2d551b
                """
            ),
            (
                .sm4GCM, "0123456789abcdeffedcba9876543210", "00001234567800000000abcd",
                """
                aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd
                eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa
                """,
                """
                17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735
                d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d 83de3541e4c2b58177e065a9bf7b62ec
                """
            ),
        ])
    func associated(_ algorithm: SealingAlgorithm, _ key: String, _ nonce: String, _ plaintext: String, _ sealed: String) throws {
        let associatedData = bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2")
        let cipher = try AEAD(algorithm, key: Secret(bytes(key)))
        #expect(try cipher.seal(bytes(plaintext), nonce: bytes(nonce), associatedData: associatedData) == bytes(sealed))
        #expect(try cipher.open(bytes(sealed), nonce: bytes(nonce), associatedData: associatedData) == bytes(plaintext))
    }

    @Test("sealing into lent memory gives the same bytes, and refuses memory of another length", arguments: [0, 1, 16, 300])
    func lentMemory(_ length: Int) throws {
        let cipher = try AEAD(.aes256GCM, key: Secret(Self.zeros))
        let plaintext = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
        func sealed(capacity: Int, nonce: [UInt8]) throws -> [UInt8] {
            var output = [UInt8](repeating: 0xFF, count: capacity)
            try plaintext.withUnsafeBytes { plaintext in
                try nonce.withUnsafeBytes { nonce in
                    try output.withUnsafeMutableBytes { try cipher.seal(plaintext, nonce: nonce, into: $0) }
                }
            }
            return output
        }
        // Twice with one handle: nothing of one value may be left for the next.
        for nonce in [Self.nonce, [UInt8](repeating: 7, count: 12)] {
            let output = try sealed(capacity: length + AEAD.tagLength, nonce: nonce)
            #expect(try output == cipher.seal(plaintext, nonce: nonce))
            #expect(try cipher.open(output, nonce: nonce) == plaintext)
        }
        #expect(throws: CryptographyFailure.wrongLength) { try sealed(capacity: length + AEAD.tagLength - 1, nonce: Self.nonce) }
        #expect(throws: CryptographyFailure.wrongLength) { try sealed(capacity: length + AEAD.tagLength + 1, nonce: Self.nonce) }
        #expect(throws: CryptographyFailure.wrongLength) { try sealed(capacity: length + AEAD.tagLength, nonce: [1, 2]) }
    }

    @Test("a changed byte, nonce, key or associated data is noticed")
    func tampering() throws {
        let cipher = try AEAD(.aes256GCM, key: Secret(Self.zeros))
        let sealed = try cipher.seal(Array("plain".utf8), nonce: Self.nonce, associatedData: [1, 2])
        #expect(try cipher.open(sealed, nonce: Self.nonce, associatedData: [1, 2]) == Array("plain".utf8))
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: CryptographyFailure.notAuthentic) { try cipher.open(changed, nonce: Self.nonce, associatedData: [1, 2]) }
        }
        #expect(throws: CryptographyFailure.notAuthentic) { try cipher.open(sealed, nonce: Self.nonce, associatedData: [1]) }
        #expect(throws: CryptographyFailure.notAuthentic) { try cipher.open([], nonce: Self.nonce) }
        #expect(throws: CryptographyFailure.wrongLength) { try cipher.seal([], nonce: [0]) }
        #expect(throws: CryptographyFailure.wrongLength) { try AEAD(.aes256GCM, key: Secret([1, 2, 3])) }
    }
}
