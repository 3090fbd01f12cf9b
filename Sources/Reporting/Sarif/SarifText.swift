import Findings

/// How values read in SARIF.
enum SarifText {
    /// GitHub takes no more tags of one rule.
    static let tagLimit = 20

    static func level(_ severity: Severity) -> Sarif.Level {
        switch severity {
        case .critical, .high: .error
        case .medium: .warning
        case .low: .note
        }
    }

    /// Within the bands that GitHub names: above 9.0 critical, from 7.0 high, from 4.0 medium.
    static func score(_ severity: Severity) -> String {
        switch severity {
        case .critical: "9.5"
        case .high: "8.0"
        case .medium: "5.5"
        case .low: "3.0"
        }
    }

    static func message(_ text: String) -> Sarif.Text { Sarif.Text(text: escaped(text)) }

    /// Braces are doubled, and nothing reads as a link (SARIF 2.1.0, 3.11.5 and 3.11.6): part of the text comes from peers and from the estate.
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "{": result += "{{"
            case "}": result += "}}"
            case "(" where result.last == "]": result += " ("
            default: result.append(character)
            }
        }
        return result
    }

    /// Markdown that reads as the text.
    static func markdown(_ text: String) -> String {
        var result = ""
        for character in text {
            if "\\`*_[]<>#|~".contains(character) { result.append("\\") }
            result.append(character)
        }
        return escaped(result)
    }

    /// Where a finding is, as a relative reference (RFC 3986, 4.2): `exposure/192.0.2.1%3A6379/Redis`.
    ///
    /// A scheme of its own would be the more honest, but GitHub rejects a whole log over one location whose scheme isn't the checkout's; the logical
    /// location has the asset as it is.
    static func path(_ check: String, _ asset: String) -> String {
        let inspector = check.prefix { $0 != "." }
        let segments = asset.split(separator: "/").map { segment in segment.utf8.map(encoded).joined() }.filter { $0 != "." && $0 != ".." }
        return ([inspector.utf8.map(encoded).joined()] + segments).joined(separator: "/")
    }

    /// RFC 3986, 2.1 and 2.3.
    private static func encoded(_ byte: UInt8) -> String {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
            return String(Unicode.Scalar(byte))
        default:
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.count == 1 ? "0" : "") + digits
        }
    }
}
