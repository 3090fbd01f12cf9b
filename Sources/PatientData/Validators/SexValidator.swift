/// Sexes: in words, as a letter, or by the codes of GB/T 2261.1 (0 unknown, 1 male, 2 female, 9 not stated). Only a column's name makes a letter
/// or a code one.
enum SexValidator {
    private static let words = WordSet("男 女 男性 女性 男士 女士 未说明的性别 未知的性别 未说明性别 男孩 女孩 男婴 女婴")
    private static let latin: [StaticString] = ["male", "female", "man", "woman", "boy", "girl"]

    static func matches(_ text: TextScalars) -> Bool { text.count <= 6 && text.isOne(of: words) }

    static func matches(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        switch value.count {
        case 1: [0x4D, 0x46, 0x6D, 0x66, 0x31, 0x32, 0x39].contains(value[0])
        case 3...6: latin.contains { value.isWord($0) }
        default: false
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether it is the word, in lower case, whatever its own case is.
    func isWord(_ word: StaticString) -> Bool {
        guard count == word.utf8CodeUnitCount else { return false }
        for index in 0..<count where self[index] | (self[index] &- 0x41 <= 25 ? 0x20 : 0) != word.utf8Start[index] { return false }
        return true
    }
}
