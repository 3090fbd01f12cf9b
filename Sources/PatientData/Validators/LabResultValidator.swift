/// Results of laboratory tests and examinations: findings in words, or values with their unit. Only a column's name makes a text or a number one.
enum LabResultValidator {
    private static let latin: [StaticString] = ["+", "++", "+++", "++++", "+-", "pos", "neg", "positive", "negative"]

    static func matches(_ text: TextScalars, _ terms: TextTerms) -> Bool { terms.topics.contains(.finding) }

    /// `+`, `<0.5`, `5.6 mmol/L`.
    static func matches(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = value.first, value.count <= 32 else { return false }
        if value.count <= 8, latin.contains(where: { value.isWord($0) }) { return true }
        let start = first == 0x3C || first == 0x3E ? 1 : 0
        guard start < value.count, value[start] &- 0x30 <= 9 else { return false }
        // A number, and then a unit if anything.
        for byte in value[start...] {
            let isOfUnit = (byte | 0x20) &- 0x61 <= 25 || [0x2E, 0x20, 0x2F, 0x25, 0x5E, 0x2A, 0x2D].contains(byte)
            guard byte &- 0x30 <= 9 || isOfUnit else { return false }
        }
        return true
    }
}
