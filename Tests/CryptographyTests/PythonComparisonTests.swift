import Cryptography
import Testing

/// FF1 in every radix, both ways, beside an implementation of our own from the standard (Resources/reference.py): fastfpe has 36 digits at most.
@Suite("Agreement with Python") struct PythonComparisonTests {
    @Test("FF1 gives the same, both ways", arguments: [2, 10, 36, 1_000, 65_536])
    func ff1(_ radix: Int) throws {
        let key = randomBytes(32)
        let cipher = try FF1(key: Secret(key), radix: radix)
        let cases = (20..<60).map { length in
            (numerals: (0..<length).map { _ in UInt16.random(in: 0...UInt16(radix - 1)) }, tweak: randomBytes(length % 20))
        }
        let answers = try PythonScript(name: "reference", arguments: ["run"]).ask(
            ["ff1-encrypt", "ff1-decrypt"].flatMap { op in
                cases.map {
                    ["op": op, "key": hexadecimal(key), "radix": radix, "tweak": hexadecimal($0.tweak), "numerals": $0.numerals.map { Int($0) }]
                }
            })
        #expect(answers.count == cases.count * 2)
        for (index, one) in cases.enumerated() {
            #expect(answers[index] as? [Int] == (try cipher.encrypt(one.numerals, tweak: one.tweak)).map { Int($0) })
            #expect(answers[cases.count + index] as? [Int] == (try cipher.decrypt(one.numerals, tweak: one.tweak)).map { Int($0) })
        }
    }
}
