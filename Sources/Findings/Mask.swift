import Foundation

/// Masking as Chinese practice has it. What comes out can't be turned back into the person, and is all that evidence, logs and errors may hold.
package enum Mask {
    /// `张三丰` → `张**`.
    package static func name(_ value: String) -> String {
        guard let first = value.first else { return "" }
        return String(first) + String(repeating: "*", count: min(max(value.count - 1, 1), 3))
    }

    /// Keeps `head` and `tail` characters and hides the rest; a value too short to hide at least half of itself is hidden whole.
    package static func middle(_ value: String, head: Int, tail: Int) -> String {
        let count = value.count
        guard count >= 2 * (head + tail), count > 0 else { return String(repeating: "*", count: min(max(count, 1), 8)) }
        return value.prefix(head) + String(repeating: "*", count: min(count - head - tail, 12)) + value.suffix(tail)
    }

    /// `110101199003071233` → `110************`: the province and prefecture at most; birth date and serial are what identifies.
    package static func idCard(_ value: String) -> String { middle(value, head: 3, tail: 0) }

    /// `13812345678` → `138******78`.
    package static func mobile(_ value: String) -> String { middle(value, head: 3, tail: 2) }

    /// `a.b@example.org` → `a***@***`.
    package static func email(_ value: String) -> String { (value.first.map(String.init) ?? "") + "***@***" }

    /// Free text, addresses, diagnoses: only the first character and the length are shown: `高**…(6)`.
    package static func text(_ value: String) -> String {
        guard let first = value.first else { return "" }
        return "\(first)**…(\(value.count))"
    }

    /// `203.0.113.7` → `203.0.113.*`; `2001:db8:1:2::7` → `2001:db8:1:*`.
    package static func address(_ value: String) -> String {
        guard value.contains(":") else { return value.split(separator: ".").prefix(3).joined(separator: ".") + ".*" }
        // `2a00::7` has one group before its zeros: the groups that `::` stands for count, or the whole address would show.
        let head = value.components(separatedBy: "::")[0].split(separator: ":").map(String.init) + ["0", "0", "0"]
        return head.prefix(3).joined(separator: ":") + ":*"
    }
}
