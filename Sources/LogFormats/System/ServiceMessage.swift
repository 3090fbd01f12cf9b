/// Messages of what starts services and writes logs: systemd, journald, rsyslogd, auditd, the kernel.
enum ServiceMessage {
    static func read(_ message: MessageText, _ program: SystemProgram, into event: inout LogEvent) {
        switch program {
        case .systemd: systemd(message, &event)
        case .journald:
            if message.starts("Journal stopped") || message.starts("Vacuuming done") || message.starts("Deleted archived journal") {
                control(message, &event)
            } else if message.contains("Suppressed ") || message.contains("Missed ") {
                event.action = .error
            }
        case .syslogd:
            if message.contains("exiting on signal") || message.starts("syslog-ng shutting down") || message.starts("exiting on signal") {
                control(message, &event)
            } else if message.contains("begins to drop messages") || message.contains("lost due to rate-limiting") {
                event.action = .error
            }
        case .auditd:
            if message.contains("is exiting") || message.contains("Audit daemon has no space left") || message.contains("suspending logging") {
                control(message, &event)
            }
        case .kernel:
            if message.contains("audit_enabled=0") {
                control(message, &event)
            } else if message.contains("audit: backlog limit exceeded") || message.contains("audit_lost=") {
                event.action = .error
            }
        case .logind: session(message, &event)
        default: break
        }
    }

    private static func control(_ message: MessageText, _ event: inout LogEvent) {
        (event.action, event.outcome) = (.logControl, .success)
        event.statement = message.span
    }

    /// `Stopped rsyslog.service - System Logging Service.`; `auditd.service: Main process exited, code=killed, status=9/KILL`
    private static func systemd(_ message: MessageText, _ event: inout LogEvent) {
        guard message.starts("Stopped ") || message.contains(": Main process exited") else { return }
        if LogTampering.namesWriter(message) { control(message, &event) }
    }

    /// `New session 3 of user alice.`
    private static func session(_ message: MessageText, _ event: inout LogEvent) {
        var message = message
        if message.drop("New session "), let user = message.find(" of user ") {
            message.dropLast(".")
            event.action = .connect
            event.account = message.part(user + 9, message.end).span
        } else if message.starts("Removed session ") {
            event.action = .disconnect
        }
    }
}
