import Cryptography
import Foundation
import Testing

/// Both directions between this module and an independent implementation (Resources/reference.py, over Debian's python3-cryptography).
@Suite("Agreement with Python") struct PythonComparisonTests {

    private static func randomBytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: .min ... .max) } }
    private static func hex(_ bytes: [UInt8]) -> String { bytes.map { String(format: "%02x", $0) }.joined() }

    /// The answers to requests, in order.
    private static func ask(_ requests: [[String: Any]]) throws -> [Any] {
        let script = try #require(Bundle.module.url(forResource: "Resources/reference", withExtension: "py"))
        let lines = try requests.map { try JSONSerialization.data(withJSONObject: $0) + Data("\n".utf8) }
        let input = FileManager.default.temporaryDirectory.appendingPathComponent("suwen-reference-\(UUID().uuidString).jsonl")
        try Data(lines.joined()).write(to: input)
        defer { try? FileManager.default.removeItem(at: input) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [script.path, "run"]
        process.standardInput = try FileHandle(forReadingFrom: input)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return try data.split(separator: 0x0A).map { line in
            let object = try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
            return try #require(object["answer"])
        }
    }

    @Test("what one seals the other opens, and a changed byte neither", arguments: SealingAlgorithm.allCases)
    func aead(_ algorithm: SealingAlgorithm) throws {
        struct Case { let key, nonce, associatedData, plaintext, sealed: [UInt8] }
        let cases = try (0..<64).map { length in
            let (key, nonce, associatedData, plaintext) = (
                Self.randomBytes(algorithm.keyLength), Self.randomBytes(12), Self.randomBytes(length / 2), Self.randomBytes(length)
            )
            let sealed = try AEAD(algorithm, key: Secret(key)).seal(plaintext, nonce: nonce, associatedData: associatedData)
            return Case(key: key, nonce: nonce, associatedData: associatedData, plaintext: plaintext, sealed: sealed)
        }
        func request(_ op: String, _ one: Case, _ message: [UInt8]) -> [String: Any] {
            [
                "op": op, "algorithm": algorithm.name, "key": Self.hex(one.key), "nonce": Self.hex(one.nonce), "aad": Self.hex(one.associatedData),
                "message": Self.hex(message),
            ]
        }
        let changed = cases.map { one in one.sealed.dropLast() + [one.sealed[one.sealed.count - 1] ^ 1] }
        let answers = try Self.ask(
            cases.map { request("open", $0, $0.sealed) } + cases.map { request("seal", $0, $0.plaintext) }
                + zip(cases, changed).map { request("open", $0, Array($1)) })
        #expect(answers.count == cases.count * 3)
        for (index, one) in cases.enumerated() {
            #expect(answers[index] as? String == Self.hex(one.plaintext))
            let sealed = bytes(try #require(answers[cases.count + index] as? String))
            let cipher = try AEAD(algorithm, key: Secret(one.key))
            #expect(try cipher.open(sealed, nonce: one.nonce, associatedData: one.associatedData) == one.plaintext)
            #expect(answers[cases.count * 2 + index] is NSNull)
        }
    }

    @Test("FF1 gives the same, both ways", arguments: [2, 10, 36, 1_000, 65_536])
    func ff1(_ radix: Int) throws {
        let key = Self.randomBytes(32)
        let cipher = try FF1(key: Secret(key), radix: radix)
        let cases = (20..<60).map { length in
            (numerals: (0..<length).map { _ in UInt16.random(in: 0...UInt16(radix - 1)) }, tweak: Self.randomBytes(length % 20))
        }
        let answers = try Self.ask(
            ["ff1-encrypt", "ff1-decrypt"].flatMap { op in
                cases.map { ["op": op, "key": Self.hex(key), "radix": radix, "tweak": Self.hex($0.tweak), "numerals": $0.numerals.map { Int($0) }] }
            })
        #expect(answers.count == cases.count * 2)
        for (index, one) in cases.enumerated() {
            #expect(answers[index] as? [Int] == (try cipher.encrypt(one.numerals, tweak: one.tweak)).map { Int($0) })
            #expect(answers[cases.count + index] as? [Int] == (try cipher.decrypt(one.numerals, tweak: one.tweak)).map { Int($0) })
        }
    }
}
