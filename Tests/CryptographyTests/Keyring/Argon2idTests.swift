import Cryptography
import Testing

@Suite("Argon2id")
struct Argon2idTests {
    @Test("RFC 9106's test vector (section 5.3) holds")
    func vector() throws {
        let derived = try Argon2id.derive(
            Secret([UInt8](repeating: 1, count: 32)), salt: [UInt8](repeating: 2, count: 16), parameters: .init(unchecked: 32, 3, 4), count: 32,
            key: [UInt8](repeating: 3, count: 8), associatedData: [UInt8](repeating: 4, count: 12))
        let expected: [UInt8] = [
            0x0d, 0x64, 0x0d, 0xf5, 0x8d, 0x78, 0x76, 0x6c, 0x08, 0xc0, 0x37, 0xa3, 0x4a, 0x8b, 0x53, 0xc9, 0xd0, 0x1e, 0xf0, 0x45, 0x2d, 0x75, 0xb6,
            0x5e, 0xb5, 0x25, 0x20, 0xe9, 0x6b, 0x01, 0xe6, 0x59,
        ]
        #expect(derived.bytes == expected)
    }

    @Test("costs inside the bounds are taken", arguments: [(65_536, 1, 1), (65_536, 3, 1), (1_048_576, 16, 8)])
    func taken(_ costs: (UInt32, UInt32, UInt32)) throws {
        let parameters = try #require(Argon2id.Parameters(memory: costs.0, passes: costs.1, lanes: costs.2))
        #expect(parameters.memory == costs.0 && parameters.passes == costs.1 && parameters.lanes == costs.2)
    }

    @Test(
        "costs outside are refused: under 64 MiB, over 1 GiB, no pass, too many",
        arguments: [(65_535, 3, 1), (1_048_577, 3, 1), (UInt32.max, 3, 1), (65_536, 0, 1), (65_536, 17, 1), (65_536, 3, 0), (65_536, 3, 9)])
    func refused(_ costs: (UInt32, UInt32, UInt32)) {
        #expect(Argon2id.Parameters(memory: costs.0, passes: costs.1, lanes: costs.2) == nil)
    }

    @Test("passphrase, salt and costs each change the key")
    func sensitive() throws {
        let cheap = try #require(Argon2id.Parameters(memory: 65_536, passes: 1, lanes: 1))
        let dearer = try #require(Argon2id.Parameters(memory: 65_536, passes: 2, lanes: 1))
        let salt = [UInt8](repeating: 7, count: 16)
        let keys = try [
            Argon2id.derive(Secret(text: "correct horse"), salt: salt, parameters: cheap, count: 32),
            Argon2id.derive(Secret(text: "correct horsf"), salt: salt, parameters: cheap, count: 32),
            Argon2id.derive(Secret(text: "correct horse"), salt: [8] + salt.dropFirst(), parameters: cheap, count: 32),
            Argon2id.derive(Secret(text: "correct horse"), salt: salt, parameters: dearer, count: 32),
        ].map(\.bytes)
        #expect(Set(keys).count == 4)
    }
}
