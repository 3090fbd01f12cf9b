/// Messages of Linux-PAM's modules: `pam_unix(sshd:session): session opened for user alice(uid=1000) by (uid=0)`.
enum PAMMessage {
    static func read(_ message: MessageText, _ program: SystemProgram, into event: inout LogEvent) {
        var message = message
        var service = program
        if message.starts("pam_"), let open = message.find("("), let close = message.find("): ") {
            let inside = message.part(open + 1, close)
            let name = inside.part(inside.start, inside.find(":") ?? inside.end)
            service = SystemProgram(UnsafeRawBufferPointer(rebasing: name.text[name.start..<name.end]))
            message.start = close + 3
        }
        if message.starts("session ") {
            session(message, service, &event)
        } else if message.starts("authentication failure") {
            failure(message, service, &event)
        } else if message.drop("password changed for ") {
            (event.action, event.outcome) = (.change, .success)
            event.account = message.word().span
        } else if let times = repeatedFailures(message) {
            failure(message, service, &event)
            if event.action == .login { event.repeats = times }
        }
    }

    /// `session opened for user alice(uid=1000) by root(uid=0)`: of a login it is the second line, so it is no login itself.
    private static func session(_ message: MessageText, _ service: SystemProgram, _ event: inout LogEvent) {
        var message = message
        let opened = message.drop("session opened for user ")
        guard opened || message.drop("session closed for user ") else { return }
        let user = message.word()
        event.account = user.part(user.start, user.find("(") ?? user.end).span
        // Jobs and single commands open sessions as well; nobody connects.
        guard service != .cron, service != .sudo else { return }
        event.action = opened ? .connect : .disconnect
        event.outcome = .success
    }

    /// `authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.1  user=root`
    private static func failure(_ message: MessageText, _ service: SystemProgram, _ event: inout LogEvent) {
        event.outcome = .failure
        // sshd and sudo say it themselves, once for each attempt.
        if service != .sshd, service != .sudo, service != .su { event.action = .login }
        if let host = value(message, "rhost=") { event.setClient(host) }
        if let user = value(message, " user=") { event.account = user.span }
    }

    private static func value(_ message: MessageText, _ name: StaticString) -> MessageText? {
        guard let at = message.find(name) else { return nil }
        var rest = message.part(at + name.utf8CodeUnitCount, message.end)
        let word = rest.word()
        return word.isEmpty ? nil : word
    }

    /// `2 more authentication failures; logname=…`
    private static func repeatedFailures(_ message: MessageText) -> Int32? {
        var message = message
        guard let times = message.number(), message.starts(" more authentication failure") else { return nil }
        return max(1, times)
    }
}
