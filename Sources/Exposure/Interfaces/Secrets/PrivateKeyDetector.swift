import Findings

/// Private keys: PEM (RFC 7468), OpenSSH's own form, and the bare base64 of PKCS #8 and PKCS #1 that front ends keep to decrypt passwords with.
enum PrivateKeyDetector {
    private static let longest = 16 << 10

    static func hits(_ text: SecretText) -> [SecretHit] { pem(text) + bare(text) }

    private static func pem(_ text: SecretText) -> [SecretHit] {
        text.places(of: "-----BEGIN ").compactMap { place in
            let label = text.run(from: place + 11, most: 40) { $0 != UInt8(ascii: "-") }
            let name = String(decoding: label, as: UTF8.self)
            guard name.hasSuffix("PRIVATE KEY"), text.run(from: label.endIndex, most: 5, { $0 == UInt8(ascii: "-") }).count == 5 else { return nil }
            let body = base64(text, from: label.endIndex + 5)
            guard let key = Base64Text.decode(body), isPrivateKey(key, isEncrypted: name.hasPrefix("ENCRYPTED")) else { return nil }
            return SecretHit(.privateKey, length: body.count, severity: name.hasPrefix("ENCRYPTED") ? .medium : .critical, offset: place)
        }
    }

    /// Up to the closing line; line ends may be written as `\n`, and lines be joined from several literals.
    private static func base64(_ text: SecretText, from start: Int) -> [UInt8] {
        var body: [UInt8] = []
        var index = start
        while let byte = text[index], body.count < longest, byte != UInt8(ascii: "-") {
            if byte == UInt8(ascii: "\\") {
                index += 2
                continue
            }
            index += 1
            if SecretText.isBase64(byte) {
                // A plus between quotation marks joins literals; inside a line it is a digit.
                let isJoint = byte == UInt8(ascii: "+") && (isGap(text[index]) || isGap(text[index - 2]))
                if !isJoint { body.append(byte) }
            } else if !isGap(byte) {
                return []
            }
        }
        return body
    }

    private static func isGap(_ byte: UInt8?) -> Bool { byte.map { $0 <= 0x20 || SecretText.isQuote($0) } ?? true }

    private static func bare(_ text: SecretText) -> [SecretHit] {
        text.places(of: "MII").compactMap { place in
            guard text[place - 1].map(SecretText.isQuote) == true, let literal = text.literal(at: place - 1, most: longest), literal.count >= 100,
                literal.allSatisfy(SecretText.isBase64), let key = Base64Text.decode(literal), isPrivateKey(key, isEncrypted: false)
            else { return nil }
            return SecretHit(.privateKey, length: literal.count, severity: .critical, offset: place)
        }
    }

    /// DER: a sequence of just this length that begins with a version, as PKCS #8 (RFC 5208), PKCS #1 (RFC 8017 A.1.2) and SEC 1 keys (RFC 5915) do, and
    /// public keys and certificates don't.
    private static func isPrivateKey(_ key: [UInt8], isEncrypted: Bool) -> Bool {
        if key.starts(with: "openssh-key-v1\0".utf8) { return key.count >= 100 }
        guard key.count >= 40, key[0] == 0x30 else { return false }
        let lengthBytes = key[1] < 0x80 ? 0 : Int(key[1] & 0x7F)
        guard lengthBytes <= 3, key.count > 5 + lengthBytes else { return false }
        let length = lengthBytes == 0 ? Int(key[1]) : key[2..<(2 + lengthBytes)].reduce(0) { $0 << 8 | Int($1) }
        guard length == key.count - 2 - lengthBytes else { return false }
        let content = key[(2 + lengthBytes)...]
        // Encrypted: an algorithm, then the ciphertext (RFC 5208 6).
        return isEncrypted ? content.first == 0x30 : content.starts(with: [0x02, 0x01, 0x00]) || content.starts(with: [0x02, 0x01, 0x01])
    }
}
