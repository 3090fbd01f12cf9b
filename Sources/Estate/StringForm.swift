package import Foundation
import Network

extension StringForm {
    /// Why `text` isn't of this form, and how to mend it; nil when it is.
    func problem(with text: String) -> String? {
        if text.utf8.count > 4_096 { return "is longer than 4,096 bytes" }
        if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\t" }) {
            return "holds control characters"
        }
        switch self {
        case .text, .path, .control: return nil
        case .host: return Self.isHost(text) ? nil : "is neither a host name nor an address"
        case .hostPattern:
            return Self.isHost(text.hasPrefix("*.") ? String(text.dropFirst(2)) : text) && IPAddress(text) == nil
                ? nil : "is no host name; addresses belong under scope.networks"
        case .network: return CIDR(text) == nil ? "is no CIDR block or address; write 192.0.2.0/24, with no bits beyond the prefix" : nil
        case .httpURL: return Self.urlProblem(text)
        case .documentPlace: return text.contains("://") ? Self.urlProblem(text) : nil
        case .headerName: return Self.headerProblem(text)
        case .storeURL: return Self.storeProblem(text)
        case .secretSource:
            return SecretSource(text, relativeTo: URL(fileURLWithPath: "/")) == nil
                ? "expected env:NAME or file:PATH; a password never stands here" : nil
        case .day: return Day.date(text) == nil ? "is no day; write 2026-01-31" : nil
        case .regionCode:
            return text.utf8.count == 2 && text.utf8.allSatisfy { (0x41...0x5A).contains($0) } ? nil : "expected two capital letters, such as CN"
        case .oneOf(let values): return values.contains(text) ? nil : "expected one of \(values.joined(separator: ", "))"
        }
    }

    private static func isHost(_ text: String) -> Bool {
        if IPAddress(text) != nil { return true }
        let labels =
            text.hasSuffix(".")
            ? text.dropLast().split(separator: ".", omittingEmptySubsequences: false) : text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 253, let last = labels.last, !last.allSatisfy(\.isNumber) else { return false }
        return labels.allSatisfy { label in
            (1...63).contains(label.utf8.count)
                && label.utf8.allSatisfy {
                    $0 < 128 && (Character(UnicodeScalar($0)).isLetter || Character(UnicodeScalar($0)).isNumber || $0 == 0x2D || $0 == 0x5F)
                }
        }
    }

    private static func urlProblem(_ text: String) -> String? {
        guard let url = URL(string: text), let scheme = url.scheme, let host = url.host(percentEncoded: false), !host.isEmpty else {
            return "is no URL; write https://host/path"
        }
        guard ["http", "https"].contains(scheme) else { return "must begin with http:// or https://" }
        guard url.user == nil, url.password == nil else { return "must not hold a user or password" }
        return nil
    }

    /// Letters, digits and hyphens (RFC 9110 5.1 allows more; nobody uses it), and none that says where a message ends or goes.
    private static func headerProblem(_ text: String) -> String? {
        guard text.utf8.count <= 64, text.utf8.allSatisfy({ $0 == 0x2D || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) }) else {
            return "is no header's name; write Authorization, Cookie or X-Token"
        }
        let framing = ["host", "content-length", "transfer-encoding", "connection", "upgrade", "expect", "te", "trailer"]
        return framing.contains(text.lowercased()) ? "can't carry a login" : nil
    }

    private static func storeProblem(_ text: String) -> String? {
        let schemes = ["postgresql://", "postgres://", "mysql://", "mariadb://", "sqlite:", "file:"]
        guard schemes.contains(where: text.hasPrefix) else { return "must begin with \(schemes.joined(separator: ", "))" }
        guard text.contains("://"), let components = URLComponents(string: text) else { return text.contains("://") ? "is no URL" : nil }
        return components.password == nil ? nil : "must not hold a password; use passwordFrom: env:NAME or file:PATH"
    }
}

/// Days as people write them in estates: ISO 8601, in Chinese time.
package enum Day {
    /// China Standard Time; the whole country keeps it.
    package static let timeZone = TimeZone(secondsFromGMT: 8 * 3_600) ?? .gmt

    /// The first instant of the day; nil for anything but a real `yyyy-mm-dd`.
    package static func date(_ text: String) -> Date? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard text.utf8.count == 10, parts.count == 3, let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]) else {
            return nil
        }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let components = DateComponents(year: year, month: month, day: day)
        guard let date = calendar.date(from: components), calendar.dateComponents([.year, .month, .day], from: date) == components else { return nil }
        return date
    }
}
