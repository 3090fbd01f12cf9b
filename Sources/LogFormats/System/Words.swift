/// Words that applications use for what happened and how it went.
enum Words {
    private static let successes: [StaticString] = [
        "success", "succeeded", "successful", "ok", "allow", "allowed", "accepted", "pass", "true", "1", "y", "成功",
    ]
    private static let failures: [StaticString] = [
        "failure", "failed", "fail", "error", "denied", "deny", "rejected", "refused", "false", "0", "n", "失败",
    ]
    private static let departures: [StaticString] = ["logout", "logoff", "signout", "sign-out", "disconnect", "登出", "退出"]
    private static let arrivals: [StaticString] = ["login", "logon", "signin", "sign-in", "authentication", "登录", "登陆"]
    private static let statements: [StaticString] = [
        "select", "insert", "update", "delete", "copy", "create", "alter", "drop", "show", "with", "call", "grant", "set",
    ]

    static func outcome(_ bytes: UnsafeRawBufferPointer) -> LogEvent.Outcome? {
        guard bytes.count <= 16 else { return nil }
        let word = MessageText(bytes, 0..<bytes.count)
        if successes.contains(where: { word.equalsIgnoringCase($0) }) { return .success }
        return failures.contains { word.equalsIgnoringCase($0) } ? .failure : nil
    }

    static func action(_ bytes: UnsafeRawBufferPointer) -> LogEvent.Action? {
        guard bytes.count <= 64 else { return nil }
        let word = MessageText(bytes, 0..<bytes.count)
        if departures.contains(where: { word.containsIgnoringCase($0) }) { return .disconnect }
        if arrivals.contains(where: { word.containsIgnoringCase($0) }) { return .login }
        if word.containsIgnoringCase("sql") || word.containsIgnoringCase("query") { return .query }
        return word.containsIgnoringCase("command") || word.containsIgnoringCase("exec") ? .command : nil
    }

    static func isSQL(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var text = MessageText(bytes, 0..<bytes.count)
        text.dropBlanks()
        let first = text.word()
        return statements.contains { first.equalsIgnoringCase($0) }
    }
}

extension MessageText {
    /// ASCII letters only.
    func equalsIgnoringCase(_ other: StaticString) -> Bool { count == other.utf8CodeUnitCount && startsIgnoringCase(other, at: start) }

    func containsIgnoringCase(_ other: StaticString) -> Bool {
        guard count >= other.utf8CodeUnitCount else { return false }
        return (start...(end - other.utf8CodeUnitCount)).contains { startsIgnoringCase(other, at: $0) }
    }

    /// - Parameter other: in lower case.
    private func startsIgnoringCase(_ other: StaticString, at: Int) -> Bool {
        for index in 0..<other.utf8CodeUnitCount {
            let byte = text[at + index]
            guard (byte &- 0x41 < 26 ? byte | 0x20 : byte) == other.utf8Start[index] else { return false }
        }
        return true
    }
}
