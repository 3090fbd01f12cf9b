import Glibc

/// HKDF with HMAC-SHA-256 (RFC 5869): independent keys from one secret, told apart by their labels.
package enum HKDF {
    /// 255 blocks of the hash (RFC 5869, section 2.3).
    package static let maximumLength = 255 * HMAC.length

    /// - Parameters:
    ///   - salt: may be empty.
    ///   - info: what the key is for; another label, another key.
    ///   - count: bytes, 1 to 8,160.
    /// - Throws: ``CryptographyFailure/wrongLength`` for another `count`.
    package static func derive(_ secret: Secret, salt: [UInt8] = [], info: String, count: Int) throws(CryptographyFailure) -> Secret {
        try derive(secret, salt: salt, info: Array(info.utf8), count: count)
    }

    /// The same with a label of any bytes.
    package static func derive(_ secret: Secret, salt: [UInt8] = [], info: [UInt8], count: Int) throws(CryptographyFailure) -> Secret {
        guard (1...maximumLength).contains(count) else { throw .wrongLength }
        // An absent salt is a block of zeros (section 2.2).
        let extractor = try HMAC(key: Secret(salt.isEmpty ? [UInt8](repeating: 0, count: HMAC.length) : salt))
        let pseudorandomKey = try wiping(secret.withBytes { Array($0) }) { (input) throws(CryptographyFailure) in
            try wiping(try extractor.authenticate(input)) { (key) throws(CryptographyFailure) in Secret(key) }
        }
        return try expand(pseudorandomKey, info: info, count: count)
    }

    /// Section 2.3.
    private static func expand(_ pseudorandomKey: Secret, info: [UInt8], count: Int) throws(CryptographyFailure) -> Secret {
        let expander = try HMAC(key: pseudorandomKey)
        var output: [UInt8] = []
        output.reserveCapacity(count + HMAC.length)
        defer { wipe(&output) }
        var message = info + [0]
        defer { wipe(&message) }
        // No reallocation, which would leave a copy behind.
        var block = [UInt8](repeating: 0, count: HMAC.length)
        defer { wipe(&block) }
        var counter: UInt8 = 1
        while output.count < count {
            message[message.count - 1] = counter
            block = try expander.authenticate(message)
            output += block
            if counter == 1 { message = block + message }
            message.replaceSubrange(0..<HMAC.length, with: block)
            counter &+= 1
        }
        return Secret(output.prefix(count))
    }

    private static func wiping<Result>(
        _ bytes: consuming [UInt8], _ body: ([UInt8]) throws(CryptographyFailure) -> Result
    ) throws(CryptographyFailure) -> Result {
        defer { wipe(&bytes) }
        return try body(bytes)
    }

    private static func wipe(_ bytes: inout [UInt8]) {
        bytes.withUnsafeMutableBytes { buffer in
            if let base = buffer.baseAddress { explicit_bzero(base, buffer.count) }
        }
    }
}
