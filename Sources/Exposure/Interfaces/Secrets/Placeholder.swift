/// Tells values that stand for a secret, or describe one, from secrets.
enum Placeholder {
    static func isOne(_ value: some Collection<UInt8>) -> Bool {
        let text = String(decoding: value.prefix(256), as: UTF8.self).lowercased()
        if words.contains(text) || Set(text).count <= 2 { return true }
        return parts.contains { text.contains($0) }
    }

    private static let words: Set<String> = [
        "password", "passwd", "pass", "pwd", "passphrase", "secret", "secretkey", "token", "user", "username", "admin", "root", "null", "undefined",
        "none",
        "empty", "string", "text", "required", "value", "key", "apikey", "login", "credentials", "foo", "bar", "baz", "foobar", "abc123", "pass123",
        "password1", "password123",
    ]

    private static let parts = [
        "your", "xxx", "***", "...", "example", "placeholder", "sample", "dummy", "${", "{{", "#{", "<", ">", "%s", "%d", "env.", "todo", "changeme",
        "redacted",
        "not-a-", "insert",
    ]
}
