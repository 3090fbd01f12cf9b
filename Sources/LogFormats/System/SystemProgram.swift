/// The programs whose messages are understood.
enum SystemProgram: UInt8 {
    case other, sshd, sudo, su, login, cron, crontab, accounts, systemd, journald, syslogd, auditd, kernel, logind

    init(_ name: UnsafeRawBufferPointer) {
        self = PackedName(name).flatMap { Self.byName[$0] } ?? .other
    }

    private static let byName: [PackedName: SystemProgram] = PackedName.table([
        // Since OpenSSH 9.8 the sessions are a program of their own, since 10.0 the authentication too.
        ("sshd", .sshd), ("sshd-session", .sshd), ("sshd-auth", .sshd), ("sudo", .sudo), ("su", .su), ("login", .login), ("CRON", .cron),
        ("cron", .cron),
        ("crond", .cron), ("CROND", .cron), ("/usr/sbin/cron", .cron), ("crontab", .crontab), ("systemd", .systemd), ("systemd-journald", .journald),
        ("systemd-journal", .journald), ("systemd-logind", .logind), ("syslogd", .syslogd), ("syslog-ng", .syslogd), ("rsyslogd", .syslogd),
        ("rsyslogd-2177", .syslogd), ("auditd", .auditd), ("kernel", .kernel), ("useradd", .accounts), ("usermod", .accounts), ("userdel", .accounts),
        ("groupadd", .accounts), ("groupmod", .accounts), ("groupdel", .accounts), ("gpasswd", .accounts), ("passwd", .accounts),
        ("chpasswd", .accounts),
        ("chage", .accounts), ("chfn", .accounts), ("chsh", .accounts), ("newusers", .accounts), ("vipw", .accounts),
    ])
}

/// Sigma's Linux services by the program that wrote the line. Every line of syslog or the journal is `syslog`'s too.
package enum SystemServices {
    /// Names of Sigma's `service` that a line of `program` answers to.
    package static func sigma(of program: UnsafeRawBufferPointer) -> Set<String> {
        let name = MessageText(program, 0..<program.count)
        switch SystemProgram(program) {
        case .sshd: return ["auth", "sshd", "syslog"]
        case .sudo: return ["auth", "sudo", "syslog"]
        case .su, .login, .accounts, .logind: return ["auth", "syslog"]
        case .cron, .crontab: return ["cron", "syslog"]
        default: break
        }
        if name.equals("vsftpd") { return ["syslog", "vsftpd"] }
        if name.equals("clamd") || name.equals("freshclam") || name.equals("clamav") || name.equals("clamscan") { return ["clamav", "syslog"] }
        if name.equals("guacd") || name.equals("guacamole") { return ["guacamole", "syslog"] }
        return ["syslog"]
    }

    package static let all: Set<String> = ["auth", "clamav", "cron", "guacamole", "sshd", "sudo", "syslog", "vsftpd"]
}
