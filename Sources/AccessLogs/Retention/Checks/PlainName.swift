import Findings

/// Names of files and keys as they may be shown: what would steer a terminal, or turn the direction of a line around, becomes U+FFFD.
enum PlainName {
    static func fact(_ name: String) -> Fact {
        var plain = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            switch scalar.value {
            case 0..<0x20, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: plain.append("\u{FFFD}")
            default: plain.append(scalar)
            }
        }
        return .text(String(plain))
    }
}
