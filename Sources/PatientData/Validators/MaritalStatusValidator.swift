/// Marital status, in words or by the codes of GB/T 2261.2 (10 single, 20 to 23 married, 30 widowed, 40 divorced, 90 not stated). Only a column's
/// name, or persons beside it, make it one.
enum MaritalStatusValidator {
    private static let words = WordSet("未婚 已婚 离婚 离异 丧偶 再婚 复婚 初婚 初婚有配偶 再婚有配偶 复婚有配偶 有配偶 未说明的婚姻状况 分居 同居 单身 离婚未再婚")
    private static let latin: [StaticString] = ["10", "20", "21", "22", "23", "30", "40", "90", "single", "married", "divorced", "widowed"]

    static func matches(_ text: TextScalars) -> Bool { (2...8).contains(text.count) && text.isOne(of: words) }

    static func matches(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        switch value.count {
        case 1: [0x31, 0x32, 0x33, 0x34, 0x35, 0x39, 0x53, 0x4D, 0x44, 0x57].contains(value[0])
        case 2...8: latin.contains { value.isWord($0) }
        default: false
        }
    }
}
