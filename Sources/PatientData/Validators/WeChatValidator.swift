/// WeChat accounts: `wxid_` and what the system chose; or, when a column's name says so, a letter and five to nineteen letters, digits, dashes and
/// underscores, an openid (28 characters, the first one `o`), or a telephone number.
enum WeChatValidator {
    enum Form: Hashable, Sendable {
        case system
        case shape
    }

    static func form(_ value: UnsafeBufferPointer<UInt8>) -> Form? {
        guard (6...32).contains(value.count), value[0] &- 0x30 > 9,
            value.allSatisfy({ $0 &- 0x30 <= 9 || ($0 | 0x20) &- 0x61 <= 25 || $0 == 0x5F || $0 == 0x2D })
        else { return nil }
        if value.count >= 16, value.starts(with: "wxid_".utf8) { return .system }
        let isOpenID = value.count == 28 && value[0] == 0x6F
        return isOpenID || (value.count <= 20 && (value[0] | 0x20) &- 0x61 <= 25) ? .shape : nil
    }
}
