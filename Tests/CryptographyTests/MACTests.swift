import Cryptography
import Testing

@Suite("HMAC and HKDF") struct MACTests {
    @Test(
        "agrees with test cases 1, 2, 3 and 6 of RFC 4231",
        arguments: [
            ([UInt8](repeating: 0x0b, count: 20), Array("Hi There".utf8), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
            (
                Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                [UInt8](repeating: 0xaa, count: 20), [UInt8](repeating: 0xdd, count: 50),
                "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
            ),
            (
                [UInt8](repeating: 0xaa, count: 131), Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ])
    func sha256(_ key: [UInt8], _ message: [UInt8], _ expected: String) throws {
        let mac = try HMAC(key: Secret(key))
        // Twice: nothing of one message may be left for the next.
        #expect(try mac.authenticate(message) == bytes(expected))
        #expect(try mac.authenticate(message) == bytes(expected))
        var output = [UInt8](repeating: 0, count: 32)
        try message.withUnsafeBytes { message in try output.withUnsafeMutableBytes { try mac.authenticate(message, into: $0) } }
        #expect(output == bytes(expected))
        #expect(throws: CryptographyFailure.wrongLength) {
            try message.withUnsafeBytes { message in
                try output.withUnsafeMutableBytes { try mac.authenticate(message, into: .init(rebasing: $0[..<31])) }
            }
        }
    }

    @Test(
        "agrees with the HMAC-SM3 examples of GM/T 0042-2015, appendix D.3",
        arguments: [
            (
                (1...32).map { UInt8($0) }, Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8),
                2, "ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a"
            ),
            ((1...37).map { UInt8($0) }, [0xcd], 50, "220bf579ded555393f0159f66c99877822a3ecf610d1552154b41d44b94db3ae"),
        ])
    func sm3(_ key: [UInt8], _ message: [UInt8], _ times: Int, _ expected: String) throws {
        let repeated = Array(repeatElement(message, count: times).joined())
        #expect(try HMAC(.sm3, key: Secret(key)).authenticate(repeated) == bytes(expected))
    }

    @Test(
        "agrees with the test cases 1 to 3 of RFC 5869",
        arguments: [
            (
                [UInt8](repeating: 0x0b, count: 22), bytes("000102030405060708090a0b0c"), bytes("f0f1f2f3f4f5f6f7f8f9"),
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
            ),
            (
                (0x00...0x4f).map { UInt8($0) }, (0x60...0xaf).map { UInt8($0) }, (0xb0...0xff).map { UInt8($0) },
                """
                b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71
                cc30c58179ec3e87c14c01d5c1f3434f1d87
                """
            ),
            (
                [UInt8](repeating: 0x0b, count: 22), [], [],
                "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
            ),
        ])
    func hkdf(_ secret: [UInt8], _ salt: [UInt8], _ info: [UInt8], _ expected: String) throws {
        let derived = try HKDF.derive(Secret(secret), salt: salt, info: info, count: bytes(expected).count)
        #expect(derived.withBytes { Array($0) } == bytes(expected))
    }

    @Test("derives 1 to 8,160 bytes and refuses other lengths; a longer key begins with the shorter one")
    func lengths() throws {
        let secret = Secret([1, 2, 3])
        let longest = try HKDF.derive(secret, info: "a", count: 8_160).withBytes { Array($0) }
        #expect(longest.count == 8_160)
        #expect(try HKDF.derive(secret, info: "a", count: 1).withBytes { Array($0) } == Array(longest.prefix(1)))
        #expect(try HKDF.derive(secret, info: "b", count: 32).withBytes { Array($0) } != Array(longest.prefix(32)))
        #expect(throws: CryptographyFailure.wrongLength) { try HKDF.derive(secret, info: "a", count: 0) }
        #expect(throws: CryptographyFailure.wrongLength) { try HKDF.derive(secret, info: "a", count: 8_161) }
        #expect(throws: CryptographyFailure.wrongLength) { try HKDF.derive(secret, info: "a", count: -1) }
    }
}
