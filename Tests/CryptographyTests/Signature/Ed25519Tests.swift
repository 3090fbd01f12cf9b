import Cryptography
import Foundation
import Testing

@Suite("Ed25519")
struct Ed25519Tests {
    struct Vector: Sendable { let seed, publicKey, message, signature: String }

    /// RFC 8032, section 7.1: tests 1, 2, 3 and SHA(abc).
    static let vectors = [
        Vector(
            seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            publicKey: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", message: "",
            signature:
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
        Vector(
            seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            publicKey: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", message: "72",
            signature:
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
        Vector(
            seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            publicKey: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", message: "af82",
            signature:
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
        Vector(
            seed: "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
            publicKey: "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
            message:
                "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            signature:
                "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"),
    ]

    @Test("The vectors of RFC 8032", arguments: vectors)
    func known(_ vector: Vector) throws {
        let key = try Ed25519PrivateKey(seed: Secret(bytes(vector.seed)))
        #expect(key.publicKey.bytes == bytes(vector.publicKey))
        #expect(try key.sign(bytes(vector.message)) == bytes(vector.signature))
        #expect(key.publicKey.verifies(bytes(vector.signature), of: bytes(vector.message)))
    }

    @Test("A changed bit of message, signature or key verifies no more")
    func changed() throws {
        let key = try Ed25519PrivateKey()
        let message = Array("kept for 184 days\n".utf8)
        let signature = try key.sign(message)
        for index in message.indices {
            var other = message
            other[index] ^= 1
            #expect(!key.publicKey.verifies(signature, of: other))
        }
        for bit in 0..<512 {
            var other = signature
            other[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!key.publicKey.verifies(other, of: message), "bit \(bit)")
        }
        for bit in 0..<256 {
            var other = key.publicKey.bytes
            other[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(Ed25519PublicKey(other)?.verifies(signature, of: message) != true, "bit \(bit)")
        }
        #expect(key.publicKey.verifies(signature, of: message))
    }

    @Test("A signature whose scalar is the order too large is refused, although the equation holds")
    func malleable() throws {
        let vector = Self.vectors[1]
        var signature = bytes(vector.signature)
        let order = bytes("edd3f55c1a631258d69cf7a2def9de14") + [UInt8](repeating: 0, count: 15) + [0x10]
        var carry = 0
        for index in 0..<32 {
            let sum = Int(signature[32 + index]) + Int(order[index]) + carry
            signature[32 + index] = UInt8(truncatingIfNeeded: sum)
            carry = sum >> 8
        }
        let key = try #require(Ed25519PublicKey(bytes(vector.publicKey)))
        #expect(carry == 0)
        #expect(!key.verifies(signature, of: bytes(vector.message)))
    }

    @Test("Wrong lengths and points that are none are refused, not crashed on")
    func malformed() throws {
        #expect(throws: CryptographyFailure.wrongLength) { try Ed25519PrivateKey(seed: Secret([1, 2, 3])) }
        #expect(Ed25519PublicKey([UInt8](repeating: 0, count: 31)) == nil)
        for fill in UInt8.min ... .max {
            // Some are points, some are none; none has signed.
            guard let key = Ed25519PublicKey([UInt8](repeating: fill, count: 32)) else { continue }
            #expect(!key.verifies([UInt8](repeating: fill, count: 64), of: [1]))
            #expect(!key.verifies([UInt8](repeating: 1, count: 63), of: [1]))
            #expect(!key.verifies([], of: []))
        }
        var points = 0
        for _ in 0..<1_000 {
            guard let key = Ed25519PublicKey(randomBytes(32)) else { continue }
            points += 1
            #expect(!key.verifies(randomBytes(63) + [0], of: [1]))
        }
        // Half of all numbers are a point's coordinate.
        #expect((350..<650).contains(points))
    }

    /// libgcrypt 1.10 aborts the process on these: coordinates not below the prime, short y, short x.
    @Test("Points that would end the process are refused")
    func deadlyPoints() {
        for low in UInt8(0xED)...0xFF {
            for top in [UInt8(0x7F), 0xFF] { #expect(Ed25519PublicKey([low] + [UInt8](repeating: 0xFF, count: 30) + [top]) == nil) }
        }
        for count in 0...24 {
            for _ in 0..<20 { #expect(Ed25519PublicKey(randomBytes(count) + [UInt8](repeating: 0, count: 32 - count)) == nil) }
        }
        for shortX in [
            "b3f43ec8d28feaf524456200c6bd742bd13a87a6d38770625a9810f219fd1a0f", "ace2de7cebada1336a166f63816700d7db2f4b01cfae3b9ba3743e1aa6c487b6",
            "cd6da90b646219b1e42094ee963efed9d9b2d351928feb7510e0d5f5712934ff", "20f8cbe25b4366d84aca3d43eb9f25428b3b88790b955c8286297d47c0d4e28f",
        ] { #expect(Ed25519PublicKey(bytes(shortX)) == nil) }
    }

    @Test("Agrees with OpenSSL by way of Python, in both directions")
    func python() throws {
        let seeds = (0..<40).map { _ in randomBytes(32) }
        let messages = (0..<40).map { randomBytes($0 * 7) }
        let script = PythonScript(name: "signature")
        let signed = try script.ask(
            zip(seeds, messages).map { ["op": "sign", "seed": hexadecimal($0), "message": hexadecimal($1)] })
        var requests: [[String: String]] = []
        for (index, answer) in signed.enumerated() {
            let key = try Ed25519PrivateKey(seed: Secret(seeds[index]))
            let signature = try key.sign(messages[index])
            #expect(answer as? String == hexadecimal(key.publicKey.bytes + signature))
            requests.append([
                "op": "verify", "public": hexadecimal(key.publicKey.bytes), "signature": hexadecimal(signature),
                "message": hexadecimal(messages[index]),
            ])
        }
        #expect(try script.ask(requests).allSatisfy { $0 as? Bool == true })
    }
}
