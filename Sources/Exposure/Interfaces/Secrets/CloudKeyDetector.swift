import Findings

/// Access keys of clouds by their documented beginnings and lengths. The id alone is no secret, but stands where its secret is: that makes it grave.
enum CloudKeyDetector {
    private struct Form {
        var kind: SecretHit.Kind
        var mark: String
        /// Of the id, mark included.
        var lengths: Set<Int>
        var belongs: @Sendable (UInt8) -> Bool
        /// Of the secret.
        var secretLength: Int
    }

    private static let forms = [
        Form(kind: .aliyunKey, mark: "LTAI", lengths: Set([16] + Array(20...30)), belongs: SecretText.isAlphanumeric, secretLength: 30),
        Form(kind: .tencentKey, mark: "AKID", lengths: [36], belongs: SecretText.isAlphanumeric, secretLength: 32),
        Form(kind: .awsKey, mark: "AKIA", lengths: [20], belongs: isBase32, secretLength: 40),
        Form(kind: .awsKey, mark: "ASIA", lengths: [20], belongs: isBase32, secretLength: 40),
    ]

    static func hits(_ text: SecretText) -> [SecretHit] {
        forms.flatMap { form in
            text.places(of: form.mark).compactMap { place -> SecretHit? in
                guard text[place - 1].map({ SecretText.isAlphanumeric($0) || $0 == UInt8(ascii: "_") }) != true else { return nil }
                let id = text.run(from: place, most: 64) { SecretText.isAlphanumeric($0) || $0 == UInt8(ascii: "_") }
                guard form.lengths.contains(id.count), id.dropFirst(4).allSatisfy(form.belongs), id.contains(where: SecretText.isDigit),
                    Set(id).count >= 8, !String(decoding: id, as: UTF8.self).hasSuffix("EXAMPLE")
                else { return nil }
                let hasSecret = text.literals(around: place, within: 400, most: 64).contains { isSecret($0, form, id) }
                return SecretHit(form.kind, length: id.count, severity: hasSecret ? .critical : .medium, offset: place)
            }
        }
    }

    private static func isSecret(_ literal: ArraySlice<UInt8>, _ form: Form, _ id: ArraySlice<UInt8>) -> Bool {
        literal.count == form.secretLength && literal.allSatisfy(SecretText.isBase64) && SecretText.looksRandom(literal)
            && !literal.starts(with: id.prefix(4))
    }

    /// RFC 4648 6: what AWS writes account numbers in.
    private static func isBase32(_ byte: UInt8) -> Bool { SecretText.isUpper(byte) || (0x32...0x37).contains(byte) }
}
