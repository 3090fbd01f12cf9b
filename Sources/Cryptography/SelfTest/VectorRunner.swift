/// Runs the vectors of a file against the code that seals.
package enum VectorRunner {
    package static func run(_ file: VectorFile) -> VectorResults {
        var results = VectorResults()
        for group in file.testGroups {
            for vector in group.tests {
                switch outcome(of: vector, in: group, algorithm: file.algorithm) {
                case .passed: results.passed += 1
                case .failed: results.failed.append(vector.tcId)
                case .skipped(let reason): results.skipped[reason, default: 0] += 1
                }
            }
        }
        return results
    }

    enum Outcome: Hashable {
        case passed
        case failed
        case skipped(String)
    }

    /// What a primitive did with a vector.
    private enum Answer {
        case right
        case wrong
        case refused
    }

    private static func outcome(of vector: VectorFile.Vector, in group: VectorFile.Group, algorithm: String) -> Outcome {
        switch algorithm {
        case "AES-GCM": aead(.aes256GCM, vector, group)
        case "SM4-GCM": aead(.sm4GCM, vector, group)
        case "HKDF-SHA-256": hkdf(vector)
        case "HMACSHA256": hmac(.sha256, vector)
        case "HMACSM3": hmac(.sm3, vector)
        case "AES-FF1": ff1(vector, group)
        default: .skipped("Suwen doesn't use \(algorithm.prefix(40))")
        }
    }

    private static func judge(_ answer: Answer, _ expectation: VectorFile.Expectation) -> Outcome {
        switch (expectation, answer) {
        case (.valid, .right), (.invalid, .refused), (.acceptable, .right), (.acceptable, .refused): .passed
        default: .failed
        }
    }

    private static let malformed = Outcome.skipped("a field of the vector is missing or isn't hexadecimal")

    private static func aead(_ algorithm: SealingAlgorithm, _ vector: VectorFile.Vector, _ group: VectorFile.Group) -> Outcome {
        guard let key = bytes(vector.key), let nonce = bytes(vector.iv), let associatedData = bytes(vector.aad), let plaintext = bytes(vector.msg),
            let ciphertext = bytes(vector.ct), let tag = bytes(vector.tag)
        else { return malformed }
        guard key.count == algorithm.keyLength else { return .skipped("Suwen uses keys of \(algorithm.keyLength * 8) bits only") }
        // A vector that must be refused is run, whatever its lengths.
        if vector.result != .invalid {
            guard nonce.count == AEAD.nonceLength else { return .skipped("Suwen uses nonces of 96 bits only") }
            guard tag.count == AEAD.tagLength else { return .skipped("Suwen uses tags of 128 bits only") }
        }
        guard let cipher = try? AEAD(algorithm, key: Secret(key)) else { return .failed }
        guard let opened = try? cipher.open(ciphertext + tag, nonce: nonce, associatedData: associatedData) else {
            return judge(.refused, vector.result)
        }
        let sealed = try? cipher.seal(plaintext, nonce: nonce, associatedData: associatedData)
        return judge(opened == plaintext && sealed == ciphertext + tag ? .right : .wrong, vector.result)
    }

    private static func hmac(_ hash: HMAC.Hash, _ vector: VectorFile.Vector) -> Outcome {
        guard let key = bytes(vector.key), let message = bytes(vector.msg), let tag = bytes(vector.tag), tag.count <= HMAC.length else {
            return malformed
        }
        // The files' shorter tags are the beginnings of the whole ones.
        guard let computed = try? HMAC(hash, key: Secret(key)).authenticate(message) else { return judge(.refused, vector.result) }
        return judge(Array(computed.prefix(tag.count)) == tag ? .right : .refused, vector.result)
    }

    private static func hkdf(_ vector: VectorFile.Vector) -> Outcome {
        guard let secret = bytes(vector.ikm), let salt = bytes(vector.salt), let info = bytes(vector.info), let expected = bytes(vector.okm),
            let size = vector.size
        else { return malformed }
        guard let key = try? HKDF.derive(Secret(secret), salt: salt, info: info, count: size) else { return judge(.refused, vector.result) }
        return judge(key.withBytes { Array($0) } == expected ? .right : .wrong, vector.result)
    }

    private static func ff1(_ vector: VectorFile.Vector, _ group: VectorFile.Group) -> Outcome {
        guard let key = bytes(vector.key), let tweak = bytes(vector.tweak), let radix = group.radix else { return malformed }
        do {
            guard let plaintext = numerals(vector.msg, group), let ciphertext = numerals(vector.ct, group) else {
                throw FF1.Failure.notANumeral
            }
            let cipher = try FF1(key: Secret(key), radix: radix)
            let encrypted = try cipher.encrypt(plaintext, tweak: tweak)
            let right = try encrypted == ciphertext && cipher.decrypt(ciphertext, tweak: tweak) == plaintext
            return judge(right ? .right : .wrong, vector.result)
        } catch FF1.Failure.domainTooSmall where vector.result != .invalid {
            return .skipped("Suwen refuses domains of fewer than 1,000,000 values")
        } catch {
            return judge(.refused, vector.result)
        }
    }

    private static func numerals(_ text: VectorFile.Text?, _ group: VectorFile.Group) -> [UInt16]? {
        switch text {
        case .numerals(let numbers):
            let numerals = numbers.compactMap { UInt16(exactly: $0) }
            return numerals.count == numbers.count ? numerals : nil
        case .string(let string):
            let alphabet = Array(group.alphabet ?? "")
            let numerals = string.compactMap { character in alphabet.firstIndex(of: character).flatMap { UInt16(exactly: $0) } }
            return numerals.count == string.count ? numerals : nil
        case nil: return nil
        }
    }

    private static func bytes(_ text: VectorFile.Text?) -> [UInt8]? {
        guard case .string(let string) = text else { return nil }
        return Hexadecimal.decode(string)
    }

    private static func bytes(_ text: String?) -> [UInt8]? { text.flatMap(Hexadecimal.decode) }
}
