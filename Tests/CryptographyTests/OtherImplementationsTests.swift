import Cryptography
import Foundation
import Testing

/// Both directions between this module and implementations of others: OpenSSL by way of PyPI's cryptography, and fastfpe (Rust).
@Suite("Agreement with other implementations") struct OtherImplementationsTests {
    /// What scripts/setup has made.
    private static let python = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent(".build/python/bin/python3")

    /// The answers to requests, in order; nil for null.
    private static func ask(_ requests: [[String: String]]) throws -> [String?] {
        try PythonScript(name: "independent", python: python).ask(requests).map { $0 as? String }
    }

    @Test("What one seals the other opens, and a changed byte neither", arguments: SealingAlgorithm.allCases)
    func aead(_ algorithm: SealingAlgorithm) throws {
        struct Case { let key, nonce, associatedData, plaintext, sealed: [UInt8] }
        let cases = try (0..<200).map { length in
            let (key, nonce, associatedData, plaintext) = (
                randomBytes(algorithm.keyLength), randomBytes(12), randomBytes(length / 3), randomBytes(length)
            )
            let sealed = try AEAD(algorithm, key: Secret(key)).seal(plaintext, nonce: nonce, associatedData: associatedData)
            return Case(key: key, nonce: nonce, associatedData: associatedData, plaintext: plaintext, sealed: sealed)
        }
        func request(_ op: String, _ one: Case, _ message: [UInt8]) -> [String: String] {
            [
                "op": op, "algorithm": algorithm.name, "key": hexadecimal(one.key), "nonce": hexadecimal(one.nonce),
                "aad": hexadecimal(one.associatedData),
                "message": hexadecimal(message),
            ]
        }
        let changed = cases.map { one in
            var sealed = one.sealed
            sealed[Int.random(in: sealed.indices)] ^= 1 << UInt8.random(in: 0..<8)
            return sealed
        }
        let answers = try Self.ask(
            cases.map { request("open", $0, $0.sealed) } + cases.map { request("seal", $0, $0.plaintext) }
                + zip(cases, changed).map { request("open", $0, $1) })
        for (index, one) in cases.enumerated() {
            #expect(answers[index] == hexadecimal(one.plaintext))
            #expect(answers[cases.count * 2 + index] == nil)
            let cipher = try AEAD(algorithm, key: Secret(one.key))
            let sealed = bytes(try #require(answers[cases.count + index]))
            #expect(try cipher.open(sealed, nonce: one.nonce, associatedData: one.associatedData) == one.plaintext)
            #expect(throws: (any Error).self) { try cipher.open(changed[index], nonce: one.nonce, associatedData: one.associatedData) }
        }
    }

    @Test("FF1: each decrypts what the other has encrypted", arguments: [2, 10, 16, 36])
    func ff1(_ radix: Int) throws {
        struct Case {
            let key, tweak: [UInt8]
            let numerals: [UInt16]
        }
        let alphabet = Array("0123456789abcdefghijklmnopqrstuvwxyz".prefix(radix))
        func text(_ numerals: [UInt16]) -> String { String(numerals.map { alphabet[Int($0)] }) }
        func numerals(_ text: String?) -> [UInt16] { (text ?? "").compactMap { alphabet.firstIndex(of: $0).map { UInt16($0) } } }
        let cases = (0..<500).map { number in
            Case(
                key: randomBytes([16, 24, 32][number % 3]), tweak: randomBytes(number % 21),
                numerals: (0..<20 + number % 40).map { _ in UInt16.random(in: 0..<UInt16(radix)) })
        }
        let ours = try cases.map { try FF1(key: Secret($0.key), radix: radix).encrypt($0.numerals, tweak: $0.tweak) }
        func request(_ op: String, _ one: Case, _ numerals: [UInt16]) -> [String: String] {
            ["op": op, "key": hexadecimal(one.key), "tweak": hexadecimal(one.tweak), "alphabet": String(alphabet), "text": text(numerals)]
        }
        let answers = try Self.ask(
            cases.map { request("ff1-encrypt", $0, $0.numerals) } + zip(cases, ours).map { request("ff1-decrypt", $0, $1) })
        for (index, one) in cases.enumerated() {
            #expect(answers[index] == text(ours[index]) && answers[cases.count + index] == text(one.numerals))
            #expect(try FF1(key: Secret(one.key), radix: radix).decrypt(numerals(answers[index]), tweak: one.tweak) == one.numerals)
        }
    }
}
