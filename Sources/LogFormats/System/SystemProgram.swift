/// The programs whose messages are understood.
enum SystemProgram: UInt8 {
    case other, sshd, sudo, su, login, cron, crontab, accounts, systemd, journald, syslogd, auditd, kernel, logind

    init(_ name: UnsafeRawBufferPointer) {
        let name = MessageText(name, 0..<name.count)
        func any(_ names: StaticString...) -> Bool { names.contains { name.equals($0) } }
        self =
            switch name.first {
            // Since OpenSSH 9.8 the sessions are a program of their own, since 10.0 the authentication too.
            case 0x73 where any("sshd", "sshd-session", "sshd-auth"): .sshd
            case 0x73 where any("sudo"): .sudo
            case 0x73 where any("su"): .su
            case 0x73 where any("systemd"): .systemd
            case 0x73 where any("systemd-journald", "systemd-journal"): .journald
            case 0x73 where any("systemd-logind"): .logind
            case 0x73 where any("syslogd", "syslog-ng"): .syslogd
            case 0x72 where any("rsyslogd", "rsyslogd-2177"): .syslogd
            case 0x43, 0x63: any("CRON", "cron", "crond", "CROND", "/usr/sbin/cron") ? .cron : any("crontab") ? .crontab : .account(name)
            case 0x6C where any("login"): .login
            case 0x6B where any("kernel"): .kernel
            case 0x61 where any("auditd"): .auditd
            default: .account(name)
            }
    }

    private static func account(_ name: MessageText) -> SystemProgram {
        func any(_ names: StaticString...) -> Bool { names.contains { name.equals($0) } }
        return any(
            "useradd", "usermod", "userdel", "groupadd", "groupmod", "groupdel", "gpasswd", "passwd", "chpasswd", "chage", "chfn", "chsh",
            "newusers", "vipw") ? .accounts : .other
    }
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
