import Cryptography

extension ExpressionFunction {
    static let digestFunctions: [ExpressionFunction] =
        Digest.allCases.map { digest in
            map(digest.rawValue) { (bytes) throws(EvaluationError) in
                guard let hash = digest.hash(bytes) else { throw .argument("a digest that this machine forbids") }
                return Bytes.hexadecimal(hash)
            }
        } + [
            // The public language gives the 32 bits as a signed number, in decimal, as text.
            map("mmh3") { Array(String(Int32(bitPattern: MurmurHash3.hash32($0))).utf8) },
            ExpressionFunction(name: "hmac", arguments: 3...3) { (values, _) throws(EvaluationError) in
                let name = values[0].string
                guard let digest = Digest(rawValue: name), let mac = hmac(digest, values.bytes(1), key: values.bytes(2)) else {
                    throw .argument("an unknown digest")
                }
                return .text(Bytes.hexadecimal(mac))
            },
        ]

    /// RFC 2104.
    private static func hmac(_ digest: Digest, _ message: [UInt8], key: [UInt8]) -> [UInt8]? {
        var padded = key
        if padded.count > digest.blockLength {
            guard let hashed = digest.hash(padded) else { return nil }
            padded = hashed
        }
        padded += [UInt8](repeating: 0, count: digest.blockLength - padded.count)
        guard let inner = digest.hash(padded.map { $0 ^ 0x36 } + message) else { return nil }
        return digest.hash(padded.map { $0 ^ 0x5C } + inner)
    }
}

/// MurmurHash3, x86, 32 bits, seed 0 (Appleby, public domain): the hash of favicons in asset search engines.
enum MurmurHash3 {
    static func hash32(_ bytes: [UInt8]) -> UInt32 {
        var hash: UInt32 = 0
        let blocks = bytes.count / 4
        for block in 0..<blocks {
            let at = 4 * block
            let word = UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) << 16 | UInt32(bytes[at + 3]) << 24
            hash = rotate(hash ^ mix(word), 13) &* 5 &+ 0xE654_6B64
        }
        var tail: UInt32 = 0
        for (index, byte) in bytes[(4 * blocks)...].enumerated() { tail |= UInt32(byte) << UInt32(8 * index) }
        hash ^= mix(tail)
        hash ^= UInt32(truncatingIfNeeded: bytes.count)
        hash = (hash ^ hash >> 16) &* 0x85EB_CA6B
        hash = (hash ^ hash >> 13) &* 0xC2B2_AE35
        return hash ^ hash >> 16
    }

    private static func mix(_ word: UInt32) -> UInt32 { rotate(word &* 0xCC9E_2D51, 15) &* 0x1B87_3593 }

    private static func rotate(_ value: UInt32, _ bits: UInt32) -> UInt32 { value << bits | value >> (32 - bits) }
}
