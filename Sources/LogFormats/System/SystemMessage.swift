/// Understands what the programs of the operating system say, whichever way it was logged: syslog's files, the journal.
enum SystemMessage {
    /// Fills in what `message` says; ``LogEvent/program`` and ``LogEvent/text`` are set.
    static func read(_ message: MessageText, into event: inout LogEvent) {
        var message = message
        var program = SystemProgram(event.bytes(of: event.program))
        event.message = message.span
        unfoldRepeats(&message, &event)
        guard !message.isEmpty else { return }
        // `PAM 2 more authentication failures`: libpam speaks in the name of the program.
        if message.starts("pam_") || message.drop("PAM ") || isPAMTag(event) {
            PAMMessage.read(message, program, into: &event)
            return
        }
        if program == .other, message.starts("[origin software=\"rsyslogd\"") { program = .syslogd }
        switch program {
        case .sshd: SshdMessage.read(message, into: &event)
        case .sudo: SudoMessage.read(message, into: &event)
        case .su: LoginMessage.readSu(message, into: &event)
        case .login: LoginMessage.readLogin(message, into: &event)
        case .cron, .crontab: CronMessage.read(message, into: &event)
        case .accounts: AccountMessage.read(message, into: &event)
        case .systemd, .journald, .syslogd, .auditd, .kernel, .logind: ServiceMessage.read(message, program, into: &event)
        case .other: break
        }
    }

    /// rsyslog's `message repeated 5 times: [ Failed password …]` holds the message itself.
    private static func unfoldRepeats(_ message: inout MessageText, _ event: inout LogEvent) {
        var rest = message
        guard rest.drop("message repeated "), let times = rest.number(), rest.drop(" times: ["), rest.ends("]") else { return }
        rest.end -= 1
        rest.dropBlanks()
        event.repeats = max(1, times)
        message = rest
    }

    /// Red Hat's old spelling: `su(pam_unix)[123]: session opened …`.
    private static func isPAMTag(_ event: LogEvent) -> Bool {
        let program = event.bytes(of: event.program)
        return program.count > 10 && MessageText(program, 0..<program.count).ends("(pam_unix)")
    }
}
