/// Words that stand for no value.
enum BlankWords {
    private static let latin: [StaticString] = ["-", "--", "/", "\\", "0", "null", "none", "n/a", "na", "nil", "undefined", "unknown", "\\n"]
    private static let chinese = WordSet("无 暂无 不详 未知 未填 未填写 空 没有 未提供 不清楚 保密")

    /// - Parameter value: ASCII.
    static func isBlank(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        value.count <= 9 && latin.contains { value.isWord($0) }
    }

    static func isBlank(_ text: TextScalars) -> Bool { text.count > 0 && text.count <= 3 && text.isOne(of: chinese) }
}
