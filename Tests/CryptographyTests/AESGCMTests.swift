import Cryptography
import Testing

@Suite struct AESGCMTests {
    private static let zeros = [UInt8](repeating: 0, count: 32)
    private static let nonce = [UInt8](repeating: 0, count: 12)

    private static func bytes(_ hex: String) -> [UInt8] {
        let digits = Array(hex)
        return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
    }

    @Test(
        "agrees with the test cases 13 and 14 of McGrew and Viega's specification",
        arguments: [
            ("", "530f8afbc74536b9a963b4f1c4cb738b"),
            ("00000000000000000000000000000000", "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"),
        ])
    func vectors(_ plaintext: String, _ sealed: String) throws {
        let cipher = try AESGCM(key: Secret(Self.zeros))
        #expect(try cipher.seal(Self.bytes(plaintext), nonce: Self.nonce) == Self.bytes(sealed))
        #expect(try cipher.open(Self.bytes(sealed), nonce: Self.nonce) == Self.bytes(plaintext))
    }

    @Test("sealing into lent memory gives the same bytes, and refuses memory of another length", arguments: [0, 1, 16, 300])
    func lentMemory(_ length: Int) throws {
        let cipher = try AESGCM(key: Secret(Self.zeros))
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
            let output = try sealed(capacity: length + AESGCM.tagLength, nonce: nonce)
            #expect(try output == cipher.seal(plaintext, nonce: nonce))
            #expect(try cipher.open(output, nonce: nonce) == plaintext)
        }
        #expect(throws: AESGCM.Failure.wrongLength) { try sealed(capacity: length + AESGCM.tagLength - 1, nonce: Self.nonce) }
        #expect(throws: AESGCM.Failure.wrongLength) { try sealed(capacity: length + AESGCM.tagLength + 1, nonce: Self.nonce) }
        #expect(throws: AESGCM.Failure.wrongLength) { try sealed(capacity: length + AESGCM.tagLength, nonce: [1, 2]) }
    }

    @Test("a changed byte, nonce, key or associated data is noticed")
    func tampering() throws {
        let cipher = try AESGCM(key: Secret(Self.zeros))
        let sealed = try cipher.seal(Array("plain".utf8), nonce: Self.nonce, associatedData: [1, 2])
        #expect(try cipher.open(sealed, nonce: Self.nonce, associatedData: [1, 2]) == Array("plain".utf8))
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: AESGCM.Failure.notAuthentic) { try cipher.open(changed, nonce: Self.nonce, associatedData: [1, 2]) }
        }
        #expect(throws: AESGCM.Failure.notAuthentic) { try cipher.open(sealed, nonce: Self.nonce, associatedData: [1]) }
        #expect(throws: AESGCM.Failure.notAuthentic) { try cipher.open([], nonce: Self.nonce) }
        #expect(throws: AESGCM.Failure.wrongLength) { try cipher.seal([], nonce: [0]) }
        #expect(throws: AESGCM.Failure.wrongLength) { try AESGCM(key: Secret([1, 2, 3])) }
    }
}
