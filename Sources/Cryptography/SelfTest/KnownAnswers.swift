/// Known answers of the algorithms that seal: each sealing command asks for them before it touches anything, so that a damaged library or processor
/// is noticed before it makes values that nobody can open. Takes about a millisecond.
package enum KnownAnswers {
    /// Names the algorithms whose answer is wrong.
    package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        package let algorithms: [String]

        package init(algorithms: [String]) { self.algorithms = algorithms }

        package var description: String {
            "this machine computes wrong known answers of \(algorithms.joined(separator: ", ")); nothing was sealed; check libgcrypt and the hardware"
        }
    }

    /// Throws when any answer is wrong.
    package static func require() throws(Failure) {
        let failed = wrongAnswers()
        guard failed.isEmpty else { throw Failure(algorithms: failed) }
    }

    /// How many answers there are.
    package static var count: Int { answers.count }

    package static func wrongAnswers() -> [String] { wrongAnswers(answers) }

    package static func wrongAnswers(_ answers: [Answer]) -> [String] {
        answers.filter { answer in (try? answer.compute()) != hexadecimal(answer.expected) }.map(\.algorithm)
    }

    package struct Answer: Sendable {
        let algorithm: String
        let expected: StaticString
        let compute: @Sendable () throws -> [UInt8]?

        /// - Parameter expected: in hexadecimal.
        package init(algorithm: String, expected: StaticString, compute: @escaping @Sendable () throws -> [UInt8]?) {
            self.algorithm = algorithm
            self.expected = expected
            self.compute = compute
        }
    }

    private static let answers: [Answer] = [
        // McGrew and Viega's specification, test case 16.
        Answer(
            algorithm: "AES-256-GCM",
            expected:
                "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b"
        ) {
            try seal(
                .aes256GCM, key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", nonce: "cafebabefacedbaddecaf888",
                "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39")
        },
        // RFC 8998, appendix A.1.
        Answer(
            algorithm: "SM4-GCM",
            expected:
                "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d83de3541e4c2b58177e065a9bf7b62ec"
        ) {
            try seal(
                .sm4GCM, key: "0123456789abcdeffedcba9876543210", nonce: "00001234567800000000abcd",
                "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccddddddddddddddddeeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa"
            )
        },
        // RFC 4231, test case 2.
        Answer(algorithm: "HMAC-SHA-256", expected: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843") {
            try HMAC(.sha256, key: Secret(Array("Jefe".utf8))).authenticate(Array("what do ya want for nothing?".utf8))
        },
        // GM/T 0042-2015, appendix D.3.
        Answer(algorithm: "HMAC-SM3", expected: "220bf579ded555393f0159f66c99877822a3ecf610d1552154b41d44b94db3ae") {
            try HMAC(.sm3, key: Secret((1...37).map { UInt8($0) })).authenticate([UInt8](repeating: 0xCD, count: 50))
        },
        // RFC 5869, test case 1.
        Answer(algorithm: "HKDF-SHA-256", expected: "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865") {
            try HKDF.derive(
                Secret([UInt8](repeating: 0x0B, count: 22)), salt: (0...12).map { UInt8($0) }, info: (0xF0...0xF9).map { UInt8($0) }, count: 42
            ).withBytes { Array($0) }
        },
        // NIST, FF1 sample 7: 0123456789 becomes 6657667009.
        Answer(algorithm: "FF1-AES-256", expected: "06060507060607000009") {
            let cipher = try FF1(key: Secret(hexadecimal("2b7e151628aed2a6abf7158809cf4f3cef4359d8d580aa4f7f036d6f04fc6a94")), radix: 10)
            let plaintext = (0...9).map { UInt16($0) }
            let ciphertext = try cipher.encrypt(plaintext)
            guard try cipher.decrypt(ciphertext) == plaintext else { return nil }
            return ciphertext.map { UInt8($0) }
        },
    ]

    /// What was sealed is opened too, and refused once it is changed.
    private static func seal(_ algorithm: SealingAlgorithm, key: StaticString, nonce: StaticString, _ plaintext: StaticString) throws -> [UInt8]? {
        let cipher = try AEAD(algorithm, key: Secret(hexadecimal(key)))
        let (nonce, plaintext) = (hexadecimal(nonce), hexadecimal(plaintext))
        let associatedData = hexadecimal("feedfacedeadbeeffeedfacedeadbeefabaddad2")
        let sealed = try cipher.seal(plaintext, nonce: nonce, associatedData: associatedData)
        guard try cipher.open(sealed, nonce: nonce, associatedData: associatedData) == plaintext else { return nil }
        var changed = sealed
        changed[0] ^= 1
        guard (try? cipher.open(changed, nonce: nonce, associatedData: associatedData)) == nil else { return nil }
        return sealed
    }

    private static func hexadecimal(_ text: StaticString) -> [UInt8] { Hexadecimal.decode(String(describing: text)) ?? [] }
}
