/// How the audit system writes values that a user chose (audit-documentation, `specs/fields/field-dictionary.csv`: type "encoded").
enum AuditEncoding {
    private static let encoded: [StaticString] = [
        "acct", "exe", "comm", "name", "cwd", "proctitle", "cmd", "data", "dir", "path", "old", "new", "watch", "key", "vm", "file", "device", "grp",
        "new_group", "root_dir", "sw", "invalid_context",
    ]

    /// Quoted values are plain. Bare ones of these fields are upper-case hexadecimal.
    static func isHexadecimal(_ name: MessageText, _ value: MessageText, _ kind: AuditRecord.Kind) -> Bool {
        guard value.count >= 2, value.count % 2 == 0, (value.start..<value.end).allSatisfy({ isDigit(value.text[$0]) }) else { return false }
        if kind == .execve, name.first == 0x61, name.count > 1, name.text[name.start + 1] &- 0x30 < 10 { return !name.ends("_len") }
        return encoded.contains { name.equals($0) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 || byte &- 0x41 < 6 }

    /// Of an upper-case hexadecimal digit.
    static func digit(_ byte: UInt8) -> UInt8 { byte < 0x41 ? byte & 0x0F : (byte &- 0x37) & 0x0F }

    /// `?`, `(unknown)`, `unset` and 2³²−1 stand for what isn't known.
    static func isNothing(_ value: MessageText) -> Bool {
        value.isEmpty || value.equals("?") || value.equals("(unknown)") || value.equals("(null)") || value.equals("unset")
            || value.equals("4294967295") || value.equals("-1")
    }
}
